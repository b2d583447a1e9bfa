package io.lipdrop.queue;

import io.lipdrop.home.Folders;
import io.lipdrop.home.Rendered;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Failure;
import io.lipdrop.job.Job;
import io.lipdrop.stage.Interruptible;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Cancels jobs by their ids, whether they wait for validation, wait in the queue, or run. What was asked is on disk before anything is
 * ended, so that a cancelled job stays cancelled after a restart at any moment; on a full disk it is known until then. Its report follows within two seconds.
 */
@Component
public class Cancellation {
    private static final Logger log = LoggerFactory.getLogger(Cancellation.class);

    private final Folders folders;
    private final Ledger ledger;
    private final JobStore store;
    private final Interruptible running;

    Cancellation(Folders folders, Ledger ledger, JobStore store, Interruptible running) {
        this.folders = folders;
        this.ledger = ledger;
        this.store = store;
        this.running = running;
    }

    /** What became of a request. */
    public enum Answer {
        /** The job ends now; its report follows. */
        ACCEPTED,
        /** The job has ended before. */
        ENDED,
        /** There is no such job in a batch that is open. */
        UNKNOWN
    }

    /**
     * Cancels a job.
     *
     * @param by who or what asks, for the report: {@code document}, {@code file}, {@code mbean}, {@code api:<user>} …
     */
    public Answer cancel(String id, String by) throws IOException {
        Optional<Job> job = ledger.job(id);
        if (job.isEmpty()) {
            return Answer.UNKNOWN;
        }
        return cancel(job.get(), by) ? Answer.ACCEPTED : Answer.ENDED;
    }

    /** The same, of a job that is known; false where it has ended before, or its result is in the outbox. */
    public boolean cancel(Job job, String by) throws IOException {
        if (ledger.of(job).isPresent() || Rendered.of(job, folders).isInOutbox()) {
            return false;
        }
        boolean isNew = ledger.cancelledBy(job).isEmpty();
        ledger.cancel(job, by);
        boolean isRunning = running.interrupt(job.id(), Failure.cancelled(job.videoName(), by));
        if (!isRunning) {
            store.cancel(Set.of(job.id())); // a job that is just being taken finds the mark when it begins
        }
        if (isNew) {
            log.info("{}: to be cancelled ({})", job.id(), by);
        }
        return true;
    }

    /**
     * Cancels all jobs of a batch that have not ended.
     *
     * @return false where there are none
     */
    public boolean cancel(Batch batch, String by) throws IOException {
        List<Job> left = batch.jobs().stream()
                .filter(job ->
                        ledger.of(job).isEmpty() && !Rendered.of(job, folders).isInOutbox())
                .toList();
        if (left.isEmpty()) {
            return false;
        }
        if (ledger.cancelAll(batch, by)) {
            log.info("{}: {} job(s) to be cancelled ({})", batch.id(), left.size(), by);
        }
        Set<String> waiting = new HashSet<>();
        for (Job job : left) {
            if (!running.interrupt(job.id(), Failure.cancelled(job.videoName(), by))) {
                waiting.add(job.id());
            }
        }
        store.cancel(waiting);
        return true;
    }
}
