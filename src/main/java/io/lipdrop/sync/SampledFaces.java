package io.lipdrop.sync;

import io.lipdrop.job.FacePresence;
import io.lipdrop.media.Ffmpeg;
import io.lipdrop.media.Frame;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaInfo;
import io.lipdrop.media.MediaProbe;
import io.lipdrop.media.VideoReader;
import io.lipdrop.media.VideoStream;
import io.lipdrop.onnx.OnnxException;
import io.lipdrop.sync.face.Choice;
import io.lipdrop.sync.face.FaceTracker;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Looks for a face as the engine will, in five frames a second, and stops at the first: most videos cost one look. */
@Component
class SampledFaces implements FacePresence {
    private static final int LOOKS_PER_SECOND = 5;

    private final Ffmpeg ffmpeg;
    private final MediaProbe probe;
    private final EngineModels models;

    SampledFaces(Ffmpeg ffmpeg, MediaProbe probe, EngineModels models) {
        this.ffmpeg = ffmpeg;
        this.probe = probe;
        this.models = models;
    }

    @Override
    public boolean isIn(Path file) {
        try {
            MediaInfo info = probe.probe(file);
            VideoStream video = info.video().orElseThrow();
            FaceTracker tracker = new FaceTracker(
                    models.model(EngineModels.DETECTOR), models.model(EngineModels.MESH), Choice.LARGEST);
            long step = Math.max(1, video.rate().framesIn(1.0 / LOOKS_PER_SECOND));
            try (VideoReader reader = VideoReader.open(ffmpeg, file, info, 0)) {
                Frame frame = video.newFrame();
                for (long number = 0; reader.next(frame) != null; number++) {
                    if (number % step == 0 && tracker.follow(frame) != null) {
                        return true;
                    }
                }
            }
            return false;
        } catch (MediaException | OnnxException e) {
            throw Causes.ofVideo(e, file);
        }
    }
}
