package io.lipdrop.sync;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.files.Checksum;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.home.Rendered;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.Phase;
import io.lipdrop.job.Progress;
import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.video.TimestampRepair;
import io.lipdrop.media.video.VideoFile;
import io.lipdrop.stage.Outcomes;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.control.RunningJobs;
import io.lipdrop.sync.engine.Engines;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.render.Checkpoint;
import io.lipdrop.sync.render.Engine;
import io.lipdrop.sync.render.FramePipeline;
import io.lipdrop.sync.render.MouthResult;
import io.lipdrop.sync.render.RenderPlan;
import io.lipdrop.sync.render.Voice;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Lip-sync, step by step: models, voice, plan, frames, one file, sidecar. */
@Component
class LipSync {
    /** In the rendering's folder: a copy of a video whose time stamps jump. */
    private static final String COPY_FOLDER = "even";

    private final Folders folders;
    private final SyncSettings settings;
    private final ShippedModels models;
    private final Engines engines;
    private final BatchVoice voices;
    private final MediaProbe probe;
    private final Ffmpeg ffmpeg;
    private final EncoderSettings encoder;
    private final Progress progress;
    private final RunningJobs running;
    private final Outcomes outcomes;
    private final Completion completion;

    LipSync(
            Folders folders,
            SyncSettings settings,
            ShippedModels models,
            Engines engines,
            BatchVoice voices,
            MediaProbe probe,
            Ffmpeg ffmpeg,
            EncoderSettings encoder,
            Progress progress,
            RunningJobs running,
            Outcomes outcomes,
            Completion completion) {
        this.folders = folders;
        this.settings = settings;
        this.models = models;
        this.engines = engines;
        this.voices = voices;
        this.probe = probe;
        this.ffmpeg = ffmpeg;
        this.encoder = encoder;
        this.progress = progress;
        this.running = running;
        this.outcomes = outcomes;
        this.completion = completion;
    }

    /**
     * Renders one job, from its last checkpoint if it has one; a job that was rendered before is only handed on.
     *
     * @throws Failure when this job cannot be rendered
     * @throws MachineUnfit when it cannot be rendered now
     */
    public Rendered render(Job job) {
        Rendered rendered = Rendered.of(job, folders);
        if (rendered.isFinished()) {
            return rendered;
        }
        folders.requireSourcesOf(job);
        JobControl control = running.begin(job, settings.stall());
        try {
            outcomes.requireWanted(job); // INVARIANT: after begin, so that no request to cancel falls between
            render(rendered, control);
        } catch (RuntimeException | IOException | Error e) {
            folders.requireSourcesOf(job);
            throw Diagnosis.ofVideo(control.reasonOr(e), job.video(), job.videoName());
        } finally {
            running.ended(job);
            if (!rendered.isFinished()) {
                progress.stopped(job);
            }
        }
        return rendered;
    }

    private void render(Rendered target, JobControl control) throws IOException {
        Job job = target.job();
        PhaseClock clock = new PhaseClock(job, progress, running.uptime());

        clock.enter(Phase.LOADING_MODEL);
        control.detached(
                "lipdrop-open",
                () -> {
                    models.openAll();
                    return true;
                },
                late -> {});
        control.beatOrEnd();
        try (Engine engine = engines.open(job.options(), control)) {
            progress.engine(job, engine.words());
            render(target, engine, control, clock);
        }
    }

    private void render(Rendered target, Engine engine, JobControl control, PhaseClock clock) throws IOException {
        Job job = target.job();
        clock.enter(Phase.READING_AUDIO);
        Voice voice = voices.of(job, control);

        clock.enter(Phase.TRACKING_FACE);
        MediaInfo info = control.detached("lipdrop-probe", () -> probe.probe(job.video()), late -> {});
        String videoSha256 = Checksum.sha256(job.video(), control::beatOrEnd);
        RenderPlan direct = RenderPlan.of(job, videoSha256, info, voice.seconds(), settings.checkpoint());
        Path folder = folders.rendering(job);
        String key = direct.key(voice.sha256(), encoder) + "|" + engine.key();
        Checkpoint start = Checkpoint.resume(folder, key);
        RenderPlan plan =
                direct.reading(control.detached("lipdrop-probe", () -> film(direct, folder, control), late -> {}));

        FramePipeline frames = new FramePipeline(ffmpeg, models, engine, plan, voice, control);
        Checkpoint finished = frames.run(folder, start, encoder, done -> {
            clock.enter(Phase.RENDERING);
            progress.frame(job, done, plan.frames());
        });
        checkFaces(plan, finished);
        checkPictures(engine, plan, finished);

        Made made = new Made(plan, voice, engine, start, finished, clock);
        completion.complete(target, folder, made, control);
    }

    /** A copy is called after the video, for what is said when it cannot be read. */
    private VideoFile film(RenderPlan plan, Path folder, JobControl control) {
        TimestampRepair clock = new TimestampRepair(ffmpeg, probe, control::beatOrEnd);
        control.cut(clock::abort);
        Path copy = folder.resolve(COPY_FOLDER).resolve(Names.stem(plan.job().videoName()) + ".ts");
        return clock.of(plan.film().file(), plan.film().info(), copy);
    }

    private static void checkFaces(RenderPlan plan, Checkpoint finished) {
        if (finished.frames(MouthResult.NO_FACE) >= finished.frames()) {
            throw new Failure(
                    FailureCode.NO_FACE, "No face found in " + plan.job().videoName() + ".");
        }
    }

    private static void checkPictures(Engine engine, RenderPlan plan, Checkpoint finished) throws IOException {
        if (finished.frames(MouthResult.NO_PICTURE) > 0 && finished.frames(MouthResult.DRAWN) == 0) {
            throw new Failure(
                    FailureCode.MODEL_INVALID,
                    "%s gave no usable output for any face in %s: NaN or infinite values."
                            .formatted(engine.models().get(0).file(), plan.job().videoName()));
        }
    }
}
