package io.lipdrop.job;

/** What validation says of one job. */
public sealed interface Verdict {
    Job job();

    /** Fit to be rendered. */
    record Accepted(Job job) implements Verdict {}

    /** It never can be rendered as it is, and why. */
    record Rejected(Job job, Failure failure) implements Verdict {}
}
