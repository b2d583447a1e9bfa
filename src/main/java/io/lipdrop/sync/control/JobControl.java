package io.lipdrop.sync.control;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.stage.Uptime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends one job from outside: when nothing has moved for too long, when someone cancels it, when Lipdrop stops, or when one of its
 * threads fails. What can block is registered with {@link #cut} and unblocked at the end; what nothing can unblock is left behind by
 * {@link #detached}.
 */
public final class JobControl implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobControl.class);
    private static final long LOOK_MILLIS = 50;

    private final String file;
    private final ScheduledExecutorService scheduler;
    private final AtomicReference<@Nullable RuntimeException> cause = new AtomicReference<>();
    private final List<Runnable> cuts = new CopyOnWriteArrayList<>();
    private final ScheduledFuture<?> watch;
    private final Uptime uptime;
    private volatile Duration lastBeat;

    /**
     * Starts watching a job.
     *
     * @param file what the job works on, as the user named it
     * @param stall time without progress after which the job fails as {@code stalled}
     */
    public JobControl(String file, Duration stall, ScheduledExecutorService scheduler, Uptime uptime) {
        this.file = file;
        this.scheduler = scheduler;
        this.uptime = uptime;
        this.lastBeat = uptime.now();
        long period = Math.max(50, Math.min(1000, stall.toMillis() / 4));
        watch = scheduler.scheduleWithFixedDelay(() -> look(stall), period, period, TimeUnit.MILLISECONDS);
    }

    private void look(Duration stall) {
        if (uptime.now().minus(lastBeat).compareTo(stall) > 0) {
            end(new Failure(
                    FailureCode.STALLED,
                    "No progress for %d s while processing %s.".formatted(stall.toSeconds(), file)));
        }
    }

    /** The name of what the job works on. */
    String file() {
        return file;
    }

    /** Reports progress. */
    public void beat() {
        lastBeat = uptime.now();
    }

    /** The same for work that nothing can cut: throws why the job is being ended, if it is. */
    public void beatOrEnd() {
        beat();
        check();
    }

    /** Registers how to unblock what may block; done in a thread of its own at the end, or at once where that has come. */
    public void cut(Runnable unblock) {
        cuts.add(unblock);
        if (isCut()) {
            run(unblock);
        }
    }

    /** Ends the job with this cause, unless it is being ended already. Returns at once. */
    public void end(RuntimeException why) {
        if (cause.compareAndSet(null, why)) {
            cuts.forEach(unblock -> {
                Thread thread = new Thread(() -> run(unblock), "lipdrop-cut");
                thread.setDaemon(true);
                thread.start(); // each may wait for a process, and whoever ends the job must not
            });
        }
    }

    private void run(Runnable unblock) {
        try {
            unblock.run();
        } catch (RuntimeException e) {
            log.debug("{}: could not be unblocked cleanly", file, e);
        }
    }

    /** Whether the job is being ended; never false again. */
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
    public Throwable reasonOr(Throwable met) {
        RuntimeException why = cause.get();
        return why != null ? why : met;
    }

    /** Whether the job was cancelled, so that nothing of it is needed. */
    public boolean isCancelled() {
        return cause.get() instanceof Failure failure && failure.code() == FailureCode.CANCELLED;
    }

    /** Whether it is ended because nothing moved. */
    public boolean isStalled() {
        return cause.get() instanceof Failure failure && failure.code() == FailureCode.STALLED;
    }

    /** Beats for work that cannot, until closed, but not more often than {@code most}. */
    public Heartbeat heartbeat(Duration period, int most) {
        return new Heartbeat(this::beat, period, most, scheduler);
    }

    /**
     * Does what nothing can cut in a thread of its own, and waits for it until the job is ended.
     *
     * @param late receives a result that comes after that, to be closed
     * @throws RuntimeException what the work threw, or why the job is being ended
     */
    public <T> T detached(String thread, Supplier<T> work, Consumer<T> late) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread worker = new Thread(
                () -> {
                    try {
                        T made = work.get();
                        if (!result.complete(made)) {
                            late.accept(made);
                        }
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                thread);
        worker.setDaemon(true);
        worker.start();
        while (true) {
            try {
                return result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                RuntimeException why = cause.get();
                if (why != null && result.completeExceptionally(why)) {
                    throw why;
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) e.getCause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                MachineUnfit why = new MachineUnfit("Lipdrop is stopping", e);
                end(why);
                if (!result.completeExceptionally(why)) {
                    var unused = result.thenAccept(late); // it came just now
                }
                throw why;
            }
        }
    }

    @Override
    public void close() {
        watch.cancel(false);
    }
}
