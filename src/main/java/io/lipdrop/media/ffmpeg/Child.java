package io.lipdrop.media.ffmpeg;

import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running FFmpeg program. It never outlives {@link #close()}, nor the Java process: it ends by itself when its pipes
 * break. There is no shutdown hook: those run beside each other, and the running job has time to finish after SIGTERM.
 */
public final class Child implements AutoCloseable {
    private static final int LAST_WORDS_CHARS = 8192;

    private final Process process;
    private final OutsideEnds ends;
    private final OutsideEnds.@Nullable Step step;
    private final StringBuilder lastWords = new StringBuilder();
    private final Thread listener;
    private volatile boolean isKilled;
    private @Nullable Exit exit;

    private Child(Process process, OutsideEnds ends, OutsideEnds.@Nullable Step step) {
        this.process = process;
        this.ends = ends;
        this.step = step;
        this.listener = new Thread(this::listen, "ffmpeg-errors-" + process.pid());
        this.listener.setDaemon(true);
        this.listener.start();
    }

    /**
     * Starts a program.
     *
     * @param file the file that may be the reason for its end
     * @throws MediaException NOT_STARTED
     */
    static Child start(ProcessBuilder command, OutsideEnds ends, @Nullable Path file) {
        Process process = null;
        try {
            process = command.start();
            return new Child(
                    process, ends, file == null ? null : new OutsideEnds.Step(file, List.copyOf(command.command())));
        } catch (IOException | OutOfMemoryError e) { // Java's error if no thread can be created
            if (process != null) {
                process.destroyForcibly();
            }
            throw new MediaException(Kind.NOT_STARTED, "FFmpeg could not be started (" + reason(e) + ").", e);
        }
    }

    /** The system's message, without program name and process numbers. */
    private static String reason(Throwable failure) {
        Throwable first = failure;
        for (Throwable cause = first.getCause(); cause != null; cause = cause.getCause()) {
            first = cause;
        }
        return String.valueOf(first.getMessage())
                .replaceFirst("error=0, |^error=\\d+, ", "")
                .replaceFirst("pid: \\d+, ", "");
    }

    /** The output of the program. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** Reads a block of the output, or the rest; 0 at its end, or if the pipe broke (see the exit status). */
    public int read(byte[] block) {
        try {
            return output().readNBytes(block, 0, block.length);
        } catch (IOException e) {
            return 0;
        }
    }

    /** The input of the program. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** The number of the process. */
    public long pid() {
        return process.pid();
    }

    /** Waits for the end without a time limit; {@link #kill} from another thread ends the wait. */
    public Exit waitForExit() {
        return waitForExit(() -> {});
    }

    /** The same, with a task to run every second. */
    public Exit waitForExit(Runnable everySecond) {
        try {
            while (!process.waitFor(1, TimeUnit.SECONDS)) {
                everySecond.run();
            }
            listener.join(TimeUnit.SECONDS.toMillis(5));
            return ended(new Exit(process.exitValue(), isKilled, false, lastWords()));
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            return new Exit(-1, true, false, lastWords());
        }
    }

    /** Records the end, once. */
    private synchronized Exit ended(Exit how) {
        Exit judged = exit;
        if (judged == null || judged.isKilled() != how.isKilled()) {
            if (how.isSuccess()) {
                ends.worked(step);
            }
            judged = step != null && how.isFromOutside() && how.isOfProgram() && ends.isFiles(step)
                    ? how.afterAll()
                    : how;
            exit = judged;
        }
        return judged;
    }

    /**
     * Ends the program at once; threads blocked on its pipes return. If it had just ended, its unread output is lost, so its
     * exit does not count as a success.
     */
    public void kill() {
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
            // The program was ended while it wrote; its text so far is kept.
        }
    }

    private static void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            // A broken pipe to an ended program.
        }
    }
}
