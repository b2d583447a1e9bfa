package io.lipdrop.sync;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.job.FacePresence;
import io.lipdrop.job.Names;
import io.lipdrop.media.Ffmpeg;
import io.lipdrop.media.Frame;
import io.lipdrop.media.MediaInfo;
import io.lipdrop.media.MediaProbe;
import io.lipdrop.media.VideoReader;
import io.lipdrop.media.VideoStream;
import io.lipdrop.sync.face.Choice;
import io.lipdrop.sync.face.FaceTracker;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Looks for a face as the engine will, in five frames a second, and stops at the first: most videos cost one look. */
@Component
class SampledFaces implements FacePresence {
    private static final int LOOKS_PER_SECOND = 5;
    private static final int SECONDS = 60;

    private final Ffmpeg ffmpeg;
    private final MediaProbe probe;
    private final EngineModels models;
    private final SyncSettings settings;

    SampledFaces(Ffmpeg ffmpeg, MediaProbe probe, EngineModels models, SyncSettings settings) {
        this.ffmpeg = ffmpeg;
        this.probe = probe;
        this.models = models;
        this.settings = settings;
    }

    @Override
    public boolean isRuledOut(Path file) {
        String name = Names.fileName(file);
        try (Lifeline lifeline = new Lifeline(name, settings.stall())) {
            try {
                return isRuledOut(file, lifeline);
            } catch (RuntimeException e) {
                throw Diagnosis.ofVideo(lifeline.reasonOr(e), file, name);
            }
        } catch (Error e) {
            throw Diagnosis.ofVideo(e, file, name);
        }
    }

    private boolean isRuledOut(Path file, Lifeline lifeline) {
        MediaInfo info = probe.probe(file);
        VideoStream video = info.video().orElseThrow();
        FaceTracker tracker = models.tracker(Choice.LARGEST);
        long step = Math.max(1, video.rate().framesIn(1.0 / LOOKS_PER_SECOND));
        long end = video.rate().framesIn(SECONDS);
        try (VideoReader reader = VideoReader.open(ffmpeg, file, info, 0)) {
            lifeline.cut(reader::close);
            Frame frame = video.newFrame();
            for (long number = 0; reader.next(frame) != null; number++) {
                lifeline.beat();
                if (number == end || (number % step == 0 && tracker.follow(frame) != null)) {
                    return false;
                }
            }
        }
        return true;
    }
}
