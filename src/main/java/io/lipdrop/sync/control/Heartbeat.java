package io.lipdrop.sync.control;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Beats for work that cannot: opening a large network from a slow share is no stall, for some minutes. */
public final class Heartbeat implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lipdrop-heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    /** Beats until closed, but not more often than {@code most}. */
    public Heartbeat(Runnable beat, Duration period, int most) {
        AtomicInteger beats = new AtomicInteger();
        var unused = timer.scheduleAtFixedRate(
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
        timer.shutdownNow();
    }
}
