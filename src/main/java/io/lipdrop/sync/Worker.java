package io.lipdrop.sync;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A thread of one job; what it throws ends the job. */
final class Worker {
    private final Thread thread;

    Worker(String name, Lifeline lifeline, Task task) {
        thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        lifeline.end(new UncheckedIOException(e));
                    } catch (RuntimeException e) {
                        lifeline.end(e);
                    } catch (OutOfMemoryError e) {
                        lifeline.end(Causes.ofMemory(e));
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    interface Task {
        void run() throws IOException;
    }

    /** Waits for its end; a thread that is stuck in native code is left behind, since nothing can end it. */
    void join(Lifeline lifeline) {
        try {
            while (thread.isAlive()) {
                thread.join(200);
                if (lifeline.isCut()) {
                    thread.join(2000);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
