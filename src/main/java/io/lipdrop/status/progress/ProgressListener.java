package io.lipdrop.status.progress;

import io.lipdrop.job.Job;
import org.jspecify.annotations.Nullable;

/** Is told how far the running jobs are, in the threads that make the videos: so it returns at once. */
public interface ProgressListener {
    /**
     * A job entered a phase.
     *
     * @param before how far it was in the phase before; nothing where it just begins
     */
    default void entered(Job job, RunProgress now, @Nullable RunProgress before) {}

    /** A job is further in its phase, or it became known what draws it. */
    default void advanced(Job job, RunProgress now) {}

    /** A job does not run any more: it ended, or was put back. */
    default void left(String job) {}
}
