package io.lipdrop.media.ffmpeg;

import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How an FFmpeg program ended.
 *
 * @param code its exit status; 128 + n after signal n
 * @param isKilled whether we ended it
 * @param isAfterAll whether it was ended from outside so often that its file counts as the cause
 * @param lastWords the end of its error output
 */
public record Exit(int code, boolean isKilled, boolean isAfterAll, String lastWords) {
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
    private static final int SIGXFSZ = 25;
    /** Exit code of an exception on Windows; FFmpeg's own errors are small negative numbers there. */
    private static final int WINDOWS_EXCEPTION = 0xC000_0000;

    private static final int WINDOWS_SEVERITY = 0xF000_0000;

    /** Error messages of the programs that start FFmpeg. */
    private static final Pattern BEFORE_THE_PROGRAM = Pattern.compile("(?m)^(unshare|prlimit|setsid): ");

    /** Exit codes of the loader, and of the programs that start FFmpeg, if it cannot be started. */
    private static final Set<Integer> NOT_EXECUTED = Set.of(126, 127);

    /** Message of libraries if no more threads are allowed. */
    private static final String NO_THREADS = "resource temporarily unavailable";

    /**
     * FFmpeg's messages if a header or a packet asks for memory: more than the limit can only be a wrong number in the file. What is
     * decoded may really need it.
     */
    private static final List<String> ASKED_BY_FILE = List.of("error reading header", "error during demuxing");

    /** FFmpeg's messages if our output folder is unavailable or broken; only for files that we write. */
    private static final List<String> NO_FOLDER =
            List.of("input/output error", "read-only file system", "stale file handle", "too many open files");

    /** ffmpeg's exit code when it was told to stop; also −1, "operation not permitted". */
    private static final int TOLD_TO_STOP = 255;

    /** Whether it ended with status 0 and by itself. */
    public boolean isSuccess() {
        return code == 0 && !isKilled;
    }

    Exit afterAll() {
        return new Exit(code, isKilled, true, lastWords);
    }

    /** Whether it was ended from outside, or had no threads. */
    boolean isFromOutside() {
        if (isSuccess()) {
            return false;
        }
        Kind kind = kindOr(Kind.DAMAGED);
        return kind == Kind.INTERRUPTED || kind == Kind.NOT_STARTED;
    }

    /** Whether the program ran at all: if not, the file is not the cause. */
    boolean isOfProgram() {
        return !NOT_EXECUTED.contains(code)
                && !(code == 1 && BEFORE_THE_PROGRAM.matcher(lastWords).find());
    }

    /** Whether the cause is certain without another look at the file: killed, crashed, out of memory or disk. */
    public boolean isViolent() {
        return !isSuccess() && kindOr(Kind.DAMAGED) != Kind.DAMAGED;
    }

    Kind kindOr(Kind otherwise) {
        String words = lastWords.toLowerCase(Locale.ROOT);
        if (isKilled) {
            return Kind.STALLED;
        }
        if (!isSuccess() && !isOfProgram()) {
            return Kind.NOT_STARTED;
        }
        if (words.contains("no space left on device") || words.contains("disk quota exceeded")) {
            return Kind.DISK_FULL;
        }
        if (words.contains(NO_THREADS)) {
            return isAfterAll ? Kind.DECODER_CRASHED : Kind.NOT_STARTED;
        }
        if (words.contains("cannot allocate memory")) {
            return ASKED_BY_FILE.stream().anyMatch(words::contains) ? otherwise : Kind.OUT_OF_MEMORY;
        }
        if (code == TOLD_TO_STOP && !words.contains("operation not permitted")) {
            return isAfterAll ? Kind.DECODER_CRASHED : Kind.INTERRUPTED;
        }
        return switch (code - SIGNALLED) {
            case SIGINT, SIGTERM -> isAfterAll ? Kind.DECODER_CRASHED : Kind.INTERRUPTED;
            case SIGKILL -> isAfterAll ? Kind.OUT_OF_MEMORY : Kind.INTERRUPTED; // by the kernel if memory is low
            case SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGXFSZ -> Kind.DECODER_CRASHED;
            case SIGXCPU -> Kind.STALLED;
            default -> (code & WINDOWS_SEVERITY) == WINDOWS_EXCEPTION ? Kind.DECODER_CRASHED : otherwise;
        };
    }

    /** The failure with a message for the person who dropped {@code file}. */
    public MediaException failure(String file, Kind otherwise) {
        Kind kind = kindOr(otherwise);
        String sentence = switch (kind) {
            case NOT_MEDIA -> file + " is not a supported sound, video or image file.";
            case DAMAGED -> file + " is damaged: it cannot be decoded.";
            case TOO_LARGE -> file + " has a larger resolution than is allowed.";
            case DECODER_CRASHED -> file + " crashed the decoder.";
            case STALLED -> "Reading or writing " + file + " made no progress and was stopped.";
            case DISK_FULL -> "The disk is full: " + file + " could not be written.";
            case OUT_OF_MEMORY -> "Not enough memory for " + file + ".";
            case INTERRUPTED -> "FFmpeg was stopped from outside while processing %s (%s).".formatted(file, signal());
            case NOT_STARTED ->
                "FFmpeg could not start on this machine (no threads or a missing library) to process " + file + ".";
            case ENCODER_FAILED -> file + " could not be encoded.";
            default -> file + " could not be processed.";
        };
        String often = isAfterAll
                ? " %d times in a row, but not for other files: %s.".formatted(OutsideEnds.MAX, signal())
                : "";
        return new MediaException(
                kind,
                isAfterAll ? "FFmpeg was stopped while processing " + file + often : sentence,
                new FfmpegFailure(code, lastWords));
    }

    /** The same for a file that we write. If it cannot be written, its folder is the cause. */
    public MediaException failureToWrite(Path target) {
        MediaException failure = failure(SafeInput.nameOf(target), Kind.ENCODER_FAILED);
        if (failure.kind() != Kind.ENCODER_FAILED) {
            return failure;
        }
        SafeInput.checkWritable(target);
        String words = lastWords.toLowerCase(Locale.ROOT);
        return NO_FOLDER.stream().anyMatch(words::contains)
                ? new MediaException(
                        Kind.UNREADABLE, SafeInput.nameOf(target) + " cannot be written (" + lastLine() + ").", failure)
                : failure;
    }

    private String signal() {
        return switch (code - SIGNALLED) {
            case SIGKILL -> "killed, possibly because memory is low";
            case SIGINT, SIGTERM -> "terminated";
            default -> code == TOLD_TO_STOP ? "terminated" : "no threads left";
        };
    }

    /** The reason: FFmpeg's message or its exit status. */
    String reason() {
        return lastWords.isBlank()
                ? "exit status %d%s".formatted(code, isFromOutside() ? ", " + signal() : "")
                : lastWords.strip();
    }

    private String lastLine() {
        String words = lastWords.strip();
        return words.substring(words.lastIndexOf('\n') + 1);
    }

    /** FFmpeg's message, for the log. */
    static final class FfmpegFailure extends Exception {
        FfmpegFailure(int code, String lastWords) {
            super("exit status " + code + ": " + lastWords.strip(), null, false, false);
        }
    }
}
