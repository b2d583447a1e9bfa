package io.lipdrop.sync.control;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Beats for work that cannot: opening a large network from a slow share is no stall, for some minutes. */
public final class Heartbeat implements AutoCloseable {
    private final ScheduledFuture<?> timer;

    /** Beats until closed, but not more often than {@code most}. */
    Heartbeat(Runnable beat, Duration period, int most, ScheduledExecutorService scheduler) {
        AtomicInteger beats = new AtomicInteger();
        timer = scheduler.scheduleAtFixedRate(
                () -> {
                    if (beats.incrementAndGet() <= most) {
                        beat.run();
                    }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.cancel(false);
    }
}
