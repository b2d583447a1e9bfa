package io.lipdrop.status.progress;

import io.lipdrop.job.Job;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How long the phases take, and how many frames a second are made now, for {@code /actuator/prometheus}. */
@Component
class ProgressMeters implements ProgressListener {
    private final MeterRegistry meters;

    ProgressMeters(JobProgress running, MeterRegistry meters) {
        this.meters = meters;
        meters.gauge("lipdrop.frames.per.second", running, ProgressMeters::framesPerSecond);
    }

    @Override
    public void entered(Job job, RunProgress now, @Nullable RunProgress before) {
        if (before != null) {
            Timer.builder("lipdrop.phase")
                    .tag("phase", before.phase().label())
                    .register(meters)
                    .record(Duration.between(before.since(), now.since()));
        }
    }

    /** Of all jobs together, in the phases that are going on; 0 when nothing is rendered. */
    private static double framesPerSecond(JobProgress running) {
        return running.all().stream().mapToDouble(RunProgress::framesPerSecond).sum();
    }
}
