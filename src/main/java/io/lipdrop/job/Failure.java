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
    private final @Nullable String by;

    public Failure(FailureCode code, String message) {
        this(code, message, null, null, null, code.hint(), null);
    }

    public Failure(FailureCode code, String message, @Nullable Throwable cause) {
        this(code, message, null, null, cause, code.hint(), null);
    }

    private Failure(
            FailureCode code,
            String message,
            @Nullable Long frame,
            @Nullable Double seconds,
            @Nullable Throwable cause,
            String hint,
            @Nullable String by) {
        super(message, cause);
        this.by = by;
        this.hint = hint;
        this.code = code;
        this.frame = frame;
        this.seconds = seconds;
    }

    /**
     * Somebody cancelled the job.
     *
     * @param by who or what: {@code document} where its document was deleted, {@code api:<user>} …
     */
    public static Failure cancelled(String file, String by) {
        String message = switch (by) {
            case "document" -> file + " was cancelled: its document in work/ was deleted.";
            case "file" -> file + " was cancelled by a .cancel file in the inbox.";
            default -> file + " was cancelled (" + by + ").";
        };
        return new Failure(FailureCode.CANCELLED, message, null, null, null, FailureCode.CANCELLED.hint(), by);
    }

    /** An error that nobody foresaw, while a file was worked on. */
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
        return new Failure(code, reason(), frame, seconds, this, hint, by);
    }

    /** The same failure with a different hint. */
    public Failure withHint(String other) {
        return new Failure(code, reason(), frame, seconds, this, other, by);
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

    /** Who cancelled the job, where someone has. */
    public @Nullable String by() {
        return by;
    }

    /** The message, which is never absent. */
    public String reason() {
        String message = getMessage();
        return message == null ? code.code() : message;
    }
}
