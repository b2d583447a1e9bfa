package io.lipdrop.startup;

import io.lipdrop.launch.CannotStart;
import org.springframework.boot.SpringBootExceptionReporter;

/** A start that is refused needs its message, which {@code main} prints, and no stack trace. */
final class PlainRefusal implements SpringBootExceptionReporter {
    @Override
    public boolean reportException(Throwable failure) {
        return failure instanceof CannotStart;
    }
}
