package io.lipdrop.sync;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Options.NoFace;
import io.lipdrop.media.EncoderSettings;
import io.lipdrop.media.Ffmpeg;
import io.lipdrop.media.Frame;
import io.lipdrop.media.LoopedVideo;
import io.lipdrop.media.MediaException;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceTracker;
import io.lipdrop.sync.face.TrackSmoother;
import io.lipdrop.sync.face.Tracked;
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
final class FramePipeline {
    private static final int QUEUE_FRAMES = 3;

    /** After a restart the tracker and the smoother see so many frames again before the first that counts. */
    private static final int WARM_UP_FRAMES = 12;

    private final Ffmpeg ffmpeg;
    private final EngineModels models;
    private final RenderPlan plan;
    private final Engine engine;
    private final Voice voice;
    private final Lifeline lifeline;
    private final Handover<Frame> free;
    private final Handover<Seen> seen;
    private final Handover<Painted> painted;

    FramePipeline(
            Ffmpeg ffmpeg,
            EngineModels models,
            Engine engine,
            RenderPlan plan,
            Voice voice,
            Lifeline lifeline) {
        this.ffmpeg = ffmpeg;
        this.models = models;
        this.plan = plan;
        this.engine = engine;
        this.voice = voice;
        this.lifeline = lifeline;
        int frames = TrackSmoother.LOOK_AHEAD + 2 * QUEUE_FRAMES + 4 + engine.framesInside(plan.video());
        this.free = new Handover<>(frames, lifeline);
        this.seen = new Handover<>(QUEUE_FRAMES, lifeline);
        this.painted = new Handover<>(QUEUE_FRAMES, lifeline);
        for (int i = 0; i < frames; i++) {
            free.put(plan.video().newFrame());
        }
    }

    /** A frame and the face that was found in it. */
    private record Seen(long number, Frame frame, @Nullable Face face) {}

    /** A frame as it will be encoded. */
    private record Painted(Frame frame, Mouth mouth, int ownLook) {}

    /**
     * Makes all segments that the checkpoint does not have.
     *
     * @param progress told how many frames are finished
     * @return the checkpoint of the finished rendering
     */
    Checkpoint run(Path folder, Checkpoint start, EncoderSettings encoder, LongConsumer progress) throws IOException {
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
                        ffmpeg, folder, plan, start, encoder, source::sourceFrames, progress, lifeline)) {
            lifeline.cut(source::close);
            lifeline.cut(segments::abort);
            Worker tracker = new Worker("lipdrop-track", lifeline, () -> track(source, first));
            Worker writer = new Worker("lipdrop-encode", lifeline, () -> encode(segments));
            try {
                paint(start);
            } catch (RuntimeException e) {
                lifeline.end(e);
            } catch (IOException | Error e) {
                lifeline.end(Diagnosis.of(e, plan.job().videoName()));
            }
            tracker.join(lifeline);
            writer.join(lifeline);
            lifeline.check();
            return segments.checkpoint();
        }
    }

    private void track(LoopedVideo source, long first) {
        FaceTracker tracker = models.tracker(plan.choice());
        long number = first;
        while (true) {
            Frame frame = free.take().orElseThrow();
            if (!read(source, frame, number)) {
                break;
            }
            lifeline.beat();
            seen.put(new Seen(number++, frame, tracker.follow(frame)));
        }
        seen.end();
    }

    private boolean read(LoopedVideo source, Frame into, long number) {
        try {
            return source.next(into) != null;
        } catch (MediaException e) {
            RuntimeException cause = Diagnosis.ofVideo(
                    lifeline.reasonOr(e), plan.job().video(), plan.job().videoName());
            throw cause instanceof Failure failure
                    ? failure.at(number, plan.rate().secondsOf(number))
                    : cause;
        }
    }

    private void paint(Checkpoint start) throws IOException {
        TrackSmoother smoother = new TrackSmoother();
        Queue<Seen> waiting = new ArrayDeque<>();
        try (Engine.Drawing drawing = engine.start(plan, start, voice, lifeline, this::drawn)) {
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

    private Moment moment(Seen item, Tracked tracked, long firstThatCounts) {
        boolean counts = item.number >= firstThatCounts;
        if (counts) {
            checkFace(item.number, tracked.face());
        }
        Mouth mouth = tracked.face() == null ? Mouth.NO_FACE : Mouth.UNTOUCHED;
        double seconds = plan.voiceSecondsAt(item.number);
        return new Moment(item.frame, tracked.face(), tracked.strength(), item.number, seconds, counts, mouth, -1);
    }

    private void drawn(Moment moment) {
        if (moment.counts()) {
            if (Boolean.TRUE.equals(plan.job().options().label())) {
                AiLabel.draw(moment.frame());
            }
            painted.put(new Painted(moment.frame(), moment.mouth(), moment.ownLook()));
        } else {
            free.put(moment.frame());
        }
    }

    private void checkFace(long number, @Nullable Face face) {
        if (face == null && plan.job().options().noFace() == NoFace.FAIL) {
            double seconds = plan.rate().secondsOf(number);
            throw new Failure(
                            FailureCode.NO_FACE,
                            "%s shows no face at %.2f s, and the manifest says noFace: fail."
                                    .formatted(plan.job().videoName(), seconds))
                    .at(number, seconds);
        }
    }

    private void encode(SegmentEncoder segments) {
        for (Optional<Painted> next = painted.take(); next.isPresent(); next = painted.take()) {
            segments.write(next.get().frame, next.get().mouth, next.get().ownLook);
            lifeline.beat();
            free.put(next.get().frame);
        }
        segments.finish();
    }
}
