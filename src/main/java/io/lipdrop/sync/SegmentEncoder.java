package io.lipdrop.sync;

import io.lipdrop.media.EncoderSettings;
import io.lipdrop.media.Ffmpeg;
import io.lipdrop.media.Frame;
import io.lipdrop.media.SegmentWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Cuts the stream of finished frames into segments, and notes each in the checkpoint when it is safe on the disk. */
final class SegmentEncoder implements AutoCloseable {
    private final Ffmpeg ffmpeg;
    private final Path folder;
    private final RenderPlan plan;
    private final EncoderSettings settings;
    private final LongSupplier sourceFrames;
    private final LongConsumer progress;
    private Checkpoint checkpoint;
    private volatile @Nullable SegmentWriter writer;
    private volatile boolean isAborted;
    private long frames;
    private long withoutFace;

    SegmentEncoder(
            Ffmpeg ffmpeg,
            Path folder,
            RenderPlan plan,
            Checkpoint start,
            EncoderSettings settings,
            LongSupplier sourceFrames,
            LongConsumer progress) {
        this.ffmpeg = ffmpeg;
        this.folder = folder;
        this.plan = plan;
        this.checkpoint = start;
        this.settings = settings;
        this.sourceFrames = sourceFrames;
        this.progress = progress;
    }

    void write(Frame frame, boolean hasFace) throws IOException {
        SegmentWriter current = writer;
        if (current == null) {
            Path target = Checkpoint.segment(folder, checkpoint.segments().size());
            current = SegmentWriter.open(ffmpeg, target, plan.video(), settings);
            writer = current;
            if (isAborted) {
                current.close();
            }
        }
        current.write(frame);
        frames++;
        withoutFace += hasFace ? 0 : 1;
        progress.accept(checkpoint.frames() + frames);
        if (frames == plan.segmentFrames()) {
            finish();
        }
    }

    /** Ends the segment that is open, if one is. */
    void finish() throws IOException {
        SegmentWriter current = writer;
        if (current != null) {
            current.finish();
            current.close();
            checkpoint = checkpoint.with(folder, frames, withoutFace, sourceFrames.getAsLong());
            writer = null;
            frames = 0;
            withoutFace = 0;
        }
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Ends the encoder from another thread. */
    void abort() {
        isAborted = true;
        close();
    }

    @Override
    public void close() {
        SegmentWriter current = writer;
        if (current != null) {
            current.close();
        }
    }
}
