package io.lipdrop.job;

import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** What went wrong, behind what libraries wrap round it on its way. */
public final class RootCause {
    /** Far more causes than any error has; some run in circles. */
    private static final int MAX_DEPTH = 20;

    private static final String CAMEL = "org.apache.camel.";

    private RootCause() {}

    /** The error itself: a wrapper of a library says nothing that a person could use. */
    public static Throwable of(Throwable error) {
        Throwable cause = error.getCause();
        return cause != null && cause != error && isWrapper(error) ? of(cause) : error;
    }

    /** The error in one line: its message where it was written for people, else with its kind. */
    public static String words(Throwable error) {
        Throwable cause = of(error);
        String message = cause.getMessage();
        boolean isForPeople = cause instanceof MachineUnfit || cause instanceof Failure;
        return message != null && isForPeople ? message : cause.toString();
    }

    /**
     * Whether another file would fare no better: a library that cannot be loaded, no more threads, or what was already
     * found to be the machine's. What was found to be the file's stays so, whatever the first tries at it met.
     */
    public static boolean isMachines(Throwable error) {
        boolean isJudged = of(error) instanceof Failure;
        if (of(error) instanceof Failure failure && failure.code() == FailureCode.DISK_FULL) {
            return true;
        }
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
                .limit(MAX_DEPTH)
                .anyMatch(cause -> (cause instanceof MachineUnfit && !isJudged)
                        || cause instanceof LinkageError
                        || isOutOfThreads(cause));
    }

    private static boolean isOutOfThreads(Throwable cause) {
        return cause instanceof OutOfMemoryError
                && String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("native thread");
    }

    private static boolean isWrapper(Throwable error) {
        return error instanceof ExecutionException
                || error instanceof CompletionException
                || error instanceof InvocationTargetException
                || error instanceof UndeclaredThrowableException
                || error instanceof UncheckedIOException
                || error.getClass().getName().startsWith(CAMEL);
    }
}
