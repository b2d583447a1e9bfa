package io.lipdrop.web.login;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** An attempt that was not looked at. */
final class TooManyAttempts extends AuthenticationException {
    private final long seconds;

    TooManyAttempts(Duration delay) {
        super("too many attempts");
        this.seconds = Math.max(1, delay.plusMillis(999).toSeconds());
    }

    /** When to try again. */
    long seconds() {
        return seconds;
    }
}
