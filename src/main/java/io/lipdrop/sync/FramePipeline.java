package io.lipdrop.sync;

import io.lipdrop.media.EncoderSettings;
import io.lipdrop.media.Ffmpeg;
import io.lipdrop.media.Frame;
import io.lipdrop.media.LoopedVideo;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceTracker;
import io.lipdrop.sync.face.TrackSmoother;
import io.lipdrop.sync.face.Tracked;
import io.lipdrop.sync.voice.MouthTrack;
import io.lipdrop.sync.warp.MouthPainter;
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
    private final MouthTrack mouth;
    private final Lifeline lifeline;
    private final Handover<Frame> free;
    private final Handover<Seen> seen;
    private final Handover<Painted> painted;

    FramePipeline(Ffmpeg ffmpeg, EngineModels models, RenderPlan plan, MouthTrack mouth, Lifeline lifeline) {
        this.ffmpeg = ffmpeg;
        this.models = models;
        this.plan = plan;
        this.mouth = mouth;
        this.lifeline = lifeline;
        int frames = TrackSmoother.LOOK_AHEAD + 2 * QUEUE_FRAMES + 4;
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
    private record Painted(Frame frame, boolean hasFace) {}

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
        MouthPainter painter = FirstLook.painterFor(plan, ffmpeg, models, lifeline);
        try (LoopedVideo source = LoopedVideo.open(
                        ffmpeg,
                        plan.job().video(),
                        plan.info(),
                        plan.fill(),
                        plan.frames(),
                        first,
                        start.sourceFrames());
                SegmentEncoder segments =
                        new SegmentEncoder(ffmpeg, folder, plan, start, encoder, source::sourceFrames, progress)) {
            lifeline.cut(source::close);
            lifeline.cut(segments::abort);
            Worker tracker = new Worker("lipdrop-track", lifeline, () -> track(source, first));
            Worker writer = new Worker("lipdrop-encode", lifeline, () -> encode(segments));
            try {
                paint(painter, start.frames());
            } catch (RuntimeException e) {
                lifeline.end(e);
            } catch (OutOfMemoryError e) {
                lifeline.end(Causes.ofMemory(e));
            }
            tracker.join(lifeline);
            writer.join(lifeline);
            lifeline.check();
            return segments.checkpoint();
        }
    }

    private void track(LoopedVideo source, long first) {
        FaceTracker tracker =
                new FaceTracker(models.model(EngineModels.DETECTOR), models.model(EngineModels.MESH), plan.choice());
        long number = first;
        while (true) {
            Frame frame = free.take().orElseThrow();
            if (source.next(frame) == null) {
                break;
            }
            lifeline.beat();
            seen.put(new Seen(number++, frame, tracker.follow(frame)));
        }
        seen.end();
    }

    private void paint(MouthPainter painter, long firstThatCounts) {
        TrackSmoother smoother = new TrackSmoother();
        Queue<Seen> waiting = new ArrayDeque<>();
        for (Optional<Seen> next = seen.take(); next.isPresent(); next = seen.take()) {
            waiting.add(next.get());
            smoother.push(next.get().face()).ifPresent(face -> paint(painter, waiting.remove(), face, firstThatCounts));
        }
        for (Tracked face : smoother.flush()) {
            paint(painter, waiting.remove(), face, firstThatCounts);
        }
        painted.end();
    }

    private void paint(MouthPainter painter, Seen item, Tracked tracked, long firstThatCounts) {
        boolean counts = item.number >= firstThatCounts;
        Face face = tracked.face();
        if (face != null && tracked.strength() > 0) {
            painter.paint(
                    item.frame, face, mouth.at(plan.voiceSecondsAt(item.number)), counts ? tracked.strength() : 0);
        }
        if (counts) {
            if (Boolean.TRUE.equals(plan.job().options().label())) {
                AiLabel.draw(item.frame);
            }
            painted.put(new Painted(item.frame, face != null));
        } else {
            free.put(item.frame);
        }
    }

    private void encode(SegmentEncoder segments) throws IOException {
        for (Optional<Painted> next = painted.take(); next.isPresent(); next = painted.take()) {
            segments.write(next.get().frame, next.get().hasFace);
            lifeline.beat();
            free.put(next.get().frame);
        }
        segments.finish();
    }
}
