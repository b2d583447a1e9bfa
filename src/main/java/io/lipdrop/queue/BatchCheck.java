package io.lipdrop.queue;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.stage.GrowingPause;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch that is being checked, video by video; sorted, the one with the highest priority is first, then the one that came first. Not
 * thread-safe.
 */
final class BatchCheck implements Comparable<BatchCheck> {
    private static final Logger log = LoggerFactory.getLogger(BatchCheck.class);

    private static final Comparator<Batch> ORDER = Comparator.<Batch>comparingInt(
                    batch -> -batch.jobs().get(0).priority())
            .thenComparing(Batch::claimedAt)
            .thenComparing(Batch::id);

    private final Batch batch;
    private final Deque<Job> left;
    private final GrowingPause pause;
    private @Nullable String reason;

    BatchCheck(Batch batch, GrowingPause pause) {
        this.batch = batch;
        this.left = new ArrayDeque<>(batch.jobs());
        this.pause = pause;
    }

    Batch batch() {
        return batch;
    }

    /** Whether no video of it failed to be checked just now. */
    boolean isPossibleNow() {
        return pause.isOver();
    }

    /** Whether a video is left to check, which is the next one then. */
    boolean hasNext(Predicate<Job> isChecked) {
        while (!left.isEmpty() && isChecked.test(left.element())) {
            left.remove();
        }
        return !left.isEmpty();
    }

    Job next() {
        return left.element();
    }

    /** A video is to be checked once more. */
    void add(Job job) {
        left.add(job);
    }

    /** A video was checked. */
    void succeeded() {
        reason = null;
        pause.reset();
    }

    /** A video cannot be checked now: another one is next, after a pause that grows. */
    void failed(@Nullable Job job, Exception cause) {
        if (job != null && left.remove(job)) {
            left.add(job);
        }
        pause.begin();
        String why = Diagnosis.words(cause);
        if (!why.equals(reason)) {
            reason = why;
            log.warn("{}: validation is waiting: {}", batch.id(), why);
            log.debug("{}", batch.id(), cause);
        }
    }

    /** Why its videos cannot be checked now, if so. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public int compareTo(BatchCheck other) {
        return ORDER.compare(batch, other.batch);
    }
}
