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
 * @param isAfterAll whether it ended from outside so often that its file is taken for the reason
 * @param lastWords the end of what it said on its error stream
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
    /** What an exception ends a program with on Windows; FFmpeg's own errors are small negative numbers there. */
    private static final int WINDOWS_EXCEPTION = 0xC000_0000;

    private static final int WINDOWS_SEVERITY = 0xF000_0000;

    /** How the programs that make room for FFmpeg say that they could not. */
    private static final Pattern BEFORE_THE_PROGRAM = Pattern.compile("(?m)^(unshare|prlimit|setsid): ");

    /** What a loader, and the programs in whose place FFmpeg comes, end with where it cannot be started. */
    private static final Set<Integer> NOT_EXECUTED = Set.of(126, 127);

    /** How libraries say that this machine allows no more threads. */
    private static final String NO_THREADS = "resource temporarily unavailable";

    /** How FFmpeg says that a folder of ours is away or broken; for what we write, not for what we were given. */
    private static final List<String> NO_FOLDER =
            List.of("input/output error", "read-only file system", "stale file handle", "too many open files");

    /** What ffmpeg itself ends with when it was told to stop; also −1, "operation not permitted". */
    private static final int TOLD_TO_STOP = 255;

    public boolean isSuccess() {
        return code == 0 && !isKilled;
    }

    Exit afterAll() {
        return new Exit(code, isKilled, true, lastWords);
    }

    /** Whether somebody else ended it, or this machine had no threads for it. */
    boolean isFromOutside() {
        if (isSuccess()) {
            return false;
        }
        Kind kind = kindOr(Kind.DAMAGED);
        return kind == Kind.INTERRUPTED || kind == Kind.NOT_STARTED;
    }

    /** Whether the program ran at all: one that cannot be executed has seen no file. */
    boolean isOfProgram() {
        return !NOT_EXECUTED.contains(code)
                && !(code == 1 && BEFORE_THE_PROGRAM.matcher(lastWords).find());
    }

    /** Whether the end is one that another look at the file cannot explain away: killed, crashed, out of memory or disk. */
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
            // A header that asks for more than the limit is a wrong one; pictures and sounds may really need it.
            return words.contains("error reading header") ? otherwise : Kind.OUT_OF_MEMORY;
        }
        if (code == TOLD_TO_STOP && !words.contains("operation not permitted")) {
            return isAfterAll ? Kind.DECODER_CRASHED : Kind.INTERRUPTED;
        }
        return switch (code - SIGNALLED) {
            case SIGINT, SIGTERM -> isAfterAll ? Kind.DECODER_CRASHED : Kind.INTERRUPTED;
            case SIGKILL -> isAfterAll ? Kind.OUT_OF_MEMORY : Kind.INTERRUPTED; // by the kernel, where memory is short
            case SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGXFSZ -> Kind.DECODER_CRASHED;
            case SIGXCPU -> Kind.STALLED;
            default -> (code & WINDOWS_SEVERITY) == WINDOWS_EXCEPTION ? Kind.DECODER_CRASHED : otherwise;
        };
    }

    /** The failure in words for the person who dropped {@code file}. */
    public MediaException failure(String file, Kind otherwise) {
        Kind kind = kindOr(otherwise);
        String sentence = switch (kind) {
            case NOT_MEDIA -> file + " is not a sound, video or picture file that can be read here.";
            case DAMAGED -> file + " is damaged: nothing in it can be decoded.";
            case TOO_LARGE -> file + " has a larger picture than is accepted here.";
            case DECODER_CRASHED -> file + " made the decoder crash.";
            case STALLED -> "Reading or writing " + file + " made no progress and was ended.";
            case DISK_FULL -> "The disk is full: " + file + " could not be written.";
            case OUT_OF_MEMORY -> "There was not enough memory for " + file + ".";
            case INTERRUPTED -> "The program that worked on %s was ended from outside (%s).".formatted(file, signal());
            case NOT_STARTED ->
                "This machine has no threads or libraries left for the program that works on " + file + ".";
            case ENCODER_FAILED -> file + " could not be encoded.";
            default -> file + " could not be processed.";
        };
        String often = isAfterAll
                ? " %d times in a row, while others went well: %s.".formatted(OutsideEnds.MAX, signal())
                : "";
        return new MediaException(
                kind,
                isAfterAll ? "The program that works on " + file + " was ended" + often : sentence,
                new FfmpegFailure(code, lastWords));
    }

    /** The same for a file of our own making. Where it cannot be written, its folder is the reason. */
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
            case SIGKILL -> "killed, perhaps since memory is short";
            case SIGINT, SIGTERM -> "told to stop";
            default -> code == TOLD_TO_STOP ? "told to stop" : "no threads left";
        };
    }

    /** Why it failed, in FFmpeg's words or its status. */
    String reason() {
        return lastWords.isBlank()
                ? "exit status %d%s".formatted(code, isFromOutside() ? ", " + signal() : "")
                : lastWords.strip();
    }

    private String lastLine() {
        String words = lastWords.strip();
        return words.substring(words.lastIndexOf('\n') + 1);
    }

    /** What FFmpeg itself said, for the log. */
    static final class FfmpegFailure extends Exception {
        FfmpegFailure(int code, String lastWords) {
            super("exit status " + code + ": " + lastWords.strip(), null, false, false);
        }
    }
}
