package io.lipdrop.stage;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread of its own for looks into folders that may be on a slow share: one that hangs keeps no other waiting. */
public final class LookThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LookThread.class);
    private static final int SECONDS_IDLE = 30;

    private final ThreadPoolExecutor thread;

    public LookThread(String name) {
        thread = new ThreadPoolExecutor(1, 1, SECONDS_IDLE, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1), task -> {
            Thread it = new Thread(task, name);
            it.setDaemon(true);
            return it;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    /** Begins a look, unless the one before is not over; called by one thread. */
    public void begin(Runnable look) {
        if (thread.getActiveCount() == 0 && thread.getQueue().isEmpty()) {
            try {
                thread.execute(look);
            } catch (RejectedExecutionException e) {
                log.debug("Lipdrop stops", e);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
