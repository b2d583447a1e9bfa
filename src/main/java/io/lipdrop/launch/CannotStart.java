package io.lipdrop.launch;

import org.jspecify.annotations.Nullable;

/** Lipdrop does not start; the message says why and what to do. It is printed as it is, without a stack trace. */
public class CannotStart extends RuntimeException {
    public CannotStart(String message) {
        this(message, null);
    }

    public CannotStart(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
