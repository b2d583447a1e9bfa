package io.lipdrop.status;

import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.Phase;
import io.lipdrop.job.Progress;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** How far the running jobs are: in memory, for the status file, the heartbeats in the log, and the metrics. */
@Component
class LiveProgress implements Progress {
    private static final Logger log = LoggerFactory.getLogger(LiveProgress.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<String, Run> runs = new HashMap<>();

    LiveProgress(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.meters = meters;
        meters.gauge("lipdrop.frames.per.second", this, LiveProgress::framesPerSecond);
    }

    @Override
    public synchronized void phase(Job job, Phase phase) {
        Instant now = clock.instant();
        Run run = runs.get(job.id());
        if (run == null) {
            runs.put(job.id(), new Run(phase, now));
        } else if (run.phase == phase) {
            return;
        } else {
            Timer.builder("lipdrop.phase")
                    .tag("phase", run.phase.label())
                    .register(meters)
                    .record(Duration.between(run.since, now));
            run.enter(phase, now);
        }
        log.info("{}: {}", job.id(), words(phase, job));
    }

    @Override
    public synchronized void frame(Job job, long frame, long frames) {
        Run run = runs.get(job.id());
        if (run == null) {
            return;
        }
        Instant now = clock.instant();
        run.reach(frame, frames, now);
        if (Duration.between(run.toldAt, now).compareTo(HEARTBEAT) >= 0) {
            run.toldAt = now;
            log.info("{}: {}", job.id(), run.describe());
        }
    }

    @Override
    public synchronized void engine(Job job, String words) {
        Run run = runs.get(job.id());
        if (run != null) {
            run.drawnBy = words;
        }
    }

    @Override
    public synchronized void stopped(Job job) {
        runs.remove(job.id());
    }

    @EventListener
    synchronized void ended(Outcome outcome) {
        runs.remove(outcome.job());
    }

    /** Frames a second of the phases that are going on, of all jobs together; 0 when nothing is rendered. */
    synchronized double framesPerSecond() {
        return runs.values().stream().mapToDouble(Run::framesPerSecond).sum();
    }

    synchronized JobStatus statusOf(Job job) {
        Instant now = clock.instant();
        Run run = runs.getOrDefault(job.id(), new Run(Phase.LOADING_MODEL, now));
        boolean isCounting = run.frames > 0;
        return new JobStatus(
                job.id(),
                job.videoName(),
                JobState.RUNNING,
                run.phase,
                isCounting ? run.frame : null,
                isCounting ? run.frames : null,
                isCounting ? run.percent() : 0.0,
                run.etaSeconds(),
                job.attempts(),
                null,
                null,
                run.drawnBy,
                now);
    }

    private static String words(Phase phase, Job job) {
        return switch (phase) {
            case LOADING_MODEL -> "loading the models";
            case READING_AUDIO -> "reading " + job.audioName();
            case TRACKING_FACE -> "tracking the face in " + job.videoName();
            case RENDERING -> "rendering " + job.videoName();
            case DELIVERING -> "delivering";
        };
    }

    /** One job at work. */
    private static final class Run {
        private Phase phase;
        private Instant since;
        private long firstFrame;
        private long frame;
        private long frames;
        private Instant at;
        private Instant toldAt;
        private @Nullable String drawnBy;

        Run(Phase phase, Instant now) {
            this.phase = phase;
            since = now;
            at = now;
            toldAt = now;
        }

        void enter(Phase next, Instant now) {
            phase = next;
            since = now;
            firstFrame = frame;
            at = now;
            toldAt = now;
        }

        void reach(long finished, long all, Instant now) {
            if (frames == 0) {
                firstFrame = finished; // a resumed job begins where it stopped
            }
            frame = finished;
            frames = all;
            at = now;
        }

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
