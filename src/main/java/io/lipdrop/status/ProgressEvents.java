package io.lipdrop.status;

import io.lipdrop.job.Job;
import io.lipdrop.status.progress.ProgressListener;
import io.lipdrop.status.progress.RunProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/** Tells how far the running jobs are: at most four times a second for each, and never leaves out where it came to. */
@Component
class ProgressEvents implements ProgressListener {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final StatusBoard board;
    private final TaskScheduler scheduler;
    private final Clock clock;
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();

    ProgressEvents(StatusBoard board, TaskScheduler scheduler, Clock clock) {
        this.board = board;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    @Override
    public void entered(Job job, RunProgress now, @Nullable RunProgress before) {
        board.tell(job.id());
    }

    @Override
    public void advanced(Job job, RunProgress now) {
        paces.computeIfAbsent(job.id(), Pace::new).advanced();
    }

    @Override
    public void left(String job) {
        paces.remove(job);
    }

    /** When one job was last told of. */
    private final class Pace {
        private final String job;
        private Instant toldAt = Instant.EPOCH;
        private boolean isDue;

        Pace(String job) {
            this.job = job;
        }

        void advanced() {
            if (isToBeToldNow()) {
                board.tellProgress(job);
            }
        }

        /** If not, it will be told when the pause is over. */
        private synchronized boolean isToBeToldNow() {
            if (isDue) {
                return false;
            }
            Instant now = clock.instant();
            Instant next = toldAt.plus(PAUSE);
            if (!now.isBefore(next) || now.isBefore(toldAt)) { // or the clock was put back
                toldAt = now;
                return true;
            }
            try {
                var unused = scheduler.schedule(this::tell, next);
                isDue = true;
            } catch (TaskRejectedException e) {
                isDue = false; // Lipdrop stops
            }
            return false;
        }

        private void tell() {
            synchronized (this) {
                isDue = false;
                toldAt = clock.instant();
            }
            if (paces.get(job) == this) { // else it does not run any more
                board.tellProgress(job);
            }
        }
    }
}
