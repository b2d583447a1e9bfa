package io.lipdrop.queue;

import io.lipdrop.files.FreeSpace;
import io.lipdrop.home.Folders;
import io.lipdrop.home.HomeDocuments;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.queue.opening.Openings;
import io.lipdrop.stage.Interruptible;
import io.lipdrop.stage.Uptime;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The parts of a home's queue, with what they need. */
public final class Queues {
    private Queues() {}

    public static Records records(Folders folders) {
        return new Records(folders, new HomeDocuments(folders));
    }

    public static Ledger ledger(Folders folders) {
        return new Ledger(folders, new BatchRecords(folders, records(folders)), Clock.systemUTC(), event -> {});
    }

    public static ClaimedBatches claims(Folders folders, Ledger ledger, Uptime uptime) {
        return new ClaimedBatches(folders, records(folders), ledger, uptime);
    }

    /** As when a video was checked: it waits in the queue. */
    public static void accept(JobStore store, Ledger ledger, Job job) throws IOException {
        store.add(job);
        ledger.accept(job);
    }

    /** As validation accepts a job whose rendering needs so much of the disk. */
    public static Job needing(Job job, long bytes) {
        return job.seen(new Preflight(640, 360, false, 10, 1, null, null, null, null, bytes, null, null));
    }

    public static JobQueue queue(JobStore store, Ledger ledger, QueueGate gate) {
        return new JobQueue(store, ledger, gate);
    }

    public static WorkerRoutes workers(JobStore store) {
        return new WorkerRoutes(store);
    }

    public static QueueGate gate(Folders folders, Uptime uptime, FreeSpace free) {
        return new QueueGate(folders, new ResultFolders(folders), Openings.always(folders), uptime, free);
    }

    public static Cancellation cancellation(Folders folders, Ledger ledger, JobStore store, Interruptible running) {
        return new Cancellation(folders, ledger, store, running);
    }

    /** Jobs that run until they are interrupted. */
    public static final class Running implements Interruptible {
        public final Map<String, RuntimeException> ended = new HashMap<>();
        private final Map<String, Job> jobs = new HashMap<>();

        public void begin(Job job) {
            jobs.put(job.id(), job);
        }

        @Override
        public void interrupt() {}

        @Override
        public boolean interrupt(String job, RuntimeException why) {
            if (jobs.remove(job) == null) {
                return false;
            }
            ended.put(job, why);
            return true;
        }
    }
}
