package io.lipdrop.stage;

import io.lipdrop.job.Failure;
import io.lipdrop.job.Job;
import io.lipdrop.job.Outcome;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Where it is recorded, once and for good, how each job ended. */
public interface Outcomes {
    /** Records how a job ended; on disk when this returns. A job that has ended already keeps its first outcome. */
    void record(Job job, Outcome outcome) throws IOException;

    /** How a job ended, if it has. */
    Optional<Outcome> of(Job job);

    /** The jobs of a batch that ended without a result, and how. */
    Map<Job, Outcome> unsuccessful(String batch);

    /** Whether validation has accepted a job: it has been in the queue. */
    boolean isAccepted(Job job);

    /** Who asked for a job to be cancelled, if someone has and it has not ended otherwise. */
    Optional<String> cancelledBy(Job job);

    /**
     * Makes sure that nobody has asked for a job to be cancelled.
     *
     * @throws Failure {@code cancelled}
     */
    default void requireWanted(Job job) {
        cancelledBy(job).ifPresent(by -> {
            throw Failure.cancelled(job.videoName(), by);
        });
    }
}
