package io.lipdrop.control;

import io.lipdrop.history.History;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.BatchStatuses;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds jobs by their ids, in batches that are open and in those that have ended. */
@Component
class KnownJobs {
    private final BatchStatuses open;
    private final History history;

    KnownJobs(BatchStatuses open, History history) {
        this.open = open;
        this.history = history;
    }

    record Known(String batch, JobStatus status) {}

    Optional<Known> find(String id) {
        return open.job(id)
                .map(job -> new Known(job.batch(), job.status()))
                .or(() -> history.job(id).map(job -> new Known(job.batch(), job.status())));
    }

    /** Whether a batch has ended. */
    boolean isEnded(String batch) {
        return history.batch(batch).isPresent();
    }
}
