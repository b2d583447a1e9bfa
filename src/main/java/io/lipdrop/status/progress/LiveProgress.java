package io.lipdrop.status.progress;

import io.lipdrop.job.Job;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.Phase;
import io.lipdrop.job.Progress;
import java.time.Clock;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Hears from the stages how far the running jobs are, keeps it in memory and passes it on. */
@Component
class LiveProgress implements Progress {
    private final RunningJobs running;
    private final List<ProgressListener> listeners;
    private final Clock clock;

    LiveProgress(RunningJobs running, List<ProgressListener> listeners, Clock clock) {
        this.running = running;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    @Override
    public void phase(Job job, Phase phase) {
        RunProgress before = running.of(job.id()).orElse(null);
        if (before == null || before.phase() != phase) {
            RunProgress now = running.enter(job.id(), phase, clock.instant());
            listeners.forEach(listener -> listener.entered(job, now, before));
        }
    }

    @Override
    public void frame(Job job, long frame, long frames) {
        running.reach(job.id(), frame, frames, clock.instant()).ifPresent(now -> advanced(job, now));
    }

    @Override
    public void engine(Job job, String words) {
        running.drawnBy(job.id(), words).ifPresent(now -> advanced(job, now));
    }

    @Override
    public void stopped(Job job) {
        leave(job.id());
    }

    @EventListener
    void ended(Outcome outcome) {
        leave(outcome.job());
    }

    private void advanced(Job job, RunProgress now) {
        listeners.forEach(listener -> listener.advanced(job, now));
    }

    private void leave(String job) {
        running.remove(job);
        listeners.forEach(listener -> listener.left(job));
    }
}
