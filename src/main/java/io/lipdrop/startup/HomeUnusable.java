package io.lipdrop.startup;

import org.jspecify.annotations.Nullable;

/** Lipdrop cannot start in this home; the message says why and what to do. */
public final class HomeUnusable extends RuntimeException {
    HomeUnusable(String message) {
        this(message, null);
    }

    HomeUnusable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
