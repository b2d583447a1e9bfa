package io.lipdrop.web.api;

import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.BatchStatuses.JobStanding;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A job and its place in the list.
 *
 * @param item what is said of it, asked for where it is on the page; nothing where it has gone meanwhile
 */
record PlacedJob(JobPlace place, String id, Supplier<Optional<JobItem>> item) {
    static PlacedJob open(JobStanding job, Function<JobStanding, Optional<JobItem>> item) {
        JobPlace place = JobPlace.of(job.state(), job.createdAt(), job.batch(), job.job());
        return new PlacedJob(place, job.job(), () -> item.apply(job));
    }

    static PlacedJob ended(Instant createdAt, String batch, JobStatus job) {
        JobPlace place = JobPlace.of(job.state(), createdAt, batch, job.job());
        return new PlacedJob(place, job.job(), () -> Optional.of(new JobItem(batch, null, null, job)));
    }
}
