package io.lipdrop.queue;

import io.lipdrop.stage.Uptime;
import java.time.Duration;

/** How long to wait before the next try: twice as long each time, until one succeeds. Not for use by several threads. */
final class GrowingPause {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofSeconds(60);

    private final Uptime uptime;
    private Duration next = FIRST;
    private Duration until = Duration.ZERO;

    GrowingPause(Uptime uptime) {
        this.uptime = uptime;
    }

    /** Begins a pause; the next one will be longer. */
    void begin() {
        until = uptime.now().plus(next);
        next = next.multipliedBy(2);
        if (next.compareTo(MAX) > 0) {
            next = MAX;
        }
    }

    /** When the last pause ends, or ended. */
    Duration end() {
        return until;
    }

    boolean isOver() {
        return uptime.now().compareTo(until) >= 0;
    }

    /** The next pause will be a short one again. */
    void reset() {
        next = FIRST;
        until = Duration.ZERO;
    }
}
