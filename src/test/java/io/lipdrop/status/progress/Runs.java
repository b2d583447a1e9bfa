package io.lipdrop.status.progress;

import io.lipdrop.job.Job;
import io.lipdrop.job.Phase;
import java.time.Clock;
import java.util.List;

/** Jobs that run as a test says. */
public final class Runs {
    public final JobProgress running = new JobProgress();
    private LiveProgress progress;
    private final Clock clock;

    public Runs(Clock clock) {
        this.clock = clock;
        progress = new LiveProgress(running, List.of(), clock);
    }

    /** From now on this one is told too. */
    public void tell(ProgressListener listener) {
        progress = new LiveProgress(running, List.of(listener), clock);
    }

    public void enter(Job job, Phase phase) {
        progress.phase(job, phase);
    }

    public void reach(Job job, long frame, long frames) {
        progress.frame(job, frame, frames);
    }

    public void drawnBy(Job job, String words) {
        progress.engine(job, words);
    }

    public void stop(Job job) {
        progress.stopped(job);
    }
}
