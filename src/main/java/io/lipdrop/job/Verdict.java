package io.lipdrop.job;

/** The result of validation for one job. */
public sealed interface Verdict {
    Job job();

    /** Can be rendered. */
    record Accepted(Job job) implements Verdict {}

    /** Cannot be rendered, with the reason. */
    record Rejected(Job job, Failure failure) implements Verdict {}
}
