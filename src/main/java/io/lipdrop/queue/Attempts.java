package io.lipdrop.queue;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Rendered;
import io.lipdrop.home.Sources;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.job.SourceChanged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Decides what becomes of a job that did not come to its end: back to the queue, or given up. */
@Component
public class Attempts {
    private static final Logger log = LoggerFactory.getLogger(Attempts.class);

    private final Folders folders;
    private final JobStore store;
    private final Ledger ledger;
    private final QueueGate gate;
    private final ClaimedBatches claims;
    private final Sources sources;

    Attempts(Folders folders, JobStore store, Ledger ledger, QueueGate gate, ClaimedBatches claims, Sources sources) {
        this.folders = folders;
        this.store = store;
        this.ledger = ledger;
        this.gate = gate;
        this.claims = claims;
        this.sources = sources;
    }

    /**
     * Refuses a job that has brought the process down too often, unless all that is left is to deliver it.
     *
     * @throws Failure {@code worker-crashed}, or {@code cancelled}
     * @throws SourceChanged when a source is not the file that was checked
     */
    public void check(@ExchangeProperty("job") Job job) {
        Rendered rendered = Rendered.of(job, folders);
        if (rendered.isInOutbox()) {
            return;
        }
        ledger.requireWanted(job);
        if (job.isOutOfAttempts() && !rendered.isFinished()) {
            throw new Failure(
                    FailureCode.WORKER_CRASHED,
                    "Lipdrop crashed %d times while processing %s.".formatted(job.attempts(), job.videoName()));
        }
        sources.begin(job);
    }

    /**
     * Settles a job that stopped. What goes wrong while Lipdrop stops, as libraries do that are no longer let in, is not the job's
     * doing.
     *
     * @return whether it is given up and its report is due
     */
    public boolean settle(
            @ExchangeProperty("job") @Nullable Job job,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause,
            CamelContext camel)
            throws IOException {
        if (job == null) {
            Throwable met = Diagnosis.causeOf(cause);
            if (!(met instanceof NotAJob || met instanceof NoSuchFileException)) {
                throw new IOException("a job's document cannot be read: " + Diagnosis.words(cause), cause);
            }
            log.warn("{}", Diagnosis.words(cause));
            return false;
        }
        requireWork(job, cause);
        boolean isCancelled = ledger.cancelledBy(job).isPresent();
        if (isCancelled && Diagnosis.causeOf(cause) instanceof Failure) {
            return true; // whatever it met because it was ended
        }
        if (!isCancelled && isOfChange(job, cause)) {
            log.warn("{}: {}", job.id(), Diagnosis.words(cause));
            claims.checkAgain(job);
            store.end(job);
            return false;
        }
        RuntimeException verdict = Diagnosis.of(cause, job.videoName());
        boolean isFailure = verdict instanceof Failure failure && failure.code() != FailureCode.DISK_FULL;
        boolean wasForeseen = Diagnosis.causeOf(cause) instanceof Failure;
        if (!isFailure || (camel.isStopping() && !wasForeseen)) {
            String why = Diagnosis.words(verdict);
            log.warn("{}: requeued: {}", job.id(), why);
            log.debug("{}", job.id(), cause);
            gate.hold(job, why);
            return isTakenOut(job);
        }
        boolean again = ((Failure) verdict).code().retryHelps() && !job.isOnLastAttempt();
        if (again) {
            log.warn("{}: attempt {} failed, retrying", job.id(), job.attempts() + 1, Diagnosis.causeOf(cause));
            return isTakenOut(job.withAttempts(job.attempts() + 1));
        }
        return true;
    }

    /** Puts a job back, unless someone has deleted its document meanwhile: then it is cancelled, and its report is due. */
    private boolean isTakenOut(Job job) throws IOException {
        if (store.putBack(job)) {
            return false;
        }
        ledger.cancel(job, "document");
        return true;
    }

    /** What is wrong with a file that is still written is not wrong with what it will be. */
    private boolean isOfChange(Job job, Exception cause) {
        Throwable met = Diagnosis.causeOf(cause);
        try {
            if (met instanceof Failure) {
                sources.requireSame(job);
            }
            return met instanceof SourceChanged;
        } catch (SourceChanged e) {
            return true;
        }
    }

    /** While {@code work/} is away nothing can be said of the files in it, and nothing be written there. */
    private void requireWork(Job job, Exception cause) throws IOException {
        if (!Files.isDirectory(folders.staging())) {
            gate.hold(job, folders.work() + " is not available");
            throw new IOException(
                    "%s is not available; the error was: %s".formatted(folders.work(), Diagnosis.words(cause)));
        }
    }
}
