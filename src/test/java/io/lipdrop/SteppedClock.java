package io.lipdrop;

import io.lipdrop.stage.Uptime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes only when it is told to. */
public final class SteppedClock extends Clock implements Uptime {
    private volatile Instant now;
    private Duration atEachLook = Duration.ZERO;

    public SteppedClock() {
        this(Instant.EPOCH);
    }

    public SteppedClock(Instant start) {
        now = start;
    }

    public synchronized void step(Duration duration) {
        now = now.plus(duration);
    }

    /** As if so much time went by from one question to the next. */
    public void stepAtEachLook(Duration duration) {
        atEachLook = duration;
    }

    @Override
    public Duration now() {
        step(atEachLook);
        return Duration.between(Instant.EPOCH, now);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
