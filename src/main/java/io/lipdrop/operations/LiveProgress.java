package io.lipdrop.operations;

import io.lipdrop.job.BatchStatus.JobStatus;
import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Phase;
import io.lipdrop.job.Progress;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** How far the running job is: in memory, for the status file, the heartbeat in the log, and the metrics. */
@Component
class LiveProgress implements Progress {
    private static final Logger log = LoggerFactory.getLogger(LiveProgress.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Clock clock;
    private final MeterRegistry meters;
    private @Nullable Step step;
    private Drawn drawn = new Drawn("", "");
    private Instant lastHeartbeat = Instant.MIN;

    LiveProgress(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.meters = meters;
        meters.gauge("lipdrop.frames.per.second", this, LiveProgress::framesPerSecond);
    }

    @Override
    public synchronized void phase(Job job, Phase phase) {
        Step last = step;
        if (last != null && last.job.equals(job.id()) && last.phase == phase) {
            return;
        }
        Instant now = clock.instant();
        if (last != null && last.job.equals(job.id())) {
            Timer.builder("lipdrop.phase")
                    .tag("phase", last.phase.label())
                    .register(meters)
                    .record(Duration.between(last.since, now));
            step = new Step(job.id(), phase, now, last.frame, last.frame, last.frames, now);
        } else {
            step = new Step(job.id(), phase, now, 0, 0, 0, now);
        }
        lastHeartbeat = now;
        log.info("{}: {}", job.id(), words(phase, job));
    }

    @Override
    public synchronized void frame(Job job, long frame, long frames) {
        Step last = step;
        if (last == null || !last.job.equals(job.id())) {
            return;
        }
        Instant now = clock.instant();
        long first = last.frames == 0 ? frame : last.firstFrame; // a resumed job begins where it stopped
        step = new Step(last.job, last.phase, last.since, first, frame, frames, now);
        if (Duration.between(lastHeartbeat, now).compareTo(HEARTBEAT) >= 0) {
            lastHeartbeat = now;
            log.info("{}: {}", job.id(), step.describe());
        }
    }

    @Override
    public synchronized void engine(Job job, String words) {
        drawn = new Drawn(job.id(), words);
    }

    /** Frames a second of the phase that is going on; 0 when nothing is rendered. */
    synchronized double framesPerSecond() {
        return step == null ? 0 : step.framesPerSecond();
    }

    synchronized JobStatus statusOf(Job job) {
        Step now = step != null && step.job.equals(job.id()) ? step : null;
        return new JobStatus(
                job.id(),
                job.videoName(),
                JobState.RUNNING,
                now == null ? Phase.LOADING_MODEL : now.phase,
                now == null || now.frames == 0 ? null : now.frame,
                now == null || now.frames == 0 ? null : now.frames,
                now == null || now.frames == 0 ? 0.0 : now.percent(),
                now == null ? null : now.etaSeconds(),
                job.attempts(),
                null,
                null,
                drawn.job.equals(job.id()) ? drawn.words : null,
                clock.instant());
    }

    private static String words(Phase phase, Job job) {
        return switch (phase) {
            case LOADING_MODEL -> "loading the models";
            case READING_AUDIO -> "reading " + job.audioName();
            case TRACKING_FACE -> "looking for the face in " + job.videoName();
            case RENDERING -> "rendering " + job.videoName();
            case DELIVERING -> "delivering";
        };
    }

    /** What draws a job. */
    private record Drawn(String job, String words) {}

    private record Step(String job, Phase phase, Instant since, long firstFrame, long frame, long frames, Instant at) {
        double framesPerSecond() {
            double seconds = Duration.between(since, at).toMillis() / 1000.0;
            return seconds <= 0 ? 0 : (frame - firstFrame) / seconds;
        }

        double percent() {
            return Math.round(1000.0 * frame / frames) / 10.0;
        }

        @Nullable
        Long etaSeconds() {
            double speed = framesPerSecond();
            return speed <= 0 ? null : Math.round((frames - frame) / speed);
        }

        String describe() {
            Long eta = etaSeconds();
            return "frame %d of %d (%.1f %%), %.0f frames/s%s"
                    .formatted(frame, frames, percent(), framesPerSecond(), eta == null ? "" : ", " + eta + " s left");
        }
    }
}
