package io.lipdrop.job;

import org.jspecify.annotations.Nullable;

/**
 * The reason why a job failed, with a message for the person who dropped it. The message uses that person's file names,
 * never paths in {@code work/}.
 */
public final class Failure extends RuntimeException {
    private final FailureCode code;
    private final @Nullable Long frame;
    private final @Nullable Double seconds;
    private final String hint;

    public Failure(FailureCode code, String message) {
        this(code, message, null, null, null, code.hint());
    }

    public Failure(FailureCode code, String message, @Nullable Throwable cause) {
        this(code, message, null, null, cause, code.hint());
    }

    private Failure(
            FailureCode code,
            String message,
            @Nullable Long frame,
            @Nullable Double seconds,
            @Nullable Throwable cause,
            String hint) {
        super(message, cause);
        this.hint = hint;
        this.code = code;
        this.frame = frame;
        this.seconds = seconds;
    }

    /** An unexpected error while a file was processed. */
    public static Failure unforeseen(String file, Throwable error) {
        return new Failure(
                FailureCode.WORKER_CRASHED, "Internal error while processing %s: %s".formatted(file, error), error);
    }

    /**
     * The same failure with its position.
     *
     * @param frame the frame of the result at which it happened
     * @param seconds where that frame is
     */
    public Failure at(long frame, double seconds) {
        return new Failure(code, reason(), frame, seconds, this, hint);
    }

    /** The same failure with a different hint. */
    public Failure withHint(String other) {
        return new Failure(code, reason(), frame, seconds, this, other);
    }

    /** What the person who dropped the file can do. */
    public String hint() {
        return hint;
    }

    public FailureCode code() {
        return code;
    }

    public @Nullable Long frame() {
        return frame;
    }

    public @Nullable Double seconds() {
        return seconds;
    }

    /** The message; never null. */
    public String reason() {
        String message = getMessage();
        return message == null ? code.code() : message;
    }
}
