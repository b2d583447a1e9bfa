package io.lipdrop.media.ffmpeg;

import org.jspecify.annotations.Nullable;

/** Lets another thread end the program that a call waits for, whether it has been started yet or not. */
public final class Abort {
    private @Nullable Child running;
    private boolean isAborted;

    /** Registers a program that was just started. */
    public synchronized Child guard(Child started) {
        running = started;
        if (isAborted) {
            started.kill();
        }
        return started;
    }

    /** Ends the program, or the next one that is started; its exit counts as a stall. */
    public synchronized void abort() {
        isAborted = true;
        if (running != null) {
            running.kill();
        }
    }
}
