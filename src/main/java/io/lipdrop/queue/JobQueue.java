package io.lipdrop.queue;

import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.Verdict;
import io.lipdrop.stage.Recoverable;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The jobs between validation and delivery: each is added once, begun, and never again after its end. */
@Component
@Order(4)
public class JobQueue implements Recoverable {
    private static final Logger log = LoggerFactory.getLogger(JobQueue.class);

    private final JobStore store;
    private final Ledger ledger;
    private final QueueGate gate;
    private final Map<String, String> lastOf = new ConcurrentHashMap<>();

    JobQueue(JobStore store, Ledger ledger, QueueGate gate) {
        this.gate = gate;
        this.store = store;
        this.ledger = ledger;
    }

    /** Puts an accepted job into the queue: once, and never one that has ended. */
    public void add(@Body Verdict verdict) throws IOException {
        if (verdict instanceof Verdict.Accepted accepted && !ledger.isChecked(accepted.job())) {
            Job job = accepted.job();
            store.add(job);
            // INVARIANT: the document is there first. Whoever deletes it cancels the job; a job without one was never
            // checked.
            ledger.accept(job);
            if (ledger.cancelledBy(job).isPresent()) {
                store.cancel(Set.of(job.id())); // it was cancelled meanwhile, and its document not yet found
            } else {
                log.info("{}: queued", job.id());
            }
        }
    }

    /**
     * The job that the queue's consumer has taken.
     *
     * @throws NotAJob when it is something else, which is put aside, or a job that has ended
     */
    public Job begin(Exchange exchange) throws IOException {
        Job job = ledger.current(store.taken(exchange));
        if (ledger.of(job).isPresent()) {
            throw new NotAJob(job.id() + " has already ended; its document is deleted.");
        }
        lastOf.put(exchange.getFromRouteId(), job.id());
        return job;
    }

    /** The id of the job that a worker has, the first being 1. */
    public Optional<String> inHandOf(int worker) {
        return Optional.ofNullable(lastOf.get(WorkerRoutes.idOf(worker)))
                .filter(id -> gate.jobsInHand().contains(id));
    }

    /** What was running when the last process ended goes back, one attempt the poorer, unless it had come to its end. */
    @Override
    public void recover() throws IOException {
        store.recover(job -> ledger.of(job).isPresent());
        Set<String> waiting = Set.copyOf(store.waiting());
        for (Batch batch : ledger.batches()) {
            batch.jobs().stream().filter(job -> waiting.contains(job.id())).forEach(ledger::accept);
        }
        for (Job job : ledger.unreadable()) {
            if (!waiting.contains(job.id())) {
                store.add(job);
                ledger.accept(job);
                log.warn("{}: its result record cannot be read; the job runs again", job.id());
            }
        }
    }

    /** The ids of waiting jobs, in the order of work. */
    public List<String> waiting() throws IOException {
        return store.waiting();
    }

    /** The ids of running jobs. */
    public Set<String> running() throws IOException {
        return store.running();
    }

    /** Whether all jobs of this batch have ended, and no document anywhere speaks of them any more. */
    public boolean isDoneWith(Batch batch) throws IOException {
        boolean hasUnreported =
                batch.jobs().stream().anyMatch(job -> ledger.of(job).isEmpty());
        if (hasUnreported || ledger.isBeingChecked(batch)) {
            return false;
        }
        Set<String> open = new HashSet<>(store.waiting());
        open.addAll(store.running());
        return batch.jobs().stream().map(Job::id).noneMatch(open::contains);
    }
}
