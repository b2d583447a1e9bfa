package io.lipdrop.job;

import java.util.List;

/**
 * What validation says of each job of a batch.
 *
 * @param batch the batch as claimed
 * @param accepted fit to be rendered
 * @param rejected never can be, and why
 */
public record Verdicts(Batch batch, List<Job> accepted, List<Rejected> rejected) {
    public Verdicts {
        accepted = List.copyOf(accepted);
        rejected = List.copyOf(rejected);
    }

    /** A job that never can be rendered. */
    public record Rejected(Job job, Failure failure) {}
}
