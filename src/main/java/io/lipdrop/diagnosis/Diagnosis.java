package io.lipdrop.diagnosis;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.SourceChanged;
import io.lipdrop.media.MediaException;
import io.lipdrop.onnx.OnnxException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Maps an exception to an error of the job ({@link Failure}) or of this machine ({@link MachineUnfit}). */
public final class Diagnosis {
    private Diagnosis() {}

    /** The {@link Failure} or {@link MachineUnfit} in the chain of causes, otherwise the cause without its wrappers. */
    public static Throwable causeOf(Throwable thrown) {
        for (Throwable inner = thrown; inner != null; inner = inner.getCause()) {
            if (inner instanceof Failure || inner instanceof MachineUnfit) {
                return inner;
            }
        }
        Throwable cause = thrown;
        for (Throwable inner = cause.getCause(); inner != null && isWrapper(cause); inner = inner.getCause()) {
            cause = inner;
        }
        return cause;
    }

    /** The exception in one line: only the message if it was written for people. */
    public static String words(Throwable thrown) {
        Throwable cause = causeOf(thrown);
        String message = cause.getMessage();
        if (message == null) {
            return cause.toString();
        }
        if (cause instanceof AccessDeniedException) {
            return "no permission for " + message;
        }
        if (cause instanceof NoSuchFileException) {
            return message + " does not exist";
        }
        boolean isForPeople = cause instanceof Failure
                || cause instanceof MachineUnfit
                || cause instanceof SourceChanged
                || cause instanceof IOException;
        return isForPeople ? message : cause.toString();
    }

    /**
     * Maps an exception thrown while a file was processed.
     *
     * @param file its name, as the person who dropped it knows it
     */
    public static RuntimeException of(Throwable thrown, String file) {
        Throwable cause = causeOf(thrown);
        if (cause instanceof Failure || cause instanceof MachineUnfit) {
            return (RuntimeException) cause;
        }
        if (cause instanceof OutOfMemoryError) {
            return isOfThreads(cause)
                    ? new MachineUnfit("this machine allows no more threads (" + cause.getMessage() + ")", thrown)
                    : new Failure(FailureCode.OUT_OF_MEMORY, "Java ran out of memory.", thrown);
        }
        if (cause instanceof LinkageError) {
            return new MachineUnfit(
                    "a library cannot be loaded (" + cause + "); if this continues, restart Lipdrop", thrown);
        }
        if (isInterruption(cause)) {
            return new MachineUnfit("the job was interrupted, as happens when Lipdrop stops", thrown);
        }
        if (cause instanceof IOException && !isOfContent(cause)) {
            return new MachineUnfit("a file cannot be read or written (" + cause + ")", thrown);
        }
        return Failure.unforeseen(file, cause);
    }

    /** Maps an exception thrown while a voice was decoded. */
    public static RuntimeException ofAudio(Throwable thrown, Path audio, String name) {
        return ofSource(thrown, FailureCode.AUDIO_UNSUPPORTED, audio, name);
    }

    /** Maps an exception thrown while a video was read or its result written. */
    public static RuntimeException ofVideo(Throwable thrown, Path video, String name) {
        return ofSource(thrown, FailureCode.VIDEO_UNSUPPORTED, video, name);
    }

    private static RuntimeException ofSource(Throwable thrown, FailureCode unsupported, Path source, String name) {
        Throwable cause = causeOf(thrown);
        if (cause instanceof MediaException media) {
            return MediaDiagnosis.of(media, unsupported, source);
        }
        return cause instanceof OnnxException model ? ofModel(model) : of(thrown, name);
    }

    /** Maps the error of a model that cannot be used. */
    public static RuntimeException ofModel(OnnxException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case MISSING -> new Failure(FailureCode.MODEL_MISSING, message, e);
            case OUT_OF_MEMORY -> new Failure(FailureCode.OUT_OF_MEMORY, message, e);
            case INVALID -> new Failure(FailureCode.MODEL_INVALID, message, e);
            case DEVICE_FAILED -> new MachineUnfit(message + "; the job continues on the CPU", e);
        };
    }

    private static boolean isWrapper(Throwable thrown) {
        return thrown instanceof ExecutionException
                || thrown instanceof CompletionException
                || thrown instanceof InvocationTargetException
                || thrown instanceof UndeclaredThrowableException
                || thrown instanceof UncheckedIOException
                || thrown instanceof ExceptionInInitializerError
                || thrown.getClass().getName().startsWith("org.apache.camel.");
    }

    private static boolean isOfThreads(Throwable error) {
        return String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT).contains("native thread");
    }

    private static boolean isInterruption(Throwable cause) {
        return cause instanceof InterruptedException
                || cause instanceof InterruptedIOException
                || cause instanceof ClosedChannelException;
    }

    /** A document that cannot be parsed does not change by reading it again. */
    private static boolean isOfContent(Throwable cause) {
        return cause.getClass().getName().startsWith("com.fasterxml.jackson.");
    }
}
