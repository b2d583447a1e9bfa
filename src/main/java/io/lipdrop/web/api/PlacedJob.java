package io.lipdrop.web.api;

import io.lipdrop.status.BatchStatus.JobStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job and its place in the list. */
record PlacedJob(JobPlace place, JobItem item) {
    static PlacedJob of(Instant createdAt, String batch, JobStatus job, @Nullable Integer position, @Nullable Integer priority) {
        return new PlacedJob(JobPlace.of(job.state(), createdAt, batch, job.job()), new JobItem(batch, position, priority, job));
    }

    String id() {
        return item.status().job();
    }
}
