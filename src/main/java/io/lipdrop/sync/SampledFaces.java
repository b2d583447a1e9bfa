package io.lipdrop.sync;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.home.Names;
import io.lipdrop.job.Options;
import io.lipdrop.media.MediaException;
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
import io.lipdrop.sync.model.ShippedModels;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Looks at a few frames of a video. Where they show no face, it looks as the engine will, in five frames a second, and stops at the first
 * face.
 */
@Component
class SampledFaces implements FacePresence {
    private static final int LOOKS_PER_SECOND = 5;
    private static final int SECONDS = 60;
    private static final int MAX_GLANCES = 10;
    /** Decoding so many pixels takes half a second of a processor; of videos with more only key frames are decoded. */
    private static final double CHEAP_PIXELS = 150e6;
    /** Some codecs have nothing but key frames. */
    private static final Duration MAX_GLANCE = Duration.ofMillis(1500);

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
    public Faces look(Path file, Options.FaceChoice choice) {
        String name = Names.fileName(file);
        try (JobControl control = running.watch(name, settings.stall())) {
            try {
                return look(file, FaceChoice.valueOf(choice.name()), control);
            } catch (RuntimeException e) {
                throw Diagnosis.ofVideo(control.reasonOr(e), file, name);
            }
        } catch (Error e) {
            throw Diagnosis.ofVideo(e, file, name);
        }
    }

    private Faces look(Path file, FaceChoice choice, JobControl control) {
        MediaInfo info = probe.probe(file);
        FaceTally tally = new FaceTally(models.tracker(choice));
        glance(file, info, tally, control);
        if (tally.hasFace()) {
            return tally.faces(false);
        }
        boolean isWholeSeen = search(file, info, tally, choice, control);
        return tally.faces(isWholeSeen && !tally.hasFace());
    }

    /** Some frames of a short video, some key frames of a long one. */
    private void glance(Path file, MediaInfo info, FaceTally tally, JobControl control) {
        VideoStream video = info.video().orElseThrow();
        double said = video.seconds() > 0 ? video.seconds() : info.duration().toMillis() / 1000.0;
        double seconds = said > 0 ? Math.min(SECONDS, said) : SECONDS;
        double pixels = seconds * video.rate().value() * video.width() * video.height();
        boolean isCheap = said > 0 && pixels <= CHEAP_PIXELS;
        double looksPerSecond = MAX_GLANCES / seconds;
        Duration end = running.uptime().now().plus(MAX_GLANCE);
        try (VideoReader reader = isCheap
                ? VideoReader.openLooks(ffmpeg, file, info, looksPerSecond)
                : VideoReader.openKeyFrames(ffmpeg, file, info, looksPerSecond, SECONDS)) {
            control.cut(reader::close);
            Frame frame = video.newFrame();
            while (tally.frames() < MAX_GLANCES
                    && running.uptime().now().compareTo(end) < 0
                    && reader.next(frame) != null) {
                control.beat();
                tally.see(frame);
            }
        } catch (MediaException e) {
            control.check();
            if (e.kind() != MediaException.Kind.DAMAGED) {
                throw e;
            } // no frame that stands for itself: the search will tell
        }
    }

    /** Looks for a face as the engine will, five times a second, and stops at the first; whether the video ended before. */
    private boolean search(Path file, MediaInfo info, FaceTally tally, FaceChoice choice, JobControl control) {
        VideoStream video = info.video().orElseThrow();
        tally.beginAgain(models.tracker(choice));
        long step = Math.max(1, video.rate().framesIn(1.0 / LOOKS_PER_SECOND));
        long end = video.rate().framesIn(SECONDS);
        try (VideoReader reader = VideoReader.open(ffmpeg, file, info, 0)) {
            control.cut(reader::close);
            Frame frame = video.newFrame();
            for (long number = 0; reader.next(frame) != null; number++) {
                control.beat();
                if (number == end) {
                    return false;
                }
                if (number % step == 0 && tally.see(frame)) {
                    return false;
                }
            }
        }
        return true;
    }
}
