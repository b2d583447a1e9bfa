package io.lipdrop.sync;

import io.lipdrop.media.EncoderSettings;
import io.lipdrop.media.Ffmpeg;
import io.lipdrop.media.Frame;
import io.lipdrop.media.SegmentWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream of finished frames into segments, and notes each in the checkpoint when it is safe on the disk. An encoder
 * holds back some twenty frames; while it ends, the next one takes frames already. There are never more than two.
 */
final class SegmentEncoder implements AutoCloseable {
    private static final int SECONDS_TO_END = 5;

    private final Ffmpeg ffmpeg;
    private final Path folder;
    private final RenderPlan plan;
    private final EncoderSettings settings;
    private final LongSupplier sourceFrames;
    private final LongConsumer progress;
    private int segments;
    private long framesInAll;
    private volatile Checkpoint checkpoint;
    private volatile @Nullable SegmentWriter writer;
    private volatile @Nullable SegmentWriter ending;
    private volatile boolean isAborted;
    private volatile CompletableFuture<Void> end = CompletableFuture.completedFuture(null);
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
        this.segments = start.segments().size();
        this.framesInAll = start.frames();
        this.checkpoint = start;
        this.settings = settings;
        this.sourceFrames = sourceFrames;
        this.progress = progress;
    }

    void write(Frame frame, boolean hasFace) throws IOException {
        SegmentWriter current = writer;
        if (current == null) {
            current = SegmentWriter.open(ffmpeg, Checkpoint.segment(folder, segments++), plan.video(), settings);
            writer = current;
            if (isAborted) {
                current.close();
            }
        }
        current.write(frame);
        frames++;
        withoutFace += hasFace ? 0 : 1;
        progress.accept(++framesInAll);
        if (end.isDone()) {
            awaitEnd(); // what it failed of ends the job now, not with the next segment
        }
        if (frames == plan.segmentFrames()) {
            beginEnd();
            if (current.isHardware()) {
                awaitEnd();
            }
        }
    }

    /** Ends the segments that are open. */
    void finish() throws IOException {
        beginEnd();
        awaitEnd();
    }

    /** The checkpoint of the segments that have ended. */
    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Lets nothing more be written, from another thread. A segment that is whole is given a moment to end. */
    void abort() {
        isAborted = true;
        closeIfOpen(writer);
        end.orTimeout(SECONDS_TO_END, TimeUnit.SECONDS);
    }

    /** Throws away the segment that is open. A thread that hangs on a dead disk is left behind. */
    @Override
    public void close() {
        abort();
        end.exceptionally(met -> null).join();
        closeIfOpen(ending);
    }

    private static void closeIfOpen(@Nullable SegmentWriter writer) {
        if (writer != null) {
            writer.close();
        }
    }

    private void beginEnd() throws IOException {
        awaitEnd();
        SegmentWriter full = writer;
        if (full != null) {
            ending = full;
            writer = null;
            long itsFrames = frames;
            long itsWithoutFace = withoutFace;
            frames = 0;
            withoutFace = 0;
            end = CompletableFuture.runAsync(() -> end(full, itsFrames, itsWithoutFace), SegmentEncoder::inThread);
            if (isAborted) {
                abort(); // it may have seen the end before this one
            }
        }
    }

    private void end(SegmentWriter full, long itsFrames, long itsWithoutFace) {
        full.finish();
        full.close();
        try {
            checkpoint = checkpoint.with(folder, itsFrames, itsWithoutFace, sourceFrames.getAsLong());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitEnd() throws IOException {
        try {
            end.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException met) {
                throw met.getCause();
            }
            if (e.getCause() instanceof RuntimeException met) {
                throw met;
            }
            if (e.getCause() instanceof Error met) {
                throw met;
            }
            throw e;
        }
    }

    private static void inThread(Runnable task) {
        Thread thread = new Thread(task, "lipdrop-segment");
        thread.setDaemon(true);
        thread.start();
    }
}
