package io.lipdrop.job;

import java.time.Instant;
import java.util.List;

/**
 * A claimed drop: its files are in {@code work/} or in the library.
 *
 * @param id the name of its folders in outbox and error
 * @param manifest the manifest's file name
 * @param jobs one per video, in the order of the manifest
 * @param claimedAt when it left the inbox
 */
public record Batch(String id, String manifest, List<Job> jobs, Instant claimedAt) {
    public Batch {
        jobs = List.copyOf(jobs);
    }

    /** The same batch, with this job in the place of the one with its id. */
    public Batch with(Job other) {
        List<Job> all = jobs.stream()
                .map(job -> job.id().equals(other.id()) ? other : job)
                .toList();
        return new Batch(id, manifest, all, claimedAt);
    }
}
