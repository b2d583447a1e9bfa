package io.lipdrop.status;

import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.Phase;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.progress.JobProgress;
import io.lipdrop.status.progress.RunProgress;
import io.lipdrop.status.queue.QueueView;
import io.lipdrop.status.queue.Seen;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes jobs and batches as they are at one moment. What holds for all that is asked at once is looked up once: ten thousand jobs
 * may be.
 *
 * @param obstacle why no job begins now, if so
 */
record Moment(
        QueueView queue,
        JobProgress running,
        Seen seen,
        @Nullable String obstacle,
        Instant at) {
    /** A batch without its jobs. */
    BatchSummary summaryOf(Batch batch) {
        JobCounts counts = countsOf(batch);
        JobState state = stateOf(batch, counts);
        if (state.isFinal()) {
            return BatchSummary.of(statusOf(batch));
        }
        return new BatchSummary(
                batch.id(),
                batch.manifest(),
                state,
                messageOf(batch, counts),
                counts.byState(),
                batch.claimedAt(),
                null,
                at);
    }

    private JobCounts countsOf(Batch batch) {
        return JobCounts.ofStates(batch.jobs().stream().map(job -> stateOf(job)).toList());
    }

    /** A batch with its jobs. */
    BatchStatus statusOf(Batch batch) {
        List<JobStatus> jobs = batch.jobs().stream().map(job -> statusOf(job)).toList();
        JobCounts counts = JobCounts.of(jobs);
        JobState state = stateOf(batch, counts);
        return new BatchStatus(
                batch.id(),
                batch.manifest(),
                state,
                messageOf(batch, counts),
                batch.claimedAt(),
                state.isFinal() ? lastEnd(jobs) : null,
                at,
                jobs);
    }

    /** Where a batch stands. */
    JobState stateOf(Batch batch) {
        return stateOf(batch, countsOf(batch));
    }

    private JobState stateOf(Batch batch, JobCounts counts) {
        return counts.state(seen.isPutAway(batch) && haveAllEnded(batch));
    }

    private String messageOf(Batch batch, JobCounts counts) {
        return counts.message(obstacle, seen.look().noCheck().get(batch.id()));
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

    /** A job. */
    JobStatus statusOf(Job job) {
        Preflight preflight = queue.preflight(job).orElse(null);
        Outcome outcome = queue.outcome(job).orElse(null);
        if (outcome != null) {
            return JobStatus.ended(job, outcome).with(null, preflight, outcome.mouthCheck());
        }
        JobStatus status = openStatusOf(job);
        boolean isQueued = status.state() == JobState.QUEUED && obstacle == null;
        return status.with(isQueued ? seen.waits().get(job.id()) : null, preflight, null);
    }

    private JobStatus openStatusOf(Job job) {
        String canceller = queue.cancelledBy(job).orElse(null);
        if (canceller != null) {
            return JobStatus.cancelled(job, canceller, at);
        }
        RunProgress run = running.of(job.id()).orElse(null);
        return switch (openStateOf(job, run)) {
            case RUNNING -> JobStatus.running(job, run != null ? run : RunProgress.begun(Phase.LOADING_MODEL, at), at);
            case WAITING -> JobStatus.waiting(job, at);
            default -> JobStatus.queued(job, obstacle, at);
        };
    }

    /** Where a job stands. */
    JobState stateOf(Job job) {
        Outcome outcome = queue.outcome(job).orElse(null);
        if (outcome != null) {
            return outcome.state();
        }
        return queue.cancelledBy(job).isPresent()
                ? JobState.CANCELLED
                : openStateOf(job, running.of(job.id()).orElse(null));
    }

    /** Of a job that has not ended, and that nobody has cancelled. */
    private JobState openStateOf(Job job, @Nullable RunProgress run) {
        boolean hasBegunSince = run != null && !run.at().isBefore(seen.at());
        if (hasBegunSince || seen.look().running().contains(job.id())) {
            return JobState.RUNNING;
        }
        boolean isUnchecked = seen.look().beingChecked().contains(job.batch()) && !queue.isChecked(job);
        return isUnchecked ? JobState.WAITING : JobState.QUEUED;
    }
}
