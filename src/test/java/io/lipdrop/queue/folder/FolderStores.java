package io.lipdrop.queue.folder;

import io.lipdrop.home.Folders;
import io.lipdrop.queue.Cancellation;
import io.lipdrop.queue.JobStore;
import io.lipdrop.queue.Ledger;
import io.lipdrop.queue.QueueGate;
import io.lipdrop.queue.Queues;

/** The queue's two folders, for tests. */
public final class FolderStores {
    private FolderStores() {}

    public static JobStore store(Folders folders) {
        return store(folders, new QueueTurn());
    }

    static FolderJobStore store(Folders folders, QueueTurn turn) {
        return new FolderJobStore(folders, Queues.records(folders), turn);
    }

    static FolderGate gate(Folders folders, QueueGate gate) {
        return new FolderGate(gate, Queues.records(folders));
    }

    public static DeletedDocuments deleted(
            Folders folders, Ledger ledger, JobStore store, QueueGate gate, Cancellation cancellation) {
        return new DeletedDocuments(folders, ledger, (FolderJobStore) store, gate, cancellation);
    }

    /** The name of a job's document. */
    public static String documentOf(io.lipdrop.job.Job job) {
        return JobDocument.of(job).fileName();
    }
}
