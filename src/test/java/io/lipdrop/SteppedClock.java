package io.lipdrop;

import io.lipdrop.job.Uptime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes only when it is told to. */
public final class SteppedClock extends Clock implements Uptime {
    private Instant now = Instant.EPOCH;

    public void step(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Duration now() {
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
