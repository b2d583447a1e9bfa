package io.lipdrop.history;

import io.lipdrop.status.BatchStatus;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.BatchSummary;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A batch that has ended, or a drop that never became one.
 *
 * @param status what its {@code status.json} says; {@code createdAt} and {@code finishedAt} are never absent
 * @param searchText its names, as {@link SearchText} has them
 */
public record EndedBatch(BatchStatus status, String searchText) {
    public EndedBatch {
        Objects.requireNonNull(status.createdAt());
        Objects.requireNonNull(status.finishedAt());
    }

    static EndedBatch of(BatchStatus status) {
        return new EndedBatch(status, SearchText.of(status));
    }

    public String id() {
        return status.batch();
    }

    public Instant createdAt() {
        return Objects.requireNonNull(status.createdAt());
    }

    public Instant finishedAt() {
        return Objects.requireNonNull(status.finishedAt());
    }

    /** Its place in lists. */
    public Position position() {
        return new Position(createdAt(), id());
    }

    /** Without its single jobs. */
    public BatchSummary summary() {
        return BatchSummary.of(status);
    }

    /** One of its jobs. */
    public Optional<EndedJob> job(String id) {
        return status.jobs().stream()
                .filter(job -> job.job().equals(id))
                .findFirst()
                .map(this::ended);
    }

    private EndedJob ended(JobStatus job) {
        return new EndedJob(id(), job, createdAt(), job.updatedAt());
    }
}
