package io.lipdrop.status.queue;

import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.Phase;
import io.lipdrop.speed.Waits;
import io.lipdrop.status.progress.JobProgress;
import io.lipdrop.status.progress.RunProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When the jobs in the queue will begin: from how far the running ones are and from what validation has estimated. */
public final class StartTimes {
    private final QueueView queue;
    private final JobProgress running;

    public StartTimes(QueueView queue, JobProgress running) {
        this.queue = queue;
        this.running = running;
    }

    /** Seconds until jobs begin, by their ids, as far as that can be said. */
    public Map<String, Long> of(Seen now) {
        return Waits.of(now.look().queued(), left(now), id -> estimate(now, id));
    }

    /** How many seconds each running job will still take; null where nobody knows. */
    private List<@Nullable Long> left(Seen now) {
        List<@Nullable Long> left = new ArrayList<>();
        for (String id : now.look().running()) {
            RunProgress run = running.of(id).orElse(null);
            boolean isAtItsEnd = run != null && run.phase() == Phase.DELIVERING; // no frame is left to tell its speed
            Long eta = isAtItsEnd ? Long.valueOf(0) : run == null ? null : run.etaSeconds();
            left.add(eta != null ? eta : estimate(now, id));
        }
        return left;
    }

    private @Nullable Long estimate(Seen now, String id) {
        Job job = now.jobs().get(id);
        return job == null
                ? null
                : queue.preflight(job).map(Preflight::estimateSeconds).orElse(null);
    }
}
