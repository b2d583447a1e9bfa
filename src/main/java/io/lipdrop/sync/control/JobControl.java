package io.lipdrop.sync.control;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends one job from outside: when nothing has moved for too long, when Lipdrop stops, or when one of its threads fails.
 * What can block is registered with {@link #cut}, and is cut when the job ends so.
 */
public final class JobControl implements AutoCloseable {
    private final String file;
    private final AtomicReference<@Nullable RuntimeException> cause = new AtomicReference<>();
    private final List<Runnable> cuts = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService watch;
    private volatile long lastBeat = System.nanoTime();

    public JobControl(String file, Duration stall) {
        this.file = file;
        watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lipdrop-stall-watch");
            thread.setDaemon(true);
            return thread;
        });
        long period = Math.max(50, Math.min(1000, stall.toMillis() / 4));
        var unused = watch.scheduleWithFixedDelay(
                () -> {
                    if (System.nanoTime() - lastBeat > stall.toNanos()) {
                        end(new Failure(
                                FailureCode.STALLED,
                                "No progress for %d s while processing %s.".formatted(stall.toSeconds(), file)));
                    }
                },
                period,
                period,
                TimeUnit.MILLISECONDS);
    }

    /** The name of what the job works on. */
    String file() {
        return file;
    }

    /** Something moved. */
    public void beat() {
        lastBeat = System.nanoTime();
    }

    /** The same for work that nothing can cut: throws why the job is being ended, if it is. */
    public void beatOrEnd() {
        beat();
        check();
    }

    /** Registers how to unblock what may block. */
    public void cut(Runnable unblock) {
        cuts.add(unblock);
        if (isCut()) {
            unblock.run();
        }
    }

    /** Ends the job with this cause, unless it is being ended already. */
    public void end(RuntimeException why) {
        if (cause.compareAndSet(null, why)) {
            cuts.forEach(Runnable::run);
        }
    }

    public boolean isCut() {
        return cause.get() != null;
    }

    /** Throws why the job is being ended, if it is. */
    public void check() {
        RuntimeException why = cause.get();
        if (why != null) {
            throw why;
        }
    }

    /** The first cause: what a thread met because of the cut is not the reason. */
    public RuntimeException reasonOr(RuntimeException met) {
        RuntimeException why = cause.get();
        return why != null ? why : met;
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
