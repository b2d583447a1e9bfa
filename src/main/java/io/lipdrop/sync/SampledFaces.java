package io.lipdrop.sync;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.home.Names;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.media.video.VideoReader;
import io.lipdrop.stage.FacePresence;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.control.RunningJobs;
import io.lipdrop.sync.face.FaceChoice;
import io.lipdrop.sync.face.FaceTracker;
import io.lipdrop.sync.model.ShippedModels;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Looks for a face as the engine will, in five frames a second, and stops at the first: most videos cost one look. */
@Component
class SampledFaces implements FacePresence {
    private static final int LOOKS_PER_SECOND = 5;
    private static final int SECONDS = 60;

    private final Ffmpeg ffmpeg;
    private final MediaProbe probe;
    private final ShippedModels models;
    private final SyncSettings settings;
    private final RunningJobs running;

    SampledFaces(Ffmpeg ffmpeg, MediaProbe probe, ShippedModels models, SyncSettings settings, RunningJobs running) {
        this.ffmpeg = ffmpeg;
        this.probe = probe;
        this.models = models;
        this.settings = settings;
        this.running = running;
    }

    @Override
    public boolean isRuledOut(Path file) {
        String name = Names.fileName(file);
        try (JobControl control = running.watch(name, settings.stall())) {
            try {
                return isRuledOut(file, control);
            } catch (RuntimeException e) {
                throw Diagnosis.ofVideo(control.reasonOr(e), file, name);
            }
        } catch (Error e) {
            throw Diagnosis.ofVideo(e, file, name);
        }
    }

    private boolean isRuledOut(Path file, JobControl control) {
        MediaInfo info = probe.probe(file);
        VideoStream video = info.video().orElseThrow();
        FaceTracker tracker = models.tracker(FaceChoice.LARGEST);
        long step = Math.max(1, video.rate().framesIn(1.0 / LOOKS_PER_SECOND));
        long end = video.rate().framesIn(SECONDS);
        try (VideoReader reader = VideoReader.open(ffmpeg, file, info, 0)) {
            control.cut(reader::close);
            Frame frame = video.newFrame();
            for (long number = 0; reader.next(frame) != null; number++) {
                control.beat();
                if (number == end || (number % step == 0 && tracker.follow(frame) != null)) {
                    return false;
                }
            }
        }
        return true;
    }
}
