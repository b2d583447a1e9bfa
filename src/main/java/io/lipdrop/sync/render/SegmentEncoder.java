package io.lipdrop.sync.render;

import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.write.SegmentWriter;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.control.PipelineThread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream of finished frames into segments, and notes each in the checkpoint when it is safe on the disk. An encoder
 * holds back some twenty frames; while it ends, the next one takes frames already. There are never more than two.
 */
final class SegmentEncoder implements AutoCloseable {
    /** So long a segment that is whole may still take when the job is ended. */
    private static final long MILLIS_TO_END = 5000;

    private final Ffmpeg ffmpeg;
    private final Path folder;
    private final RenderPlan plan;
    private final EncoderSettings settings;
    private final LongSupplier sourceFrames;
    private final LongConsumer progress;
    private final JobControl control;
    private int segments;
    private long framesInAll;
    private volatile Checkpoint checkpoint;
    private volatile @Nullable SegmentWriter writer;
    private long frames;
    private int lastOwnLook = -1;
    private int lastShot;
    private Map<MouthResult, Long> mouths = new EnumMap<>(MouthResult.class);
    private volatile @Nullable SegmentWriter ending;
    private volatile @Nullable PipelineThread ender;

    SegmentEncoder(
            Ffmpeg ffmpeg,
            Path folder,
            RenderPlan plan,
            Checkpoint start,
            EncoderSettings settings,
            LongSupplier sourceFrames,
            LongConsumer progress,
            JobControl control) {
        this.ffmpeg = ffmpeg;
        this.folder = folder;
        this.plan = plan;
        this.segments = start.segments().size();
        this.framesInAll = start.frames();
        this.checkpoint = start;
        this.lastShot = start.shot();
        this.settings = settings;
        this.sourceFrames = sourceFrames;
        this.progress = progress;
        this.control = control;
    }

    /**
     * Encodes the next frame.
     *
     * @param mouth what became of the mouth
     * @param ownLook which of the person's own mouths it shows, −1 for none
     * @param shot of the face, −1 where there is none
     */
    void write(Frame frame, MouthResult mouth, int ownLook, int shot) {
        control.check();
        SegmentWriter current = writer;
        if (current == null) {
            current = SegmentWriter.open(ffmpeg, Checkpoint.segment(folder, segments++), plan.video(), settings);
            writer = current;
            if (control.isCut()) {
                current.close(); // the cut found nothing to abort
            }
        }
        current.write(frame);
        frames++;
        lastOwnLook = ownLook;
        lastShot = shot < 0 ? lastShot : shot;
        mouths.merge(mouth, 1L, Long::sum);
        progress.accept(++framesInAll);
        if (frames == plan.segmentFrames()) {
            beginEnd();
            if (current.isHardware()) {
                awaitEnd();
            }
        }
    }

    /** Ends the segments that are open. */
    void finish() {
        beginEnd();
        awaitEnd();
    }

    /** The checkpoint of the segments that have ended. */
    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Lets nothing more be written, from another thread. */
    void abort() {
        closeIfOpen(writer);
        if (control.isCancelled()) {
            closeIfOpen(ending);
        }
    }

    /** Throws away the segment that is open; one that is whole is given a moment to end. */
    @Override
    public void close() {
        abort();
        joinEnd();
        closeIfOpen(ending);
    }

    private static void closeIfOpen(@Nullable SegmentWriter writer) {
        if (writer != null) {
            writer.close();
        }
    }

    private void beginEnd() {
        awaitEnd();
        SegmentWriter full = writer;
        if (full != null) {
            long itsFrames = frames;
            Map<MouthResult, Long> itsMouths = mouths;
            int itsLook = lastOwnLook;
            int itsShot = lastShot;
            frames = 0;
            mouths = new EnumMap<>(MouthResult.class);
            ending = full;
            writer = null;
            ender = new PipelineThread(
                    "lipdrop-segment", control, () -> end(full, itsFrames, itsMouths, itsLook, itsShot));
        }
    }

    private void end(SegmentWriter full, long itsFrames, Map<MouthResult, Long> itsMouths, int itsLook, int itsShot)
            throws IOException {
        full.finish();
        full.close();
        checkpoint = checkpoint.with(folder, itsFrames, itsMouths, itsLook, itsShot, sourceFrames.getAsLong());
    }

    private void awaitEnd() {
        joinEnd();
        control.check();
    }

    private void joinEnd() {
        PipelineThread last = ender;
        if (last != null && !control.isCancelled()) {
            last.join(control, MILLIS_TO_END);
        }
    }
}
