package io.lipdrop.media;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that cannot be read or a result that cannot be written. The message is one plain sentence for the person who
 * dropped the file; it names the file without its folder.
 */
public final class MediaException extends RuntimeException {

    /** The kind of error, for the caller's decision. */
    public enum Kind {
        /** Not a supported audio, video or image file. */
        NOT_MEDIA,
        /** Recognised, but nothing useful can be decoded. */
        DAMAGED,
        NO_VIDEO,
        NO_AUDIO,
        /** Copy-protected: it cannot be decoded without its key. */
        ENCRYPTED,
        /** More pixels than {@link MediaLimits#pixels()}. */
        TOO_LARGE,
        /** Longer than {@link MediaLimits#duration()}. */
        TOO_LONG,
        /** The decoder process crashed. */
        DECODER_CRASHED,
        /** We ended the process because it made no progress or took too long. */
        STALLED,
        /** FFmpeg was ended by someone else: Ctrl+C, a service manager, or the kernel for low memory. */
        INTERRUPTED,
        /** FFmpeg could not start, or had no threads: limits of this machine, or a missing library. */
        NOT_STARTED,
        ENCODER_FAILED,
        DISK_FULL,
        OUT_OF_MEMORY,
        /** The file could not be opened or written: missing, no permission, not a regular file. */
        UNREADABLE
    }

    private final Kind kind;
    private final @Nullable String hint;

    /** With the default hint of its kind. */
    public MediaException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.hint = null;
    }

    /** With the default hint of its kind, and what was caught. */
    public MediaException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.hint = null;
    }

    /** With a different hint than the default of its kind. */
    public MediaException(Kind kind, String message, String hint) {
        super(message);
        this.kind = kind;
        this.hint = hint;
    }

    public Kind kind() {
        return kind;
    }

    /** A different hint than the default of its kind, if any. */
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
