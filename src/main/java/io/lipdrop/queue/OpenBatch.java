package io.lipdrop.queue;

import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Outcome;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A batch, and what is known of its jobs.
 *
 * @param outcomes how those ended that have, by their ids
 * @param accepted those that have been in the queue
 * @param cancelled who asked for each to be cancelled, by their ids
 * @param allCancelled who asked for all that have not ended to be cancelled, if someone has
 * @param preflights what validation saw of those of which it is known already, by their ids
 * @param unreadable those that had ended, but of which nobody can read how
 */
record OpenBatch(
        Batch batch,
        Map<String, Outcome> outcomes,
        Set<String> accepted,
        Map<String, String> cancelled,
        AtomicReference<@Nullable String> allCancelled,
        Map<String, Optional<Preflight>> preflights,
        Set<String> unreadable) {
    /** One of whose jobs nothing is known yet. */
    OpenBatch(Batch batch) {
        this(
                batch,
                new ConcurrentHashMap<>(),
                ConcurrentHashMap.newKeySet(),
                new ConcurrentHashMap<>(),
                new AtomicReference<>(),
                new ConcurrentHashMap<>(),
                new HashSet<>());
    }

    /** The same with another record. */
    OpenBatch with(Batch other) {
        return new OpenBatch(other, outcomes, accepted, cancelled, allCancelled, preflights, unreadable);
    }

    /** Who asked for a job to be cancelled, if someone has; the first one. */
    @Nullable
    String cancelledBy(Job job) {
        String by = cancelled.get(job.id());
        return by != null ? by : allCancelled.get();
    }

    Optional<Job> job(String id) {
        return batch.jobs().stream().filter(job -> job.id().equals(id)).findFirst();
    }

    /** The same, unless a job has ended otherwise; also of one whose end as cancelled is recorded: it may be just beginning. */
    Optional<String> wantsCancelled(Job job) {
        Outcome outcome = outcomes.get(job.id());
        boolean isOpen = outcome == null || outcome.state() == JobState.CANCELLED;
        return isOpen ? Optional.ofNullable(cancelledBy(job)) : Optional.empty();
    }

    /** Whether validation has said what is to become of a job. */
    boolean isChecked(Job job) {
        return accepted.contains(job.id()) || cancelledBy(job) != null || outcomes.containsKey(job.id());
    }

    /** The jobs that ended without a result, and how. */
    Map<Job, Outcome> unsuccessful() {
        Map<Job, Outcome> ended = new LinkedHashMap<>();
        for (Job job : batch.jobs()) {
            Outcome outcome = outcomes.get(job.id());
            if (outcome != null && outcome.result() == null) {
                ended.put(job, outcome);
            }
        }
        return ended;
    }

    /** Jobs that had ended, but of which nobody can read how. */
    List<Job> unreadableJobs() {
        return batch.jobs().stream()
                .filter(job -> unreadable.contains(job.id()))
                .toList();
    }
}
