package io.lipdrop.queue;

import io.lipdrop.job.Job;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/**
 * Where jobs are kept while they wait and while they run: a folder, or a broker. Taking the next one is a Camel consumer's work,
 * whose endpoint the store names; every other change goes through here. Called from any thread; what returns is stored durably.
 */
public interface JobStore {
    /** Adds a job that waits from now on, in the order of priority, then of arrival. */
    void add(Job job) throws IOException;

    /**
     * The job that the consumer has taken, as the store keeps it while it runs.
     *
     * @throws NotAJob when it is something else, which the store has put out of the way
     */
    Job taken(Exchange exchange) throws IOException;

    /**
     * Puts a running job back in its old place, to be taken again.
     *
     * @return false where someone has taken it out of the store meanwhile, which cancels it
     */
    boolean putBack(Job job) throws IOException;

    /** Forgets a running job. */
    void end(Job job) throws IOException;

    /** Takes waiting jobs out; those that do not wait any more are left alone. */
    void cancel(Set<String> ids) throws IOException;

    /**
     * Changes the place of a waiting job.
     *
     * @param job with its new priority
     * @param first whether it comes before all others, whatever their priority
     * @return false where it does not wait any more
     */
    boolean move(Job job, boolean first) throws IOException;

    /** The ids of waiting jobs, in the order of work. */
    List<String> waiting() throws IOException;

    /** The ids of running jobs. */
    Set<String> running() throws IOException;

    /**
     * Takes back what was running when the last process ended.
     *
     * @param hasEnded whether a job has come to its end
     */
    void recover(HasEnded hasEnded) throws IOException;

    /** Tells of a job whether it has come to its end. */
    @FunctionalInterface
    interface HasEnded {
        boolean test(Job job);
    }

    /**
     * Prepares the consumer of one worker.
     *
     * @param uri the endpoint that the route {@code queue} names
     * @param worker from 1
     * @return the endpoint of this worker
     */
    String consumer(CamelContext camel, String uri, int worker);
}
