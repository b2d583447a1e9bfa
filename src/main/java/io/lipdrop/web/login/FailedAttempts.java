package io.lipdrop.web.login;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down who guesses. After a few failures each further one makes the next attempt wait, twice as long each time, a minute at most;
 * after a quarter of an hour without one all is forgotten. An attempt counts as failed from its beginning, so that many at once are no
 * way round. Keeps as many as 10,000; of more, those that failed longest ago are forgotten.
 */
final class FailedAttempts {
    private static final Logger log = LoggerFactory.getLogger(FailedAttempts.class);

    static final int MAX_KEPT = 10_000;
    static final Duration LONGEST = Duration.ofMinutes(1);
    static final Duration FORGOTTEN = Duration.ofMinutes(15);
    private static final long LOG_NANOS = Duration.ofMinutes(1).toNanos();

    private final int free;
    private final String what;
    private final LongSupplier nanos;
    private final Map<String, Count> counts = new LinkedHashMap<>();
    private long unsaid;
    private long saidAt;

    private record Count(int failures, long last) {}

    /**
     * Of one kind of guess.
     *
     * @param free so many failures have no consequence
     * @param what whose failures, for the log
     * @param nanos a clock that never jumps
     */
    FailedAttempts(int free, String what, LongSupplier nanos) {
        this.free = free;
        this.what = what;
        this.nanos = nanos;
        saidAt = nanos.getAsLong() - LOG_NANOS;
    }

    /** How long to wait for the next attempt; zero where it may be made now. */
    synchronized Duration delay(String key) {
        Count count = counts.get(key);
        if (count == null || count.failures() < free) {
            return Duration.ZERO;
        }
        Duration whole = LONGEST;
        int doublings = count.failures() - free;
        if (doublings < 6) {
            whole = Duration.ofSeconds(1L << doublings);
        }
        Duration rest = whole.minusNanos(nanos.getAsLong() - count.last());
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /** An attempt begins, or has failed. */
    synchronized void add(String key) {
        long now = nanos.getAsLong();
        Count count = counts.remove(key);
        int failures = count == null || now - count.last() > FORGOTTEN.toNanos() ? 1 : count.failures() + 1;
        counts.put(key, new Count(failures, now)); // at the end: the oldest come first
        if (counts.size() > MAX_KEPT) {
            counts.remove(counts.keySet().iterator().next());
        }
        if (failures == free + 1) {
            say(key, now);
        }
    }

    /** It was no failure. */
    synchronized void takeBack(String key) {
        counts.computeIfPresent(
                key, (same, count) -> count.failures() == 1 ? null : new Count(count.failures() - 1, count.last()));
    }

    /** The failures of this one were its own: they no longer count. */
    synchronized void forget(String key) {
        counts.remove(key);
    }

    synchronized int size() {
        return counts.size();
    }

    /** A line a minute at most, however many guess. */
    private void say(String key, long now) {
        if (now - saidAt < LOG_NANOS) {
            unsaid++;
            return;
        }
        log.warn(
                "Many failed logins {} {}{}: further attempts have to wait",
                what,
                key,
                unsaid == 0 ? "" : " and " + unsaid + " more");
        saidAt = now;
        unsaid = 0;
    }
}
