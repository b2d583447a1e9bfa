package io.lipdrop.startup;

import org.springframework.boot.SpringBootExceptionReporter;

/** A home that cannot be used needs one line, which {@code main} prints, and no stack trace. */
final class PlainRefusal implements SpringBootExceptionReporter {
    @Override
    public boolean reportException(Throwable failure) {
        return failure instanceof HomeUnusable;
    }
}
