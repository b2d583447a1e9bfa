package io.lipdrop.status;

import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.Phase;
import io.lipdrop.speed.Waits;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.progress.JobProgress;
import io.lipdrop.status.progress.RunProgress;
import io.lipdrop.status.queue.QueueView;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What can be seen of the batches that are not finished, of their jobs, of the drops that wait in the inbox, and of the queue.
 * Answers from memory, from any thread, and changes nothing. The folders are looked at each second; how jobs begin, go on and
 * end is known at once.
 */
@Component
public class BatchStatuses {
    private final QueueView queue;
    private final Drops drops;
    private final JobProgress running;
    private final Clock clock;
    private final Set<String> closed = ConcurrentHashMap.newKeySet();
    private volatile Seen seen = new Seen(QueueView.Look.NOTHING, Instant.EPOCH, Map.of(), Map.of(), Map.of());
    private volatile @Nullable String unreadable;

    BatchStatuses(QueueView queue, Drops drops, JobProgress running, Clock clock) {
        this.queue = queue;
        this.drops = drops;
        this.running = running;
        this.clock = clock;
    }

    /**
     * A job of a batch that is not finished.
     *
     * @param batch the batch's name
     * @param priority 0–9, higher first; absent where it has ended
     */
    public record OpenJob(String batch, @Nullable Integer priority, JobStatus status) {}

    /**
     * Where a job of a batch that is not finished stands: what lists sort and choose by, ten thousand of them in no time.
     *
     * @param createdAt when its batch left the inbox
     * @param position its place in the queue, 1 for the one that begins next; absent where it does not wait there
     */
    public record JobStanding(
            String job,
            String batch,
            Instant createdAt,
            JobState state,
            @Nullable Integer position) {}

    /**
     * The same of a batch, or a drop.
     *
     * @param isDrop whether it is no batch of jobs
     */
    public record BatchStanding(String batch, boolean isDrop, Instant createdAt, JobState state) {}

    /** Where batches and drops stand, in no order. */
    public List<BatchStanding> batchStandings() {
        List<BatchStanding> standings = new ArrayList<>();
        for (BatchStatus drop : drops.all()) {
            if (open(drop.batch()).isEmpty()) {
                Instant came = Objects.requireNonNullElse(drop.createdAt(), drop.updatedAt());
                standings.add(new BatchStanding(drop.batch(), true, came, drop.state()));
            }
        }
        Moment now = now();
        for (Batch batch : openBatches(now.seen)) {
            JobState state = stateOf(batch, countsOf(batch, now), now);
            standings.add(new BatchStanding(batch.id(), false, batch.claimedAt(), state));
        }
        return standings;
    }

    /** Batches and drops, in the order in which they came. */
    public List<BatchSummary> batches() {
        List<BatchSummary> summaries = new ArrayList<>();
        for (BatchStatus drop : drops.all()) {
            if (open(drop.batch()).isEmpty()) {
                summaries.add(BatchSummary.of(drop));
            }
        }
        Moment now = now();
        openBatches(now.seen).forEach(batch -> summaries.add(summaryOf(batch, now)));
        summaries.sort(Comparator.comparing(BatchSummary::createdAt).thenComparing(BatchSummary::batch));
        return summaries;
    }

    /** A batch with its jobs, or a drop; nothing where it is finished or was never there. */
    public Optional<BatchStatus> batch(String id) {
        return open(id).map(batch -> statusOf(batch, now())).or(() -> drops.of(id));
    }

    /** A batch, or a drop, without its jobs. */
    public Optional<BatchSummary> summary(String id) {
        return open(id).map(batch -> summaryOf(batch, now()))
                .or(() -> drops.of(id).map(BatchSummary::of));
    }

    /** When a batch that is not finished left the inbox. */
    public Optional<Instant> createdAt(String batch) {
        return open(batch).map(Batch::claimedAt);
    }

    /** Jobs of the batches that are not finished: first those that wait in the queue, in the order of work. */
    public List<OpenJob> jobs() {
        Moment now = now();
        Set<String> ids = new LinkedHashSet<>(now.seen.look.queued());
        openBatches(now.seen).forEach(batch -> batch.jobs().forEach(job -> ids.add(job.id())));
        return ids.stream().flatMap(id -> job(id, now).stream()).toList();
    }

