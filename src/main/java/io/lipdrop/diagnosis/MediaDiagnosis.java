package io.lipdrop.diagnosis;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;

/** Maps errors of {@code media} about a source file to error codes. */
final class MediaDiagnosis {
    private MediaDiagnosis() {}

    /**
     * Maps the error of a file that could not be read, or whose result could not be written.
     *
     * @param unsupported the code for content that is not accepted: of audio or of video
     * @param source the file that was dropped
     */
    static RuntimeException of(MediaException e, FailureCode unsupported, Path source) {
        if (isOfMachine(e.kind(), source)) {
            return new MachineUnfit((e.kind() == Kind.DISK_FULL ? "disk-full: " : "") + e.getMessage(), e);
        }
        Failure failure = new Failure(codeOf(e.kind(), unsupported, source), String.valueOf(e.getMessage()), e);
        return e.hint().map(failure::withHint).orElse(failure);
    }

    /** Whether it is an error of this machine, for which a later retry can help. */
    private static boolean isOfMachine(Kind kind, Path source) {
        return switch (kind) {
            case INTERRUPTED, NOT_STARTED, DISK_FULL -> true;
            // If a file exists and is readable, the file that could not be opened is an output file.
            case UNREADABLE -> Files.isReadable(source);
            default -> false;
        };
    }

    private static FailureCode codeOf(Kind kind, FailureCode unsupported, Path source) {
        return switch (kind) {
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
            case DISK_FULL, INTERRUPTED, NOT_STARTED -> throw new IllegalArgumentException(kind + " is no job's fault");
        };
    }
}
