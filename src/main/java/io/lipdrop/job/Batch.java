package io.lipdrop.job;

import java.time.Instant;
import java.util.List;

/**
 * A drop that is ours: everything it names is in {@code work/} or in the library.
 *
 * @param id the name of its folders in outbox and error
 * @param manifest the manifest's file name
 * @param jobs one for each video, in the manifest's order
 * @param claimedAt when it left the inbox
 */
public record Batch(String id, String manifest, List<Job> jobs, Instant claimedAt) {
    public Batch {
        jobs = List.copyOf(jobs);
    }
}