    /** Where they stand, in the same order. */
    public List<JobStanding> jobStandings() {
        Moment now = now();
        List<JobStanding> standings = new ArrayList<>();
        Set<String> queued = now.seen.look.queued();
        int position = 0;
        for (String id : queued) {
            position++;
            Job job = now.seen.jobs.get(id);
            Batch batch = job == null ? null : now.seen.batches.get(job.batch());
            if (job != null && batch != null && !closed.contains(batch.id())) {
                standings.add(standingOf(job, batch, position, now));
            }
        }
        for (Batch batch : openBatches(now.seen)) {
            for (Job job : batch.jobs()) {
                if (!queued.contains(job.id())) {
                    standings.add(standingOf(job, batch, 0, now));
                }
            }
        }
        return standings;
    }

    private JobStanding standingOf(Job job, Batch batch, int position, Moment now) {
        JobState state = stateOf(job, now);
        Integer place = position > 0 && state == JobState.QUEUED ? position : null;
        return new JobStanding(job.id(), batch.id(), batch.claimedAt(), state, place);
    }

    /** A job of a batch that is not finished. */
    public Optional<OpenJob> job(String id) {
        return job(id, now());
    }

    private Optional<OpenJob> job(String id, Moment now) {
        return Optional.ofNullable(now.seen.jobs.get(id))
                .filter(job -> !closed.contains(job.batch()))
                .map(job -> openJob(job, now));
    }

    private OpenJob openJob(Job job, Moment now) {
        JobStatus status = statusOf(job, now);
        return new OpenJob(job.batch(), status.state().isFinal() ? null : job.priority(), status);
    }

    /** The ids of the jobs that wait in the queue, in the order of work. */
    public Set<String> queued() {
        return seen.look.queued();
    }

    /** The queue as a whole. */
    public QueueStatus queue() {
        QueueView.Look look = seen.look;
        return QueueStatus.of(
                queue.obstacle(),
                unreadable,
                look.queued().size(),
                look.running().size(),
                queue.paused(),
                queue.hours());
    }

    /** How many batches are not finished; drops in the inbox are not counted. */
    public int openBatchCount() {
        return openBatches(seen).size();
    }

    /** Which batches cannot be checked now, and why, in words. */
    public List<String> checkProblems() {
        return seen.look.problems();
    }

    /**
     * Looks at the folders once more.
     *
     * @throws IOException while they cannot be read: what was seen last still holds
     */
    void look() throws IOException {
        Set<String> closedBefore = Set.copyOf(closed);
        Instant at = clock.instant();
        try {
            Seen next = seen.then(queue.look(), at);
            seen = next.waiting(Waits.of(next.look.queued(), left(next), id -> estimate(next, id)));
            unreadable = null;
        } catch (IOException e) {
            unreadable = String.valueOf(e.getMessage());
            throw e;
        }
        closed.removeAll(closedBefore);
        drops.removeAll(seen.batches.keySet());
    }

    /** How many seconds each running job will still take; null where nobody knows. */
    private List<@Nullable Long> left(Seen now) {
        List<@Nullable Long> left = new ArrayList<>();
        for (String id : now.look.running()) {
            RunProgress run = running.of(id).orElse(null);
            boolean isAtItsEnd = run != null && run.phase() == Phase.DELIVERING; // no frame is left to tell its speed
            Long eta = isAtItsEnd ? Long.valueOf(0) : run == null ? null : run.etaSeconds();
            left.add(eta != null ? eta : estimate(now, id));
        }
        return left;
    }

    private @Nullable Long estimate(Seen now, String id) {
        Job job = now.jobs.get(id);
        return job == null
                ? null
                : queue.preflight(job).map(Preflight::estimateSeconds).orElse(null);
    }

    /** A batch that is not finished. */
    Optional<Batch> open(String id) {
        return Optional.ofNullable(seen.batches.get(id)).filter(batch -> !closed.contains(id));
    }

    /** Finishes a batch; nothing is seen of it any more. */
    void close(Batch batch) throws IOException {
        closed.add(batch.id());
        try {
            queue.close(batch);
        } catch (IOException | RuntimeException e) {
            closed.remove(batch.id());
            throw e;
        }
    }

    private List<Batch> openBatches(Seen its) {
        return its.look.batches().stream()
                .filter(batch -> !closed.contains(batch.id()))
                .toList();
    }

    /** What holds for all that is asked at once: ten thousand jobs may be. */
    private Moment now() {
        return new Moment(seen, queue.obstacle(), clock.instant());
    }

    private record Moment(Seen seen, @Nullable String obstacle, Instant at) {}

    private BatchSummary summaryOf(Batch batch, Moment now) {
        JobCounts counts = countsOf(batch, now);
        JobState state = stateOf(batch, counts, now);
        if (state.isFinal()) {
            return BatchSummary.of(statusOf(batch, now));
        }
        return new BatchSummary(
                batch.id(),
                batch.manifest(),
                state,
                messageOf(batch, counts, now),
                counts.byState(),
                batch.claimedAt(),
                null,
                now.at);
    }

