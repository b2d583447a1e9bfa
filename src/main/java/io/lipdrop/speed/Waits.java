package io.lipdrop.speed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** When the jobs in the queue will begin. */
public final class Waits {
    private Waits() {}

    /**
     * Seconds until each begins, as far as the estimates go: nothing can be said of what comes behind a job of which nobody knows how long it
     * takes.
     *
     * @param queued ids in the order of work
     * @param running seconds that each running job will still take; null where that is not known
     * @param estimate seconds that a job will take, null where that is not known
     */
    public static Map<String, Long> of(
            Set<String> queued, Iterable<@Nullable Long> running, Function<String, @Nullable Long> estimate) {
        Map<String, Long> waits = new LinkedHashMap<>();
        double seconds = 0;
        int workers = 0;
        for (Long left : running) {
            if (left == null) {
                return waits;
            }
            seconds += left;
            workers++;
        }
        workers = Math.max(1, workers); // where jobs wait, each worker has one
        for (String job : queued) {
            waits.put(job, Math.round(seconds / workers));
            Long takes = estimate.apply(job);
            if (takes == null) {
                break;
            }
            seconds += takes;
        }
        return waits;
    }
}
