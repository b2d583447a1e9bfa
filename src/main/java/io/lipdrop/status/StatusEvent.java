package io.lipdrop.status;

import io.lipdrop.status.BatchStatus.JobStatus;

/**
 * Something that can be seen has changed. An event carries all of the new state, so that whoever missed one before is right
 * again with the next.
 */
public sealed interface StatusEvent {
    /** A batch, or a drop in the inbox, is new or has changed; its jobs are told by themselves. */
    record BatchChanged(BatchSummary batch) implements StatusEvent {}

    /** A batch is there no more, though its end was not told or is long past: someone has deleted it. */
    record BatchGone(String batch) implements StatusEvent {}

    /** A job is new, or its state, its phase or what is said of it has changed. */
    record JobChanged(String batch, JobStatus job) implements StatusEvent {}

    /** A running job is further; at most four times a second for each. */
    record JobProgressed(String batch, JobStatus job) implements StatusEvent {}

    /** The queue opened or waits, or has more or fewer jobs. */
    record QueueChanged(QueueStatus queue) implements StatusEvent {}

    /** The machine became fit or unfit, or is unfit for another reason. */
    record HealthChanged(HealthStatus health) implements StatusEvent {}

    /** Everything was looked at, as is done each second; what had changed was told before. */
    record Looked() implements StatusEvent {}
}
