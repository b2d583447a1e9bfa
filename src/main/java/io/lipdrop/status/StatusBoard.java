package io.lipdrop.status;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Outcome;
import io.lipdrop.stage.Notices;
import io.lipdrop.stage.Recoverable;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.BatchStatuses.OpenJob;
import io.lipdrop.status.StatusEvent.BatchChanged;
import io.lipdrop.status.StatusEvent.BatchGone;
import io.lipdrop.status.StatusEvent.JobChanged;
import io.lipdrop.status.StatusEvent.JobProgressed;
import io.lipdrop.status.StatusEvent.Looked;
import io.lipdrop.status.StatusEvent.QueueChanged;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Compares what can be seen with what was told last, and tells the difference. It is told when a drop, a running job or an end is
 * news, and looks at everything each second: people change the folders too.
 */
@Component
@Order(0)
public class StatusBoard implements Notices, Recoverable {
    private static final String WITHDRAWN = "removed from the inbox before it was complete";

    private final BatchStatuses statuses;
    private final Drops drops;
    private final UntoldEnds untold;
    private final StatusEvents events;
    private final Clock clock;
    // INVARIANT: what is told is read and published under one lock, so that nothing older is told after it.
    private final Object telling = new Object();
    private final Map<String, BatchSummary> toldBatches = new HashMap<>();
    private final Map<String, JobStatus> toldJobs = new HashMap<>();
    private @Nullable QueueStatus toldQueue;

    StatusBoard(BatchStatuses statuses, Drops drops, UntoldEnds untold, StatusEvents events, Clock clock) {
        this.statuses = statuses;
        this.drops = drops;
        this.untold = untold;
        this.events = events;
        this.clock = clock;
    }

    /** Tells the ends that a process before could not tell. */
    @Override
    public void recover() {
        untold.due().forEach(this::tell);
    }

    /**
     * Looks at every open batch, and tells what changed.
     *
     * @throws IOException while the queue cannot be read
     */
    public void refresh() throws IOException {
        try {
            untold.due().forEach(this::tell); // an inbox may have been away
            statuses.look();
        } finally {
            tellAll();
        }
    }

    @Override
    public void waiting(String batch, String manifest, String message) {
        BatchStatus drop = BatchStatus.ofDrop(batch, manifest, JobState.WAITING, message, clock.instant());
        untold.waits(drops.of(batch).orElse(drop), WITHDRAWN);
        tell(drop);
    }

    @Override
    public void refusing(String batch, String manifest, Path last, Failure failure) throws IOException {
        untold.ends(endOf(batch, manifest, failure), last);
    }

    @Override
    public void refused(String batch, String manifest, Failure failure) {
        tell(endOf(batch, manifest, failure));
    }

    private BatchStatus endOf(String batch, String manifest, Failure failure) {
        String message = failure.code().code() + ": " + failure.reason();
        JobState state = failure.code() == FailureCode.CANCELLED ? JobState.CANCELLED : JobState.FAILED;
        Instant now = clock.instant();
        Instant createdAt = drops.of(batch)
                .map(BatchStatus::createdAt)
                .or(() -> untold.createdAt(batch)) // so that what is told once more is the same
                .orElse(now);
        return BatchStatus.ofDrop(batch, manifest, state, message, now).createdAt(createdAt);
    }

    @Override
    public void withdrawn(String batch, String manifest) {
        tell(BatchStatus.ofDrop(batch, manifest, JobState.CANCELLED, WITHDRAWN, clock.instant()));
    }

    @EventListener
    void ended(Outcome outcome) {
        tell(outcome.job());
    }

    /** Tells the last state of a batch, where it was not told before: nothing is seen of it any more afterwards. */
    @EventListener
    void ended(BatchStatus.Ended batch) {
        BatchStatus last = batch.last();
        synchronized (telling) {
            last.jobs().forEach(job -> tellIfChanged(last.batch(), job));
            tellIfChanged(BatchSummary.of(last));
        }
    }

    /** Tells how a job is, where that is news, and its batch. */
    void tell(String job) {
        synchronized (telling) {
            statuses.job(job).ifPresent(open -> {
                if (tellIfChanged(open)) {
                    statuses.summary(open.batch()).ifPresent(this::tellIfChanged);
                }
            });
        }
    }

    /** Tells how far a running job is. */
    void tellProgress(String job) {
        synchronized (telling) {
            statuses.job(job).ifPresent(open -> {
                if (tellIfChanged(open)) {
                    statuses.summary(open.batch()).ifPresent(this::tellIfChanged);
                } else if (open.status().state() == JobState.RUNNING) {
                    events.publish(new JobProgressed(open.batch(), open.status()));
                }
            });
        }
    }

    private void tell(BatchStatus drop) {
        synchronized (telling) {
            drops.put(drop);
            statuses.summary(drop.batch()).ifPresent(this::tellIfChanged);
        }
    }

    private void tellAll() {
        synchronized (telling) {
            Set<String> jobs = new HashSet<>();
            for (OpenJob job : statuses.jobs()) {
                jobs.add(job.status().job());
                tellIfChanged(job);
            }
            toldJobs.keySet().retainAll(jobs);
            Set<String> batches = new HashSet<>();
            for (BatchSummary batch : statuses.batches()) {
                batches.add(batch.batch());
                tellIfChanged(batch);
            }
            forgetBatchesWithout(batches);
            QueueStatus queue = statuses.queue();
            if (queue.isChangedFrom(toldQueue)) {
                toldQueue = queue;
                events.publish(new QueueChanged(queue));
            }
            events.publish(new Looked());
        }
    }

    /** What ended was told to its end; whatever else is missing was taken away. */
    private void forgetBatchesWithout(Set<String> batches) {
        toldBatches.values().removeIf(batch -> {
            boolean isGone = !batches.contains(batch.batch());
            if (isGone && !batch.state().isFinal()) {
                events.publish(new BatchGone(batch.batch()));
            }
            return isGone;
        });
    }

    private boolean tellIfChanged(OpenJob job) {
        return tellIfChanged(job.batch(), job.status());
    }

    private boolean tellIfChanged(String batch, JobStatus job) {
        boolean isChanged = job.isChangedFrom(toldJobs.get(job.job()));
        if (isChanged) {
            toldJobs.put(job.job(), job);
            events.publish(new JobChanged(batch, job));
        }
        return isChanged;
    }

    private void tellIfChanged(BatchSummary batch) {
        if (batch.isChangedFrom(toldBatches.get(batch.batch()))) {
            toldBatches.put(batch.batch(), batch);
            events.publish(new BatchChanged(batch));
        }
    }
}
