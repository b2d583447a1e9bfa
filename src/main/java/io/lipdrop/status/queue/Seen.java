package io.lipdrop.status.queue;

import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What was seen in the folders.
 *
 * @param at before they were looked at
 * @param batches by their names
 * @param jobs by their ids
 * @param waits seconds until jobs in the queue begin, by their ids
 */
public record Seen(
        QueueView.Look look, Instant at, Map<String, Batch> batches, Map<String, Job> jobs, Map<String, Long> waits) {
    /** Before the first look. */
    public static final Seen NOTHING = new Seen(QueueView.Look.NOTHING, Instant.EPOCH, Map.of(), Map.of(), Map.of());

    /** The same with other waits. */
    public Seen waiting(Map<String, Long> times) {
        return new Seen(look, at, batches, jobs, times);
    }

    /** What is seen at the next look. */
    public Seen then(QueueView.Look next, Instant now) {
        if (next.batches().equals(look.batches())) {
            return new Seen(next, now, batches, jobs, waits);
        }
        Map<String, Batch> itsBatches = new HashMap<>();
        Map<String, Job> itsJobs = new HashMap<>();
        for (Batch batch : next.batches()) {
            itsBatches.put(batch.id(), batch);
            batch.jobs().forEach(job -> itsJobs.put(job.id(), job));
        }
        return new Seen(next, now, itsBatches, itsJobs, Map.of());
    }

    /** Whether no document speaks of a batch or its jobs. */
    public boolean isPutAway(Batch batch) {
        return !look.beingChecked().contains(batch.id())
                && batch.jobs().stream().noneMatch(job -> look.running().contains(job.id()) || isQueued(job));
    }

    private boolean isQueued(Job job) {
        return look.queued().contains(job.id());
    }
}
