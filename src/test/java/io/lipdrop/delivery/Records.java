package io.lipdrop.delivery;

import io.lipdrop.job.Failure;
import io.lipdrop.job.Job;
import io.lipdrop.job.Outcome;
import io.lipdrop.stage.Notices;
import io.lipdrop.stage.Outcomes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** How jobs ended and what was said of drops, in memory. */
final class Records implements Outcomes, Notices {
    final Map<Job, Outcome> ended = Collections.synchronizedMap(new LinkedHashMap<>());
    final List<String> refused = new ArrayList<>();
    final Map<Job, String> cancelled = new HashMap<>();

    @Override
    public void record(Job job, Outcome outcome) {
        ended.putIfAbsent(job, outcome);
    }

    @Override
    public Optional<Outcome> of(Job job) {
        return Optional.ofNullable(ended.get(job));
    }

    @Override
    public Map<Job, Outcome> unsuccessful(String batch) {
        Map<Job, Outcome> failed = new LinkedHashMap<>();
        new LinkedHashMap<>(ended).forEach((job, outcome) -> {
            if (job.batch().equals(batch) && outcome.result() == null) {
                failed.put(job, outcome);
            }
        });
        return failed;
    }

    @Override
    public boolean isAccepted(Job job) {
        return true;
    }

    /** A job whose files are copied only when they may be. */
    @Nullable
    Job slow;

    final CountDownLatch isCopying = new CountDownLatch(1);
    final CountDownLatch mayCopy = new CountDownLatch(1);
    private int looks;

    /** How often it is still asked in vain. */
    int looksBefore;

    @Override
    public Optional<String> cancelledBy(Job job) {
        if (job.equals(slow) && looks++ > 0) { // the first is before the copy
            isCopying.countDown();
            try {
                mayCopy.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (looksBefore > 0) {
            looksBefore--;
            return Optional.empty();
        }
        return Optional.ofNullable(cancelled.get(job));
    }

    @Override
    public void waiting(String batch, String manifest, String message) {
        throw new AssertionError("Delivery waits for nothing");
    }

    @Override
    public void refusing(String batch, String manifest, Path last, Failure failure) {}

    @Override
    public void refused(String batch, String manifest, Failure failure) {
        refused.add("%s, %s: %s".formatted(batch, manifest, failure.code().code()));
    }

    @Override
    public void withdrawn(String batch, String manifest) {
        throw new AssertionError("Delivery takes nothing back");
    }
}
