package io.lipdrop.media;

import java.util.Optional;
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
        /** More pixels than {@link MediaLimits#pixels()}. */
        TOO_LARGE,
        /** Longer than {@link MediaLimits#duration()}. */
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
    public MediaException(Kind kind, String message, String hint) {
        super(message);
        this.kind = kind;
        this.hint = hint;
    }

    public Kind kind() {
        return kind;
    }

    /** Another remedy than its kind has, if there is one. */
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
