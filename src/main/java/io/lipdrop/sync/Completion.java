package io.lipdrop.sync;

import io.lipdrop.home.Rendered;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.Outcome.MouthCheck;
import io.lipdrop.job.Phase;
import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.write.FinalMux;
import io.lipdrop.speed.PastJobs;
import io.lipdrop.sync.check.ResultCheck;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.render.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What follows the last frame of a job: one file of segments and sound, marked as AI-made and looked at again, and its sidecar. */
@Component
class Completion {
    private static final Logger log = LoggerFactory.getLogger(Completion.class);

    private final Ffmpeg ffmpeg;
    private final EncoderSettings encoder;
    private final ShippedModels models;
    private final MarkingSettings marking;
    private final PastJobs past;
    private final ResultCheck checks;

    Completion(
            Ffmpeg ffmpeg,
            EncoderSettings encoder,
            ShippedModels models,
            MarkingSettings marking,
            PastJobs past,
            ResultCheck checks) {
        this.ffmpeg = ffmpeg;
        this.encoder = encoder;
        this.models = models;
        this.marking = marking;
        this.past = past;
        this.checks = checks;
    }

    /** Writes the video, then its sidecar: where that is, the rendering is finished. */
    void complete(Rendered target, Path folder, Made made, JobControl control) throws IOException {
        made.clock().enter(Phase.DELIVERING);
        Marking marks = Marking.of(target.job(), marking);
        Checkpoint finished = made.finished();
        boolean isTrimmed = finished.frames() < made.plan().frames()
                || made.plan().isOfPart(made.voice().seconds());
        FinalMux mux = new FinalMux(ffmpeg, control::beatOrEnd);
        control.cut(mux::abort);
        mux.join(
                segments(folder, finished),
                made.voice().sound(),
                target.video(),
                made.plan().rate(),
                isTrimmed,
                marks.metadata());
        MouthCheck check = checks.check(target.video(), made.plan(), finished, made.voice(), control);
        if (check.verdict() == MouthCheck.Verdict.WARNING) {
            log.warn("{}: {}", target.job().id(), check.note());
        }
        Preflight known = target.job().preflight();
        Preflight preflight = known == null ? null : past.estimated(target.job(), known);
        Sidecar.write(target.sidecar(), made, encoder, ffmpeg, models, new Sidecar.Judged(marks, preflight, check));
        if (made.start().frames() == 0) {
            past.add(made.pastJob());
        }
    }

    private static List<FinalMux.Segment> segments(Path folder, Checkpoint finished) {
        List<FinalMux.Segment> segments = new ArrayList<>();
        for (long frames : finished.segments()) {
            segments.add(new FinalMux.Segment(Checkpoint.segment(folder, segments.size()), frames));
        }
        return segments;
    }
}
