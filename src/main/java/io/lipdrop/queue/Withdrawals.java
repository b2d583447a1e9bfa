package io.lipdrop.queue;

import io.lipdrop.files.SharedFolder;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Finds jobs that someone cancelled by deleting their document from {@code work/queued/}. */
@Component
public class Withdrawals {
    private final Folders folders;
    private final Ledger ledger;
    private final JobQueue queue;
    private final SharedFolder work;
    private Set<Job> suspects = Set.of();

    Withdrawals(Folders folders, Ledger ledger, JobQueue queue) {
        this.folders = folders;
        this.ledger = ledger;
        this.queue = queue;
        this.work = new SharedFolder(folders.work());
    }

    /**
     * Jobs that were nowhere at two looks in a row; one look can fall between two renames.
     *
     * @throws IOException while {@code work/} is away, which says nothing about its documents
     */
    public synchronized List<Job> find() throws IOException {
        work.require();
        Set<String> present = new HashSet<>(queue.running().keySet());
        present.addAll(queue.queued().keySet());
        present.addAll(queue.running().keySet());
        Set<Job> absent = new HashSet<>();
        List<Job> withdrawn = new ArrayList<>();
        for (Batch batch : ledger.batches()) {
            if (Files.exists(folders.claimed().resolve(batch.id() + ".json"))) {
                continue; // its documents are just being written
            }
            for (Job job : batch.jobs()) {
                if (!present.contains(job.id()) && ledger.of(job).isEmpty()) {
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
}
