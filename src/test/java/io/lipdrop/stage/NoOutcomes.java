package io.lipdrop.stage;

import io.lipdrop.job.Job;
import io.lipdrop.job.Outcome;
import java.util.Map;
import java.util.Optional;

/** Jobs of which none has ended and none was cancelled. */
public final class NoOutcomes implements Outcomes {
    @Override
    public void record(Job job, Outcome outcome) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Outcome> of(Job job) {
        return Optional.empty();
    }

    @Override
    public Map<Job, Outcome> unsuccessful(String batch) {
        return Map.of();
    }

    @Override
    public boolean isAccepted(Job job) {
        return true;
    }

    @Override
    public Optional<String> cancelledBy(Job job) {
        return Optional.empty();
    }
}
