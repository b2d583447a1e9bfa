package io.lipdrop.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lipdrop.home.Documents;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.Options;
import io.lipdrop.job.Outcome.MouthCheck;
import io.lipdrop.job.Phase;
import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.probe.DynamicRange;
import io.lipdrop.media.sound.JoinedFile;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.model.UsedModel;
import io.lipdrop.sync.render.Checkpoint;
import io.lipdrop.sync.render.Engine;
import io.lipdrop.sync.render.MouthResult;
import io.lipdrop.sync.render.RenderPlan;
import io.lipdrop.sync.render.Voice;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The document beside a finished video: what it was made of, with what, and how long it took.
 *
 * @param marking how the result says that it is AI-made
 * @param preflight what was known before it began
 * @param mouthCheck what a look at the result has shown
 * @param ownMouths in how many frames a mouth is shown that the person makes elsewhere in the video; absent where the engine shows none
 */
record Sidecar(
        String job,
        String batch,
        Map<String, Input> inputs,
        String engine,
        List<UsedModel> models,
        Device device,
        String encoder,
        Options options,
        int width,
        int height,
        double framesPerSecond,
        long frames,
        long framesWithoutFace,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long ownMouths,
        Map<String, Double> secondsPerPhase,
        double realTimeFactor,
        boolean aiGenerated,
        Marking marking,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Preflight preflight,
        MouthCheck mouthCheck,
        List<String> warnings) {

    /** What was found out about the job and its result besides. */
    record Judged(Marking marking, @Nullable Preflight preflight, MouthCheck mouthCheck) {}

    /** A file that was dropped. */
    record Input(String file, String sha256) {}

    /** Where the models ran, and why there. */
    record Device(String name, String reason) {}

    static void write(Path file, Made made, EncoderSettings encoder, Ffmpeg ffmpeg, ShippedModels models, Judged judged)
            throws IOException {
        RenderPlan plan = made.plan();
        Checkpoint finished = made.finished();
        Voice voice = made.voice();
        Engine engine = made.engine();
        Job job = plan.job();
        Map<String, Double> phases = new LinkedHashMap<>();
        double total = 0;
        for (Map.Entry<Phase, Double> phase : made.clock().seconds().entrySet()) {
            phases.put(phase.getKey().label(), rounded(phase.getValue()));
            total += phase.getValue();
        }
        double length = plan.rate().secondsOf(finished.frames());
        Documents.write(
                file,
                new Sidecar(
                        job.id(),
                        job.batch(),
                        Map.of(
                                "audio", new Input(job.audioName(), voice.sha256()),
                                "video", new Input(job.videoName(), plan.videoSha256())),
                        engine.name(),
                        modelsUsed(models, engine),
                        new Device(engine.device().name(), engine.device().reason()),
                        encoder.codec().equals("auto") ? ffmpeg.videoEncoder() : encoder.codec(),
                        job.options(),
                        plan.video().width(),
                        plan.video().height(),
                        plan.rate().value(),
                        finished.frames(),
                        finished.frames(MouthResult.NO_FACE),
                        engine.showsOwnMouths() ? finished.frames(MouthResult.OWN) : null,
                        phases,
                        rounded(total / Math.max(length, 1e-9)),
                        true,
                        judged.marking,
                        judged.preflight,
                        judged.mouthCheck,
                        warnings(made, judged.mouthCheck)));
    }

    private static List<UsedModel> modelsUsed(ShippedModels models, Engine engine) throws IOException {
        List<UsedModel> used = new ArrayList<>();
        used.add(models.used(ShippedModels.DETECTOR));
        used.add(models.used(ShippedModels.MESH));
        used.addAll(engine.models());
        return used;
    }

    private static List<String> warnings(Made made, MouthCheck check) {
        RenderPlan plan = made.plan();
        Checkpoint finished = made.finished();
        Voice voice = made.voice();
        Engine engine = made.engine();
        List<String> warnings = new ArrayList<>(engine.warnings(plan.video()));
        warnings.addAll(voice.warnings());
        TruncationWarning.warning(plan.job().audioName(), voice.saidSeconds(), voice.seconds())
                .ifPresent(warnings::add);
        if (finished.sourceFrames() > 0) {
            double seconds = plan.rate().secondsOf(finished.sourceFrames());
            TruncationWarning.warning(plan.job().videoName(), plan.video().seconds(), seconds)
                    .ifPresent(warnings::add);
        }
        DynamicRange range = plan.film().info().range();
        if (range != DynamicRange.STANDARD) {
            warnings.add("%s is HDR (%s): it was converted to SDR (BT.709)."
                    .formatted(plan.job().videoName(), range.label()));
        }
        if (plan.video().repeats() > 1) {
            double rate = plan.rate().value();
            warnings.add(
                    "%s has %s frames per second; each frame is repeated %d times, so the result has %s frames per second."
                            .formatted(
                                    plan.job().videoName(),
                                    number(rate / plan.video().repeats()),
                                    plan.video().repeats(),
                                    number(rate)));
        }
        if (!plan.readsACopy() && JoinedFile.recordings(plan.job().video()) > 1) {
            warnings.add("%s contains several joined recordings: everything after the first may be missing."
                    .formatted(plan.job().videoName()));
        }
        if (plan.readsACopy()) {
            warnings.add("The timestamps of %s jump, as in joined recordings; the parts were joined without gaps."
                    .formatted(plan.job().videoName()));
        }
        if (finished.frames(MouthResult.NO_FACE) > 0) {
            warnings.add("%d of %d frames show no face and are unchanged."
                    .formatted(finished.frames(MouthResult.NO_FACE), finished.frames()));
        }
        if (finished.frames(MouthResult.NO_PICTURE) > 0) {
            warnings.add("The network gave invalid output for %d of %d frames; they are unchanged."
                    .formatted(finished.frames(MouthResult.NO_PICTURE), finished.frames()));
        }
        if (plan.video().frameWidth() != plan.video().width()
                || plan.video().frameHeight() != plan.video().height()) {
            warnings.add("H.264 needs even width and height: the result is %dx%d, with the last row or column repeated."
                    .formatted(plan.video().frameWidth(), plan.video().frameHeight()));
        }
        if (check.verdict() == MouthCheck.Verdict.WARNING && check.note() != null) {
            warnings.add(check.note());
        }
        return warnings;
    }

    /** At most three decimals, and none that says nothing. */
    private static String number(double value) {
        return BigDecimal.valueOf(rounded(value)).stripTrailingZeros().toPlainString();
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
