package io.lipdrop.sync;

import io.lipdrop.job.Job;
import io.lipdrop.job.Phase;
import io.lipdrop.job.Progress;
import io.lipdrop.stage.Uptime;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long each phase of one job takes; each is entered once. */
final class PhaseClock {
    private final Job job;
    private final Progress progress;
    private final Uptime uptime;
    private final Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
    private @Nullable Phase current;
    private Duration since = Duration.ZERO;

    PhaseClock(Job job, Progress progress, Uptime uptime) {
        this.job = job;
        this.progress = progress;
        this.uptime = uptime;
    }

    /** Leaves the phase before and enters this one, unless it is in it already. */
    synchronized void enter(Phase phase) {
        if (phase == current) {
            return;
        }
        stop();
        current = phase;
        since = uptime.now();
        progress.phase(job, phase);
    }

    /** Seconds in each phase so far. */
    synchronized Map<Phase, Double> seconds() {
        stop();
        return new EnumMap<>(seconds);
    }

    private void stop() {
        Duration now = uptime.now();
        if (current != null) {
            seconds.merge(current, now.minus(since).toNanos() / 1e9, Double::sum);
        }
        since = now;
    }
}
