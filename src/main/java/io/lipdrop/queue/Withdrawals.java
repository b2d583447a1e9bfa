package io.lipdrop.queue;

import io.lipdrop.files.SharedFolder;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Finds jobs that someone cancelled by deleting their document from {@code work/queued/}. The document of a running job is not
 * missed: the job goes on.
 */
@Component
public class Withdrawals {
    private final Ledger ledger;
    private final JobQueue queue;
    private final QueueGate gate;
    private final SharedFolder work;
    private Set<Job> suspects = Set.of();
    private Set<String> stranded = Set.of();

    Withdrawals(Folders folders, Ledger ledger, JobQueue queue, QueueGate gate) {
        this.ledger = ledger;
        this.queue = queue;
        this.gate = gate;
        this.work = new SharedFolder(folders.work());
    }

    /**
     * Jobs that were nowhere at two looks in a row; one look can fall between two renames.
     *
     * @throws IOException while {@code work/} is away, which says nothing about its documents
     */
    public synchronized List<Job> find() throws IOException {
        work.require();
        putBackStranded();
        Set<String> present = new HashSet<>(queue.running().keySet());
        present.addAll(queue.queued().keySet());
        present.addAll(queue.running().keySet());
        present.addAll(gate.jobsInHand());
        Set<Job> absent = new HashSet<>();
        List<Job> withdrawn = new ArrayList<>();
        for (Batch batch : ledger.batches()) {
            boolean isBeingChecked = ledger.isBeingChecked(batch);
            for (Job job : batch.jobs()) {
                boolean wasQueued = ledger.isAccepted(job) || !isBeingChecked;
                if (wasQueued && !present.contains(job.id()) && ledger.of(job).isEmpty()) {
                    absent.add(job);
                    if (suspects.contains(job)) {
                        withdrawn.add(job);
                    }
                }
            }
        }
        suspects = absent;
        return withdrawn;
    }

    /** Documents that were in nobody's hand at two looks in a row: where {@code work/} was away they could not be put back. */
    private void putBackStranded() throws IOException {
        Set<String> inHand = gate.documentsInHand();
        queue.putBackStranded(inHand, stranded);
        Set<String> free = new HashSet<>();
        for (Path document : queue.running().values()) {
            free.add(Names.fileName(document));
        }
        free.removeAll(gate.documentsInHand());
        stranded = free;
    }
}
