package io.lipdrop.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A running FFmpeg program. It never outlives {@link #close()}, nor the Java process: it ends by itself when its pipes
 * break. There is no shutdown hook: those run beside each other, and the running job has time to finish after SIGTERM.
 */
final class Child implements AutoCloseable {
    private static final int LAST_WORDS_CHARS = 8192;

    private final Process process;
    private final StringBuilder lastWords = new StringBuilder();
    private final Thread listener;
    private volatile boolean isKilled;

    private Child(Process process) {
        this.process = process;
        this.listener = new Thread(this::listen, "ffmpeg-errors-" + process.pid());
        this.listener.setDaemon(true);
        this.listener.start();
    }

    static Child start(ProcessBuilder command) {
        try {
            return new Child(command.start());
        } catch (IOException e) {
            throw new UncheckedIOException("FFmpeg cannot be started: " + e.getMessage(), e);
        }
    }

    /** What the program writes. */
    InputStream output() {
        return process.getInputStream();
    }

    /** Reads a whole block of that, or what is left; 0 at its end, or where the pipe broke: the exit status tells why. */
    int read(byte[] block) {
        try {
            return output().readNBytes(block, 0, block.length);
        } catch (IOException e) {
            return 0;
        }
    }

    /** What the program reads. */
    OutputStream input() {
        return process.getOutputStream();
    }

    long pid() {
        return process.pid();
    }

    /** Waits for the end, however long that takes; {@link #kill} from another thread cuts it short. */
    Exit waitForExit() {
        return waitForExit(() -> {});
    }

    /** The same, with something to do every second meanwhile. */
    Exit waitForExit(Runnable everySecond) {
        try {
            while (!process.waitFor(1, TimeUnit.SECONDS)) {
                everySecond.run();
            }
            listener.join(TimeUnit.SECONDS.toMillis(5));
            return new Exit(process.exitValue(), isKilled, lastWords());
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            return new Exit(-1, true, lastWords());
        }
    }

    /**
     * Ends the program at once; whoever is blocked on its pipes comes back. What one that had just ended has left in its
     * pipes is lost as well, so that its exit is no success either.
     */
    void kill() {
        isKilled = true;
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeQuietly(process.getInputStream());
        closeQuietly(process.getOutputStream());
    }

    private String lastWords() {
        synchronized (lastWords) {
            return lastWords.toString();
        }
    }

    private void listen() {
        byte[] buffer = new byte[2048];
        try (InputStream errors = process.getErrorStream()) {
            for (int n = errors.read(buffer); n >= 0; n = errors.read(buffer)) {
                synchronized (lastWords) {
                    lastWords.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                    lastWords.delete(0, Math.max(0, lastWords.length() - LAST_WORDS_CHARS));
                }
            }
        } catch (IOException e) {
            // The program was ended while it spoke; what it said so far is kept.
        }
    }

    private static void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            // A broken pipe to a program that is gone.
        }
    }
}
