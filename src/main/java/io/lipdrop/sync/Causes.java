package io.lipdrop.sync;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.media.MediaException;
import io.lipdrop.onnx.OnnxException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the libraries below met, in the words of the contract: the job's fault, or the machine's. */
final class Causes {
    private Causes() {}

    /** What went wrong while a voice was read and prepared. */
    static RuntimeException ofVoice(MediaException e, Path voice) {
        return isMachines(e, voice) ? unfit(e) : e.asFailureOfAudio();
    }

    /** What went wrong while a video was read and its result written. */
    static RuntimeException ofVideo(RuntimeException e, Path video) {
        if (e instanceof MediaException media) {
            return isMachines(media, video) ? unfit(media) : media.asFailureOfVideo();
        }
        if (e instanceof OnnxException model) {
            return ofModel(model);
        }
        if (e instanceof UncheckedIOException) {
            return new MachineUnfit("work/ cannot be written (" + e.getMessage() + ")", e);
        }
        return e;
    }

    /** What went wrong with a model. */
    static RuntimeException ofModel(OnnxException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case MISSING -> new Failure(FailureCode.MODEL_MISSING, message, e);
            case OUT_OF_MEMORY -> new Failure(FailureCode.OUT_OF_MEMORY, message, e);
            case INVALID -> new Failure(FailureCode.MODEL_INVALID, message, e);
            case DEVICE_FAILED -> new MachineUnfit(message + "; the job goes on on the processor", e);
        };
    }

    static Failure ofMemory(OutOfMemoryError e) {
        return new Failure(FailureCode.OUT_OF_MEMORY, "Java ran out of memory.", e);
    }

    /** A file that is there and readable is not the reason when something cannot be opened: then it is a target. */
    private static boolean isMachines(MediaException e, Path source) {
        return switch (e.kind()) {
            case DISK_FULL -> true;
            case UNREADABLE -> Files.isReadable(source);
            default -> false;
        };
    }

    private static MachineUnfit unfit(MediaException e) {
        boolean isFull = e.kind() == MediaException.Kind.DISK_FULL;
        return new MachineUnfit((isFull ? "disk-full: " : "") + e.getMessage(), e);
    }
}
