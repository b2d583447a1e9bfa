package io.lipdrop.sync;

import io.lipdrop.job.Diagnosis;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.media.MediaException;
import io.lipdrop.onnx.OnnxException;
import java.nio.file.Path;

/** What the libraries below met, in the words of the contract: the job's fault, or the machine's. */
final class Causes {
    private Causes() {}

    /** What went wrong while a voice was read and prepared. */
    static RuntimeException ofVoice(MediaException e, Path voice) {
        return e.asFailureOfAudio(voice);
    }

    /** What went wrong while a video was read and its result written; a {@link Failure} or {@link MachineUnfit}. */
    static RuntimeException ofVideo(Throwable e, Path video, String name) {
        if (e instanceof MediaException media) {
            return media.asFailureOfVideo(video);
        }
        return e instanceof OnnxException model ? ofModel(model) : Diagnosis.of(e, name);
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
}
