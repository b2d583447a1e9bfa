package io.lipdrop.queue.folder;

import io.lipdrop.files.SharedFolder;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.queue.Cancellation;
import io.lipdrop.queue.Ledger;
import io.lipdrop.queue.QueueGate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Cancels jobs whose document someone deleted from {@code work/queued/} or {@code work/running/}. */
@Component
public class DeletedDocuments {
    private final Ledger ledger;
    private final FolderJobStore store;
    private final QueueGate gate;
    private final Cancellation cancellation;
    private final SharedFolder work;
    private Set<Job> suspects = Set.of();
    private Set<String> stranded = Set.of();

    DeletedDocuments(Folders folders, Ledger ledger, FolderJobStore store, QueueGate gate, Cancellation cancellation) {
        this.ledger = ledger;
        this.store = store;
        this.gate = gate;
        this.cancellation = cancellation;
        this.work = new SharedFolder(folders.work());
    }

    /**
     * Cancels jobs that were nowhere at two looks in a row; one look can fall between two renames.
     *
     * @throws IOException while {@code work/} is away, which says nothing about its documents
     */
    public synchronized void cancelTheirJobs() throws IOException {
        work.require();
        putBackStranded();
        Set<String> present = new HashSet<>(store.running());
        present.addAll(store.waiting());
        present.addAll(store.running());
        Set<Job> absent = new HashSet<>();
        Set<String> checking = ledger.beingChecked();
        for (Batch batch : ledger.batches()) {
            boolean isBeingChecked = checking.contains(batch.id());
            for (Job job : batch.jobs()) {
                boolean wasQueued = ledger.isAccepted(job) || !isBeingChecked;
                boolean isGone = wasQueued && !present.contains(job.id());
                if (isGone
                        && ledger.of(job).isEmpty()
                        && ledger.cancelledBy(job).isEmpty()) {
                    absent.add(job);
                }
            }
        }
        work.require(); // it was there all the time
        for (Job job : absent) {
            if (suspects.contains(job)) {
                cancel(job);
            }
        }
        suspects = absent;
    }

    /** A job whose result is in the outbox already gets its document back, so that it comes to its end. */
    private void cancel(Job job) throws IOException {
        boolean isCancelled = cancellation.cancel(job, "document");
        if (!isCancelled && ledger.of(job).isEmpty() && !gate.jobsInHand().contains(job.id())) {
            store.add(job);
        }
    }

    /** Documents that no worker had at two looks in a row: where {@code work/} was away they could not be put back. */
    private void putBackStranded() throws IOException {
        Set<String> free = new HashSet<>();
        Set<String> inHand = gate.keysInHand();
        for (Map.Entry<String, Path> running : store.runningDocuments().entrySet()) {
            String name = Names.fileName(running.getValue());
            if (inHand.contains(name) || gate.jobsInHand().contains(running.getKey())) {
                continue; // also under a name that a person gave it meanwhile
            }
            boolean hasEnded = ledger.job(running.getKey()).flatMap(ledger::of).isPresent();
            if (stranded.contains(name) && hasEnded) {
                store.deleteStranded(running.getValue());
            } else if (stranded.contains(name)) {
                store.putBackStranded(running.getValue());
            } else {
                free.add(name);
            }
        }
        free.removeAll(gate.keysInHand());
        stranded = free;
    }
}
