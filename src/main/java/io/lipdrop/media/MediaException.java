package io.lipdrop.media;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.MachineUnfit;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that cannot be read or a result that cannot be written. The message is one plain sentence for the person who
 * dropped the file; it names the file without its folder.
 */
public final class MediaException extends RuntimeException {

    /** What went wrong, in the terms a caller decides by. */
    public enum Kind {
        /** Not audio, video or a picture that is accepted here. */
        NOT_MEDIA,
        /** Recognised, but nothing useful can be decoded. */
        DAMAGED,
        NO_VIDEO,
        NO_AUDIO,
        /** Protected against copying: it cannot be decoded without its key. */
        ENCRYPTED,
        /** More pixels than {@link MediaLimits#maxPixels()}. */
        TOO_LARGE,
        /** Longer than {@link MediaLimits#maxDuration()}. */
        TOO_LONG,
        /** The decoder's process ended by a signal or in a way it never should. */
        DECODER_CRASHED,
        /** The process was ended from outside because it made no progress, or took longer than allowed. */
        STALLED,
        /** FFmpeg was ended by someone else: Ctrl+C in a terminal, a service manager, the kernel that is short of memory. */
        INTERRUPTED,
        /** FFmpeg could not be started, or had no threads: this machine's limits, or a library that is missing. */
        NOT_STARTED,
        ENCODER_FAILED,
        DISK_FULL,
        OUT_OF_MEMORY,
        /** The file could not be opened or written: gone, no permission, not a regular file. */
        UNREADABLE
    }

    private final Kind kind;
    private final @Nullable String hint;

    public MediaException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.hint = null;
    }

    public MediaException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.hint = null;
    }

    /** One with another remedy than its kind has. */
    MediaException(Kind kind, String message, String hint) {
        super(message);
        this.kind = kind;
        this.hint = hint;
    }

    public Kind kind() {
        return kind;
    }

    /** What this means for a job with this voice: its failure, or that this machine cannot do it now. */
    public RuntimeException asFailureOfAudio(Path voice) {
        return asFailure(FailureCode.AUDIO_UNSUPPORTED, voice);
    }

    /** What this means for a job with this video: its failure, or that this machine cannot do it now. */
    public RuntimeException asFailureOfVideo(Path video) {
        return asFailure(FailureCode.VIDEO_UNSUPPORTED, video);
    }

    /** Whether trying again on this machine, later, is what can help. */
    private boolean isMachines(Path source) {
        return switch (kind) {
            case INTERRUPTED, NOT_STARTED, DISK_FULL -> true;
            // A file that is there and readable is not the reason when something cannot be opened: then it is a target.
            case UNREADABLE -> Files.isReadable(source);
            default -> false;
        };
    }

    private RuntimeException asFailure(FailureCode unsupported, Path source) {
        if (isMachines(source)) {
            return new MachineUnfit((kind == Kind.DISK_FULL ? "disk-full: " : "") + getMessage(), this);
        }
        FailureCode code = switch (kind) {
            case NOT_MEDIA -> unsupported;
            case DAMAGED -> FailureCode.MEDIA_DAMAGED;
            case NO_VIDEO -> FailureCode.NO_VIDEO_STREAM;
            case NO_AUDIO -> FailureCode.NO_AUDIO_STREAM;
            case ENCRYPTED -> FailureCode.MEDIA_ENCRYPTED;
            case TOO_LARGE -> FailureCode.MEDIA_TOO_LARGE;
            case TOO_LONG -> FailureCode.MEDIA_TOO_LONG;
            case DECODER_CRASHED -> FailureCode.WORKER_CRASHED;
            case STALLED -> FailureCode.STALLED;
            case ENCODER_FAILED -> FailureCode.ENCODER_FAILED;
            case OUT_OF_MEMORY -> FailureCode.OUT_OF_MEMORY;
            case UNREADABLE -> Files.exists(source) ? FailureCode.MEDIA_UNREADABLE : FailureCode.MEDIA_MISSING;
            case DISK_FULL, INTERRUPTED, NOT_STARTED -> FailureCode.MEDIA_MISSING;
        };
        Failure failure = new Failure(code, String.valueOf(getMessage()), this);
        return hint == null ? failure : failure.withHint(hint);
    }
}
