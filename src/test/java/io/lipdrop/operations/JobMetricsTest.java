package io.lipdrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.SteppedClock;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Outcome;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.status.FakeQueue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobMetricsTest {
    private final FakeQueue queue = new FakeQueue();
    private final BatchStatuses statuses = queue.statuses(new SteppedClock());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final JobMetrics metrics = new JobMetrics(statuses, meters);

    @Test
    void jobsAndBatchesAreCountedAsTheyAreSeen() {
        queue.add("one", 3);
        queue.add("two", 1);
        queue.run("one-01");
        FakeQueue.look(statuses);

        assertThat(gauge("lipdrop.queue.depth")).isEqualTo(3);
        assertThat(meters.get("lipdrop.jobs").tag("state", "queued").gauge().value())
                .isEqualTo(3);
        assertThat(meters.get("lipdrop.jobs").tag("state", "running").gauge().value())
                .isEqualTo(1);
        assertThat(gauge("lipdrop.batches.open")).isEqualTo(2);
    }

    @Test
    void nothingIsSaidOfAQueueThatCannotBeRead() {
        queue.unreadable = new IOException("away");
        FakeQueue.look(statuses);

        assertThat(gauge("lipdrop.queue.depth")).isNaN();
    }

    @Test
    void endsAreCountedByTheirCode() {
        metrics.ended(new Outcome("a-01", JobState.DONE, "a.mp4", null, null, Instant.EPOCH));
        metrics.ended(new Outcome("a-02", JobState.FAILED, null, "no-face", "No face.", Instant.EPOCH));
        metrics.ended(new Outcome("a-03", JobState.FAILED, null, "no-face", "No face.", Instant.EPOCH));

        assertThat(meters.get("lipdrop.jobs.ended")
                        .tag("code", "none")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("lipdrop.jobs.ended")
                        .tag("code", "no-face")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }
}
