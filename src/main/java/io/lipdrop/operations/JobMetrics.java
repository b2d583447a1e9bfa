package io.lipdrop.operations;

import io.lipdrop.job.Outcome;
import io.lipdrop.queue.JobQueue;
import io.lipdrop.queue.Ledger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Metrics of waiting, running and finished jobs, for {@code /actuator/prometheus}. */
@Component
class JobMetrics {
    private final MeterRegistry meters;

    JobMetrics(JobQueue queue, Ledger ledger, MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("lipdrop.queue.depth", () -> count(() -> queue.queued().size()))
                .description("Jobs in work/queued")
                .register(meters);
        Gauge.builder("lipdrop.jobs", () -> count(() -> queue.queued().size()))
                .tag("state", "queued")
                .register(meters);
        Gauge.builder("lipdrop.jobs", () -> count(() -> queue.running().size()))
                .tag("state", "running")
                .register(meters);
        Gauge.builder("lipdrop.batches.open", () -> ledger.batches().size()).register(meters);
    }

    @EventListener
    void ended(Outcome outcome) {
        Counter.builder("lipdrop.jobs.ended")
                .tag("state", outcome.state().label())
                .tag("code", outcome.code() == null ? "none" : outcome.code())
                .register(meters)
                .increment();
    }

    private static double count(Folder folder) {
        try {
            return folder.size();
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private interface Folder {
        int size() throws IOException;
    }
}