    private JobCounts countsOf(Batch batch, Moment now) {
        return JobCounts.ofStates(
                batch.jobs().stream().map(job -> stateOf(job, now)).toList());
    }

    private BatchStatus statusOf(Batch batch, Moment now) {
        List<JobStatus> jobs =
                batch.jobs().stream().map(job -> statusOf(job, now)).toList();
        JobCounts counts = JobCounts.of(jobs);
        JobState state = stateOf(batch, counts, now);
        return new BatchStatus(
                batch.id(),
                batch.manifest(),
                state,
                messageOf(batch, counts, now),
                batch.claimedAt(),
                state.isFinal() ? lastEnd(jobs) : null,
                now.at,
                jobs);
    }

    private JobState stateOf(Batch batch, JobCounts counts, Moment now) {
        return counts.state(now.seen.isPutAway(batch) && haveAllEnded(batch));
    }

    private static String messageOf(Batch batch, JobCounts counts, Moment now) {
        return counts.message(now.obstacle, now.seen.look.noCheck().get(batch.id()));
    }

    private static @Nullable Instant lastEnd(List<JobStatus> jobs) {
        return jobs.stream()
                .map(JobStatus::updatedAt)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Whether nobody has still to report a job that was cancelled. */
    private boolean haveAllEnded(Batch batch) {
        return batch.jobs().stream().allMatch(job -> queue.outcome(job).isPresent());
    }

    private JobStatus statusOf(Job job, Moment now) {
        Preflight preflight = queue.preflight(job).orElse(null);
        Outcome outcome = queue.outcome(job).orElse(null);
        if (outcome != null) {
            return JobStatus.ended(job, outcome).with(null, preflight, outcome.mouthCheck());
        }
        JobStatus status = openStatusOf(job, now);
        boolean isQueued = status.state() == JobState.QUEUED && now.obstacle == null;
        return status.with(isQueued ? now.seen.waits.get(job.id()) : null, preflight, null);
    }

    private JobStatus openStatusOf(Job job, Moment now) {
        String canceller = queue.cancelledBy(job).orElse(null);
        if (canceller != null) {
            return JobStatus.cancelled(job, canceller, now.at);
        }
        RunProgress run = running.of(job.id()).orElse(null);
        return switch (openStateOf(job, run, now)) {
            case RUNNING ->
                JobStatus.running(job, run != null ? run : RunProgress.begun(Phase.LOADING_MODEL, now.at), now.at);
            case WAITING -> JobStatus.waiting(job, now.at);
            default -> JobStatus.queued(job, now.obstacle, now.at);
        };
    }

    private JobState stateOf(Job job, Moment now) {
        Outcome outcome = queue.outcome(job).orElse(null);
        if (outcome != null) {
            return outcome.state();
        }
        return queue.cancelledBy(job).isPresent()
                ? JobState.CANCELLED
                : openStateOf(job, running.of(job.id()).orElse(null), now);
    }

    /** Of a job that has not ended, and that nobody has cancelled. */
    private JobState openStateOf(Job job, @Nullable RunProgress run, Moment now) {
        boolean hasBegunSince = run != null && !run.at().isBefore(now.seen.at);
        if (hasBegunSince || now.seen.look.running().contains(job.id())) {
            return JobState.RUNNING;
        }
        boolean isUnchecked = now.seen.look.beingChecked().contains(job.batch()) && !queue.isChecked(job);
        return isUnchecked ? JobState.WAITING : JobState.QUEUED;
    }

    /**
     * What was seen in the folders.
     *
     * @param at before they were looked at
     * @param batches by their names
     * @param jobs by their ids
     * @param waits seconds until jobs in the queue begin, by their ids
     */
    private record Seen(
            QueueView.Look look,
            Instant at,
            Map<String, Batch> batches,
            Map<String, Job> jobs,
            Map<String, Long> waits) {
        Seen waiting(Map<String, Long> times) {
            return new Seen(look, at, batches, jobs, times);
        }

        Seen then(QueueView.Look next, Instant now) {
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
        boolean isPutAway(Batch batch) {
            return !look.beingChecked().contains(batch.id())
                    && batch.jobs().stream().noneMatch(job -> look.running().contains(job.id()) || isQueued(job));
        }

        private boolean isQueued(Job job) {
            return look.queued().contains(job.id());
        }
    }
}
