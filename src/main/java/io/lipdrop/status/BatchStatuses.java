package io.lipdrop.status;

import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.progress.JobProgress;
import io.lipdrop.status.queue.QueueView;
import io.lipdrop.status.queue.Seen;
import io.lipdrop.status.queue.StartTimes;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
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
    private final StartTimes times;
    private final Clock clock;
    private final Set<String> closed = ConcurrentHashMap.newKeySet();
    private volatile Seen seen = Seen.NOTHING;
    private volatile @Nullable String unreadable;

    BatchStatuses(QueueView queue, Drops drops, JobProgress running, Clock clock) {
        this.queue = queue;
        this.drops = drops;
        this.running = running;
        this.times = new StartTimes(queue, running);
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
                standings.add(new BatchStanding(drop.batch(), true, drop.cameAt(), drop.state()));
            }
        }
        Moment now = now();
        for (Batch batch : openBatches(now.seen())) {
            JobState state = now.stateOf(batch);
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
        openBatches(now.seen()).forEach(batch -> summaries.add(now.summaryOf(batch)));
        summaries.sort(Comparator.comparing(BatchSummary::createdAt).thenComparing(BatchSummary::batch));
        return summaries;
    }

    /** A batch with its jobs, or a drop; nothing where it is finished or was never there. */
    public Optional<BatchStatus> batch(String id) {
        return open(id).map(batch -> now().statusOf(batch)).or(() -> drops.of(id));
    }

    /** A batch, or a drop, without its jobs. */
    public Optional<BatchSummary> summary(String id) {
        return open(id).map(batch -> now().summaryOf(batch))
                .or(() -> drops.of(id).map(BatchSummary::of));
    }

    /** When a batch that is not finished left the inbox. */
    public Optional<Instant> createdAt(String batch) {
        return open(batch).map(Batch::claimedAt);
    }

    /** Jobs of the batches that are not finished: first those that wait in the queue, in the order of work. */
    public List<OpenJob> jobs() {
        Moment now = now();
        Set<String> ids = new LinkedHashSet<>(now.seen().look().queued());
        openBatches(now.seen()).forEach(batch -> batch.jobs().forEach(job -> ids.add(job.id())));
        return ids.stream().flatMap(id -> job(id, now).stream()).toList();
    }

    /** Where they stand, in the same order. */
    public List<JobStanding> jobStandings() {
        Moment now = now();
        List<JobStanding> standings = new ArrayList<>();
        Set<String> queued = now.seen().look().queued();
        int position = 0;
        for (String id : queued) {
            position++;
            Job job = now.seen().jobs().get(id);
            Batch batch = job == null ? null : now.seen().batches().get(job.batch());
            if (job != null && batch != null && !closed.contains(batch.id())) {
                standings.add(standingOf(job, batch, position, now));
            }
        }
        for (Batch batch : openBatches(now.seen())) {
            for (Job job : batch.jobs()) {
                if (!queued.contains(job.id())) {
                    standings.add(standingOf(job, batch, 0, now));
                }
            }
        }
        return standings;
    }

    private JobStanding standingOf(Job job, Batch batch, int position, Moment now) {
        JobState state = now.stateOf(job);
        Integer place = position > 0 && state == JobState.QUEUED ? position : null;
        return new JobStanding(job.id(), batch.id(), batch.claimedAt(), state, place);
    }

    /** A job of a batch that is not finished. */
    public Optional<OpenJob> job(String id) {
        return job(id, now());
    }

    private Optional<OpenJob> job(String id, Moment now) {
        return Optional.ofNullable(now.seen().jobs().get(id))
                .filter(job -> !closed.contains(job.batch()))
                .map(job -> openJob(job, now));
    }

    private OpenJob openJob(Job job, Moment now) {
        JobStatus status = now.statusOf(job);
        return new OpenJob(job.batch(), status.state().isFinal() ? null : job.priority(), status);
    }

    /** The ids of the jobs that wait in the queue, in the order of work. */
    public Set<String> queued() {
        return seen.look().queued();
    }

    /** The queue as a whole. */
    public QueueStatus queue() {
        QueueView.Look look = seen.look();
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
        return seen.look().problems();
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
            seen = next.waiting(times.of(next));
            unreadable = null;
        } catch (IOException e) {
            unreadable = String.valueOf(e.getMessage());
            throw e;
        }
        closed.removeAll(closedBefore);
        drops.removeAll(seen.batches().keySet());
    }

    /** A batch that is not finished. */
    Optional<Batch> open(String id) {
        return Optional.ofNullable(seen.batches().get(id)).filter(batch -> !closed.contains(id));
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
        return its.look().batches().stream()
                .filter(batch -> !closed.contains(batch.id()))
                .toList();
    }

    /** What holds for all that is asked at once: ten thousand jobs may be. */
    private Moment now() {
        return new Moment(queue, running, seen, queue.obstacle(), clock.instant());
    }
}
