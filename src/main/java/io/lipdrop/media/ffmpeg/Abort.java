package io.lipdrop.media.ffmpeg;

import org.jspecify.annotations.Nullable;

/** Lets another thread end the program that a call waits for, whether it has been started yet or not. */
public final class Abort {
    private @Nullable Child running;
    private boolean isAborted;

    /** Takes charge of a program that was just started. */
    public synchronized Child guard(Child started) {
        running = started;
        if (isAborted) {
            started.kill();
        }
        return started;
    }

    /** Ends the program, or the next one that is started; it then exits as one that made no progress. */
    public synchronized void abort() {
        isAborted = true;
        if (running != null) {
            running.kill();
        }
    }
}
