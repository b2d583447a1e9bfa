package io.lipdrop.sync;

import io.lipdrop.diagnosis.Diagnosis;
import java.io.IOException;

/** A thread of one job; what it throws ends the job. */
final class Worker {
    private static final long MILLIS_AFTER_A_CUT = 2000;

    private final Thread thread;

    Worker(String name, Lifeline lifeline, Task task) {
        thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        lifeline.end(e);
                    } catch (IOException | Error e) {
                        lifeline.end(Diagnosis.of(e, lifeline.file()));
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    interface Task {
        void run() throws IOException;
    }

    /** Waits for its end; a thread that is stuck in native code is left behind, since nothing can end it. */
    void join(Lifeline lifeline) {
        join(lifeline, MILLIS_AFTER_A_CUT);
    }

    /** The same, with so long to end after the job was cut. */
    void join(Lifeline lifeline, long millis) {
        try {
            while (thread.isAlive()) {
                thread.join(200);
                if (lifeline.isCut()) {
                    thread.join(millis);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
