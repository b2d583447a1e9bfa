package io.lipdrop.status.progress;

import io.lipdrop.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes into the log which phase a job enters, and every ten seconds of rendering how far it is. */
@Component
class ProgressLog implements ProgressListener {
    private static final Logger log = LoggerFactory.getLogger(ProgressLog.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Map<String, Instant> toldAt = new ConcurrentHashMap<>();

    @Override
    public void entered(Job job, RunProgress now, @Nullable RunProgress before) {
        toldAt.put(job.id(), now.at());
        log.info("{}: {}", job.id(), words(job, now));
    }

    @Override
    public void advanced(Job job, RunProgress now) {
        Instant last = toldAt.get(job.id());
        if (now.isCounting() && last != null && Duration.between(last, now.at()).compareTo(HEARTBEAT) >= 0) {
            toldAt.put(job.id(), now.at());
            log.info("{}: {}", job.id(), describe(now));
        }
    }

    @Override
    public void left(String job) {
        toldAt.remove(job);
    }

    private static String words(Job job, RunProgress now) {
        return switch (now.phase()) {
            case LOADING_MODEL -> "loading the models";
            case READING_AUDIO -> "reading " + job.audioName();
            case TRACKING_FACE -> "tracking the face in " + job.videoName();
            case RENDERING -> "rendering " + job.videoName();
            case DELIVERING -> "delivering";
        };
    }

    private static String describe(RunProgress now) {
        Long eta = now.etaSeconds();
        return "frame %d of %d (%.1f %%), %.0f frames/s%s"
                .formatted(
                        now.frame(),
                        now.frames(),
                        now.percent(),
                        now.framesPerSecond(),
                        eta == null ? "" : ", " + eta + " s left");
    }
}
