package io.lipdrop.queue;

import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Jobs that were cancelled while no worker had them: nobody else will report them. */
@Component
public class CancelledJobs {
    private final Ledger ledger;
    private final JobStore store;
    private final QueueGate gate;

    CancelledJobs(Ledger ledger, JobStore store, QueueGate gate) {
        this.ledger = ledger;
        this.store = store;
        this.gate = gate;
    }

    /** Those whose report is due; none of them waits in the store any more. */
    public List<Job> find() throws IOException {
        Set<String> inHand = gate.jobsInHand();
        List<Job> due = new ArrayList<>();
        for (Batch batch : ledger.batches()) {
            for (Job job : batch.jobs()) {
                if (ledger.cancelledBy(job).isPresent() && !inHand.contains(job.id())) {
                    store.cancel(job.id());
                    due.add(job);
                }
            }
        }
        return due;
    }
}
