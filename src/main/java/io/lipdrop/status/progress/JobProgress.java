package io.lipdrop.status.progress;

import io.lipdrop.job.Phase;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** How far each running job is, by its id. May be asked from any thread; never waits. */
@Component
public class JobProgress {
    private final Map<String, RunProgress> runs = new ConcurrentHashMap<>();

    /** How far a job is, if it runs. */
    public Optional<RunProgress> of(String job) {
        return Optional.ofNullable(runs.get(job));
    }

    Collection<RunProgress> all() {
        return List.copyOf(runs.values());
    }

    RunProgress enter(String job, Phase phase, Instant now) {
        RunProgress entered = RunProgress.begun(phase, now);
        return runs.merge(job, entered, (run, begun) -> run.enter(phase, now));
    }

    Optional<RunProgress> reach(String job, long frame, long frames, Instant now) {
        return Optional.ofNullable(runs.computeIfPresent(job, (id, run) -> run.reach(frame, frames, now)));
    }

    Optional<RunProgress> drawnBy(String job, String words) {
        return Optional.ofNullable(runs.computeIfPresent(job, (id, run) -> run.drawnBy(words)));
    }

    void remove(String job) {
        runs.remove(job);
    }
}
