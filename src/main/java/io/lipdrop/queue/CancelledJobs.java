package io.lipdrop.queue;

import io.lipdrop.home.Folders;
import io.lipdrop.home.Rendered;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Jobs that were cancelled while no worker had them: nobody else will report them. */
@Component
public class CancelledJobs {
    private final Folders folders;
    private final Ledger ledger;
    private final JobStore store;
    private final QueueGate gate;

    CancelledJobs(Folders folders, Ledger ledger, JobStore store, QueueGate gate) {
        this.folders = folders;
        this.ledger = ledger;
        this.store = store;
        this.gate = gate;
    }

    /** Those whose report is due; none of them waits in the store any more. */
    public List<Job> find() throws IOException {
        List<Job> due = new ArrayList<>();
        for (Batch batch : ledger.batches()) {
            for (Job job : batch.jobs()) {
                if (ledger.cancelledBy(job).isPresent() && ledger.of(job).isEmpty() && !isBusy(job)) {
                    due.add(job);
                }
            }
        }
        if (!due.isEmpty()) {
            store.cancel(due.stream().map(Job::id).collect(Collectors.toSet()));
        }
        return due;
    }

    /** Whether its own thread, or its delivery at the next attempt, ends it. */
    private boolean isBusy(Job job) {
        return gate.jobsInHand().contains(job.id()) || Rendered.of(job, folders).isInOutbox();
    }
}
