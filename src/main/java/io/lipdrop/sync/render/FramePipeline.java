package io.lipdrop.sync.render;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Options.NoFace;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.video.LoopedVideo;
import io.lipdrop.sync.control.Handover;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.control.PipelineThread;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceTracker;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.smooth.TrackSmoother;
import io.lipdrop.sync.smooth.Tracked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * From frames to segments, in three threads with bounded queues between them: one decodes and tracks, one smooths and
 * paints, one encodes. However long the video is, only so many frames exist; they go round.
 */
public final class FramePipeline {
    private static final int QUEUE_FRAMES = 3;

    /** After a restart the tracker and the smoother see so many frames again before the first that counts. */
    private static final int WARM_UP_FRAMES = 12;

    private final Ffmpeg ffmpeg;
    private final ShippedModels models;
    private final RenderPlan plan;
    private final Engine engine;
    private final Voice voice;
    private final JobControl control;
    private final @Nullable AiLabel label;
    private final Handover<Frame> free;
    private final Handover<Seen> seen;
    private final Handover<Painted> painted;

    public FramePipeline(
            Ffmpeg ffmpeg, ShippedModels models, Engine engine, RenderPlan plan, Voice voice, JobControl control) {
        this.ffmpeg = ffmpeg;
        this.models = models;
        this.plan = plan;
        this.engine = engine;
        this.voice = voice;
        this.control = control;
        this.label = plan.isLabelled() ? AiLabel.of(plan.video()) : null;
        int frames = TrackSmoother.LOOK_AHEAD + 2 * QUEUE_FRAMES + 4 + engine.framesInside(plan.video());
        this.free = new Handover<>(frames, control);
        this.seen = new Handover<>(QUEUE_FRAMES, control);
        this.painted = new Handover<>(QUEUE_FRAMES, control);
        for (int i = 0; i < frames; i++) {
            free.put(plan.video().newFrame());
        }
    }

    /** A frame and the face that was found in it. */
    private record Seen(long number, Frame frame, @Nullable Face face) {}

    /** A frame as it will be encoded. */
    private record Painted(Frame frame, MouthResult mouth, int ownLook, int shot) {}

    /**
     * Makes all segments that the checkpoint does not have.
     *
     * @param progress told how many frames are finished
     * @return the checkpoint of the finished rendering
     */
    public Checkpoint run(Path folder, Checkpoint start, EncoderSettings encoder, LongConsumer progress)
            throws IOException {
        if (start.frames() >= plan.frames()) {
            return start;
        }
        long warmUp = Math.min(start.frames(), WARM_UP_FRAMES);
        long first = start.frames() - warmUp;
        try (LoopedVideo source = LoopedVideo.open(
                        ffmpeg,
                        plan.film().file(),
                        plan.film().info(),
                        plan.fill(),
                        plan.frames(),
                        first,
                        start.sourceFrames());
                SegmentEncoder segments = new SegmentEncoder(
                        ffmpeg, folder, plan, start, encoder, source::sourceFrames, progress, control)) {
            control.cut(source::close);
            control.cut(segments::abort);
            PipelineThread tracker =
                    new PipelineThread("lipdrop-track", control, () -> track(source, first, start.shot()));
            PipelineThread writer = new PipelineThread("lipdrop-encode", control, () -> encode(segments));
            try {
                paint(start);
            } catch (RuntimeException e) {
                control.end(e);
            } catch (IOException | Error e) {
                control.end(Diagnosis.of(e, plan.job().videoName()));
            }
            tracker.join(control);
            writer.join(control);
            control.check();
            return segments.checkpoint();
        }
    }

    private void track(LoopedVideo source, long first, int lastShot) {
        FaceTracker tracker = models.tracker(plan.choice());
        tracker.resume(lastShot);
        long number = first;
        while (true) {
            Frame frame = free.take().orElseThrow();
            if (!read(source, frame, number)) {
                break;
            }
            control.beat();
            seen.put(new Seen(number++, frame, tracker.follow(frame)));
        }
        seen.end();
    }

    private boolean read(LoopedVideo source, Frame into, long number) {
        try {
            return source.next(into) != null;
        } catch (MediaException e) {
            RuntimeException cause = Diagnosis.ofVideo(
                    control.reasonOr(e), plan.job().video(), plan.job().videoName());
            throw cause instanceof Failure failure
                    ? failure.at(number, plan.rate().secondsOf(number))
                    : cause;
        }
    }

    private void paint(Checkpoint start) throws IOException {
        TrackSmoother smoother = new TrackSmoother();
        Queue<Seen> waiting = new ArrayDeque<>();
        try (Engine.Drawing drawing = engine.start(plan, start, voice, control, this::drawn)) {
            for (Optional<Seen> next = seen.take(); next.isPresent(); next = seen.take()) {
                waiting.add(next.get());
                smoother.push(next.get().face())
                        .ifPresent(face -> drawing.draw(moment(waiting.remove(), face, start.frames())));
            }
            for (Tracked face : smoother.flush()) {
                drawing.draw(moment(waiting.remove(), face, start.frames()));
            }
            drawing.end();
        }
        painted.end();
    }

    private FrameInFlight moment(Seen item, Tracked tracked, long firstThatCounts) {
        boolean counts = item.number >= firstThatCounts;
        if (counts) {
            checkFace(item.number, tracked.face());
        }
        MouthResult mouth = tracked.face() == null ? MouthResult.NO_FACE : MouthResult.UNTOUCHED;
        double seconds = plan.voiceSecondsAt(item.number);
        return new FrameInFlight(
                item.frame, tracked.face(), tracked.strength(), item.number, seconds, counts, mouth, -1);
    }

    private void drawn(FrameInFlight moment) {
        if (moment.counts()) {
            if (label != null) {
                label.draw(moment.frame());
            }
            painted.put(new Painted(moment.frame(), moment.mouth(), moment.ownLook(), moment.shot()));
        } else {
            free.put(moment.frame());
        }
    }

    private void checkFace(long number, @Nullable Face face) {
        if (face == null && plan.job().options().noFace() == NoFace.FAIL) {
            double seconds = plan.rate().secondsOf(number);
            throw new Failure(
                            FailureCode.NO_FACE,
                            "%s shows no face at %.2f s, and the manifest has noFace: fail."
                                    .formatted(plan.job().videoName(), seconds))
                    .at(number, seconds);
        }
    }

    private void encode(SegmentEncoder segments) {
        for (Optional<Painted> next = painted.take(); next.isPresent(); next = painted.take()) {
            Painted item = next.get();
            segments.write(item.frame, item.mouth, item.ownLook, item.shot);
            control.beat();
            free.put(item.frame);
        }
        segments.finish();
    }
}
