package io.lipdrop.stage;

import java.time.Duration;

/** How long to wait before the next try: twice as long each time, until one succeeds. Not for use by several threads. */
public final class GrowingPause {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Uptime uptime;
    private final Duration first;
    private final Duration longest;
    private Duration next;
    private Duration until = Duration.ZERO;

    /** From a second to a minute. */
    public GrowingPause(Uptime uptime) {
        this(uptime, FIRST, LONGEST);
    }

    public GrowingPause(Uptime uptime, Duration first, Duration longest) {
        this.uptime = uptime;
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** Begins a pause; the next one will be longer. */
    public void begin() {
        until = uptime.now().plus(next);
        next = next.multipliedBy(2);
        if (next.compareTo(longest) > 0) {
            next = longest;
        }
    }

    /** When the last pause ends, or ended. */
    public Duration end() {
        return until;
    }

    public boolean isOver() {
        return uptime.now().compareTo(until) >= 0;
    }

    /** The next pause will be a short one again. */
    public void reset() {
        next = first;
        until = Duration.ZERO;
    }
}
