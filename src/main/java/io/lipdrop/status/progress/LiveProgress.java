package io.lipdrop.status.progress;

import io.lipdrop.job.Job;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.Phase;
import io.lipdrop.job.Progress;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Hears from the stages how far the running jobs are, keeps it in memory and passes it on. */
@Component
class LiveProgress implements Progress {
    private static final Logger log = LoggerFactory.getLogger(LiveProgress.class);

    private final JobProgress running;
    private final List<ProgressListener> listeners;
    private final Clock clock;
    private final Set<ProgressListener> failing = ConcurrentHashMap.newKeySet();

    LiveProgress(JobProgress running, List<ProgressListener> listeners, Clock clock) {
        this.running = running;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    @Override
    public void phase(Job job, Phase phase) {
        RunProgress before = running.of(job.id()).orElse(null);
        if (before == null || before.phase() != phase) {
            RunProgress now = running.enter(job.id(), phase, clock.instant());
            tell(listener -> listener.entered(job, now, before));
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
        tell(listener -> listener.advanced(job, now));
    }

    private void leave(String job) {
        running.remove(job);
        tell(listener -> listener.left(job));
    }

    /** What a listener throws is no trouble of the job. */
    private void tell(Consumer<ProgressListener> news) {
        for (ProgressListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                if (failing.add(listener)) {
                    log.warn("{} could not deal with the progress of a job", listener, e);
                }
            }
        }
    }
}
