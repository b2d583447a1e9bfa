package io.lipdrop.startup;

import io.lipdrop.launch.CannotStart;
import org.jspecify.annotations.Nullable;

/** Lipdrop cannot start in this home; the message says why and what to do. */
final class HomeUnusable extends CannotStart {
    HomeUnusable(String message) {
        this(message, null);
    }

    HomeUnusable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
