package io.lipdrop.operations;

import io.lipdrop.job.JobState;
import io.lipdrop.job.Outcome;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.status.QueueStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToIntFunction;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Metrics of waiting, running and finished jobs, for {@code /actuator/prometheus}. */
@Component
class JobMetrics {
    private final BatchStatuses statuses;
    private final MeterRegistry meters;

    JobMetrics(BatchStatuses statuses, MeterRegistry meters) {
        this.statuses = statuses;
        this.meters = meters;
        Gauge.builder("lipdrop.queue.depth", () -> count(QueueStatus::queued))
                .description("Jobs in work/queued")
                .register(meters);
        Gauge.builder("lipdrop.jobs", () -> count(QueueStatus::queued))
                .tag("state", JobState.QUEUED.label())
                .register(meters);
        Gauge.builder("lipdrop.jobs", () -> count(QueueStatus::running))
                .tag("state", JobState.RUNNING.label())
                .register(meters);
        Gauge.builder("lipdrop.batches.open", statuses::openBatchCount).register(meters);
    }

    @EventListener
    void ended(Outcome outcome) {
        Counter.builder("lipdrop.jobs.ended")
                .tag("state", outcome.state().label())
                .tag("code", outcome.code() == null ? "none" : outcome.code())
                .register(meters)
                .increment();
    }

    /** Nothing can be said while the queue cannot be read. */
    private double count(ToIntFunction<QueueStatus> jobs) {
        QueueStatus queue = statuses.queue();
        return queue.unreadable() == null ? jobs.applyAsInt(queue) : Double.NaN;
    }
}
