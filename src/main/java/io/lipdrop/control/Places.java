package io.lipdrop.control;

import io.lipdrop.job.Job;
import io.lipdrop.queue.JobStore;
import io.lipdrop.queue.Ledger;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Changes the place of jobs that wait in the queue. */
@Component
public class Places {
    private static final Logger log = LoggerFactory.getLogger(Places.class);

    private final Ledger ledger;
    private final JobStore store;
    private final KnownJobs jobs;

    Places(Ledger ledger, JobStore store, KnownJobs jobs) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.store = store;
    }

    /**
     * Gives a job another priority, 0 to 9: it comes behind those that came before it and have the same.
     *
     * @param by who asks, for the log
     */
    public Answer setPriority(String id, int priority, String by) throws IOException {
        return move(id, priority, false, "priority " + priority, by);
    }

    /** Puts a job before all others that wait now, whatever their priority. */
    public Answer setFirst(String id, String by) throws IOException {
        return move(id, null, true, "first", by);
    }

    private Answer move(String id, @Nullable Integer priority, boolean first, String what, String by)
            throws IOException {
        Optional<Job> known = ledger.job(id);
        if (known.isEmpty()) {
            return jobs.find(id).isPresent() ? Answer.ENDED : Answer.UNKNOWN;
        }
        Job job = priority == null ? known.get() : known.get().withPriority(priority);
        if (ledger.of(job).isPresent()) {
            return Answer.ENDED;
        }
        if (ledger.cancelledBy(job).isPresent() || !store.move(job, first)) {
            return Answer.NOT_NOW;
        }
        if (priority != null) {
            ledger.prioritise(job);
        }
        log.info("{}: {} ({})", id, what, by);
        return Answer.DONE;
    }
}
