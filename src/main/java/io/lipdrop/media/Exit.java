package io.lipdrop.media;

import io.lipdrop.media.MediaException.Kind;
import java.util.Locale;

/**
 * How an FFmpeg program ended.
 *
 * @param code its exit status; 128 + n after signal n
 * @param isKilled whether we ended it
 * @param lastWords the end of what it said on its error stream
 */
record Exit(int code, boolean isKilled, String lastWords) {
    private static final int SIGNALLED = 128;
    private static final int SIGILL = 4;
    private static final int SIGABRT = 6;
    private static final int SIGBUS = 7;
    private static final int SIGFPE = 8;
    private static final int SIGKILL = 9;
    private static final int SIGSEGV = 11;
    private static final int SIGXCPU = 24;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;
    private static final int WINDOWS_EXCEPTION = 0xC000_0000;

    /** What ffmpeg itself ends with when it was told to stop; also −1, "operation not permitted". */
    private static final int TOLD_TO_STOP = 255;

    boolean isSuccess() {
        return code == 0 && !isKilled;
    }

    /** Whether the end is one that another look at the file cannot explain away: killed, crashed, out of memory or disk. */
    boolean isViolent() {
        return !isSuccess() && kindOr(Kind.DAMAGED) != Kind.DAMAGED;
    }

    Kind kindOr(Kind otherwise) {
        String words = lastWords.toLowerCase(Locale.ROOT);
        if (isKilled) {
            return Kind.STALLED;
        }
        if (words.contains("no space left on device") || words.contains("disk quota exceeded")) {
            return Kind.DISK_FULL;
        }
        if (code == SIGNALLED + SIGKILL || words.contains("cannot allocate memory")) {
            return Kind.OUT_OF_MEMORY;
        }
        if (code == TOLD_TO_STOP && !words.contains("operation not permitted")) {
            return Kind.INTERRUPTED;
        }
        return switch (code - SIGNALLED) {
            case SIGINT, SIGTERM -> Kind.INTERRUPTED;
            case SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV -> Kind.DECODER_CRASHED;
            case SIGXCPU -> Kind.STALLED;
            default -> (code & WINDOWS_EXCEPTION) == WINDOWS_EXCEPTION ? Kind.DECODER_CRASHED : otherwise;
        };
    }

    /** The failure in words for the person who dropped {@code file}. */
    MediaException failure(String file, Kind otherwise) {
        Kind kind = kindOr(otherwise);
        String sentence = switch (kind) {
            case NOT_MEDIA -> file + " is not a sound, video or picture file that can be read here.";
            case DAMAGED -> file + " is damaged: nothing in it can be decoded.";
            case TOO_LARGE -> file + " has a larger picture than is accepted here.";
            case DECODER_CRASHED -> file + " made the decoder crash.";
            case STALLED -> "Reading or writing " + file + " made no progress and was ended.";
            case DISK_FULL -> "The disk is full: " + file + " could not be written.";
            case OUT_OF_MEMORY -> "There was not enough memory for " + file + ".";
            case INTERRUPTED -> "Working on " + file + " was interrupted.";
            case ENCODER_FAILED -> file + " could not be encoded.";
            default -> file + " could not be processed.";
        };
        return new MediaException(kind, sentence, new FfmpegFailure(code, lastWords));
    }

    /** What FFmpeg itself said, for the log. */
    static final class FfmpegFailure extends Exception {
        FfmpegFailure(int code, String lastWords) {
            super("exit status " + code + ": " + lastWords.strip(), null, false, false);
        }
    }
}
