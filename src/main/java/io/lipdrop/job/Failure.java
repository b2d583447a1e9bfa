package io.lipdrop.job;

import org.jspecify.annotations.Nullable;

/**
 * Why a job cannot go on, in words for the person who dropped it. The message names files as that person knows them,
 * never by their place in {@code work/}.
 */
public final class Failure extends RuntimeException {
    private final FailureCode code;
    private final @Nullable Long frame;
    private final @Nullable Double seconds;

    public Failure(FailureCode code, String message) {
        this(code, message, null, null, null);
    }

    public Failure(FailureCode code, String message, @Nullable Throwable cause) {
        this(code, message, null, null, cause);
    }

    /**
     * A failure at a place.
     *
     * @param frame the frame of the result at which it happened, where there is one
     * @param seconds where that frame is
     */
    public Failure(
            FailureCode code,
            String message,
            @Nullable Long frame,
            @Nullable Double seconds,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.frame = frame;
        this.seconds = seconds;
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

    /** The message, which is never absent. */
    public String reason() {
        String message = getMessage();
        return message == null ? code.code() : message;
    }
}
