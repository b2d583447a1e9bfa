package io.lipdrop.status.queue;

import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.Outcome;
import io.lipdrop.queue.ClaimedBatches;
import io.lipdrop.queue.JobQueue;
import io.lipdrop.queue.Ledger;
import io.lipdrop.queue.QueueGate;
import io.lipdrop.queue.opening.HoursNow;
import io.lipdrop.queue.opening.Opening;
import io.lipdrop.queue.opening.Pause;
import io.lipdrop.speed.PastJobs;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The queue as it is kept in {@code work/}. */
@Component
class LedgerQueueView implements QueueView {
    private final Ledger ledger;
    private final JobQueue queue;
    private final QueueGate gate;
    private final ClaimedBatches claims;
    private final Opening opening;
    private final PastJobs past;

    LedgerQueueView(
            Ledger ledger, JobQueue queue, QueueGate gate, ClaimedBatches claims, Opening opening, PastJobs past) {
        this.ledger = ledger;
        this.queue = queue;
        this.gate = gate;
        this.claims = claims;
        this.opening = opening;
        this.past = past;
    }

    @Override
    public Look look() throws IOException {
        claims.look(); // what was claimed since is a batch from now on
        Set<String> running = new HashSet<>(queue.running());
        Set<String> queued = new LinkedHashSet<>(queue.waiting());
        running.removeAll(queued); // one that is put back has both documents for a moment
        List<Batch> batches = List.copyOf(ledger.batches());
        Set<String> beingChecked = ledger.beingChecked();
        Map<String, String> noCheck = new HashMap<>();
        for (Batch batch : batches) {
            if (beingChecked.contains(batch.id())) {
                claims.reason(batch.id()).ifPresent(why -> noCheck.put(batch.id(), why));
            }
        }
        return new Look(batches, queued, running, beingChecked, noCheck, claims.reasons());
    }

    @Override
    public Optional<Outcome> outcome(Job job) {
        return ledger.of(job);
    }

    @Override
    public boolean isChecked(Job job) {
        return ledger.isChecked(job);
    }

    @Override
    public Optional<Preflight> preflight(Job job) {
        Optional<Preflight> known = ledger.preflight(job);
        return ledger.of(job).isPresent() ? known : known.map(seen -> past.estimated(job, seen));
    }

    @Override
    public @Nullable String obstacle() {
        return opening.closed().orElse(gate.reason());
    }

    @Override
    public Optional<String> cancelledBy(Job job) {
        return ledger.cancelledBy(job).filter(by -> !gate.jobsInHand().contains(job.id()));
    }

    @Override
    public Pause.@Nullable Paused paused() {
        return opening.paused();
    }

    @Override
    public @Nullable HoursNow hours() {
        return opening.hours();
    }

    @Override
    public boolean isDoneWith(Batch batch) throws IOException {
        return queue.isDoneWith(batch);
    }

    @Override
    public void close(Batch batch) throws IOException {
        ledger.close(batch);
    }
}
