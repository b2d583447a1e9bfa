package io.lipdrop.sync.control;

import io.lipdrop.diagnosis.Diagnosis;
import java.io.IOException;

/** A thread of one job; what it throws ends the job. */
public final class PipelineThread {
    private static final long MILLIS_AFTER_A_CUT = 2000;

    private final Thread thread;

    /** Starts a task in a daemon thread of this name. */
    public PipelineThread(String name, JobControl control, Task task) {
        thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        control.end(e);
                    } catch (IOException | Error e) {
                        control.end(Diagnosis.of(e, control.file()));
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether the task still runs. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** What a thread does; it ends early when {@link JobControl#check} throws. */
    public interface Task {
        void run() throws IOException;
    }

    /** Waits for its end; a thread that is stuck in native code is left behind, since nothing can end it. */
    public void join(JobControl control) {
        join(control, MILLIS_AFTER_A_CUT);
    }

    /** The same, with another time limit after the job was cut. */
    public void join(JobControl control, long millis) {
        try {
            while (thread.isAlive()) {
                thread.join(200);
                if (control.isCut()) {
                    thread.join(millis);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
