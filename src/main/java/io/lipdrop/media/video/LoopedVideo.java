package io.lipdrop.media.video;

import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.ffmpeg.Abort;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.ffmpeg.SafeInput;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.frame.FrameSource;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.VideoStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Delivers an exact number of frames from a video of any length. Memory is bounded: a backwards pass is decoded in chunks.
 *
 * <p>{@link #close} may be called from another thread; a {@link #next} that is blocked then fails with STALLED.
 */
public final class LoopedVideo implements AutoCloseable {

    /** How a video is extended to a longer sound. */
    public enum Fill {
        /** Forwards, backwards, forwards…; the frames at the turning points are shown once. */
        PINGPONG,
        /** From the start again. */
        LOOP,
        /** The last frame stays. */
        HOLD,
        /** Ends with the shorter of the two. */
        TRIM
    }

    /**
     * Memory of one decoder of a backwards pass; two run at once. Each chunk must be decoded from the key frame before it,
     * so half the size would cost a third more decoding in a video with a key frame every ten seconds.
     */
    private static final long CHUNK_BYTES = 100_000_000;

    private static final int NEARBY_FRAMES = 300;

    private final Ffmpeg ffmpeg;
    private final Path file;
    private final MediaInfo info;
    private final Fill fill;
    private final long frames;
    private int chunkFrames;
    private final Frame held;
    private long heldSource = -1;
    private long position;
    private long sourceFrames;
    private @Nullable FrameSource reader;
    private long readerRemaining;
    private long readerOpenedAt;
    private volatile @Nullable Runnable closeable;
    private volatile boolean isClosed;

    private LoopedVideo(Ffmpeg ffmpeg, Path file, MediaInfo info, Fill fill, long frames, long position) {
        VideoStream video = info.requireVideo(SafeInput.nameOf(file));
        this.ffmpeg = ffmpeg;
        this.file = file;
        this.info = info;
        this.fill = fill;
        this.frames = frames;
        this.position = position;
        this.sourceFrames = video.isStill() ? 1 : 0;
        this.held = video.newFrame();
        this.chunkFrames = (int) Math.max(2, CHUNK_BYTES / held.data().length);
    }

    /**
     * Delivers the sequence from {@code firstFrame} on.
     *
     * @param frames the total number of frames
     * @param firstFrame where to start in the whole sequence: 0, or where an earlier run stopped
     * @param sourceFrames {@link #sourceFrames()} of that earlier run; 0 counts again if needed
     */
    public static LoopedVideo open(
            Ffmpeg ffmpeg, Path file, MediaInfo info, Fill fill, long frames, long firstFrame, long sourceFrames) {
        LoopedVideo video = new LoopedVideo(ffmpeg, file, info, fill, frames, firstFrame);
        video.sourceFrames = Math.max(video.sourceFrames, sourceFrames);
        return video;
    }

    /** Backwards passes in smaller steps, for tests. */
    LoopedVideo withChunksOf(int frames) {
        chunkFrames = frames;
        return this;
    }

    /** The actual number of source frames; 0 until the end was reached. */
    public long sourceFrames() {
        return sourceFrames;
    }

    /**
     * The next frame, written into {@code into}; null when all are delivered, or with TRIM at the end of the source.
     *
     * @throws MediaException as {@link VideoReader#next}
     */
    public @Nullable Frame next(Frame into) {
        while (position < frames) {
            if (sourceFrames == 0) {
                if (readUntilTheEndIsFound(into)) {
                    return into;
                }
                continue;
            }
            if (fill == Fill.TRIM && position >= sourceFrames) {
                return null;
            }
            FillOrder.Run run = FillOrder.at(fill, sourceFrames, position);
            if (run.isHold() || !readFrom(run, into)) {
                hold(run.source(), into);
            }
            position++;
            return into;
        }
        return null;
    }

    /** The first pass: the number of frames is not known yet. */
    private boolean readUntilTheEndIsFound(Frame into) {
        FrameSource current = reader;
        if (current == null) {
            readerOpenedAt = position;
            current = use(VideoReader.open(ffmpeg, file, info, position));
        }
        if (current.next(into) != null) {
            position++;
            return true;
        }
        drop();
        sourceFrames = position > 0 && position == readerOpenedAt ? counted() : position;
        return false;
    }

    private long counted() {
        Abort abort = new Abort();
        endWith(abort::abort);
        return FrameCount.of(ffmpeg, file, info, frames, abort);
    }

    private boolean readFrom(FillOrder.Run run, Frame into) {
        FrameSource current = reader;
        if (current == null || readerRemaining == 0) {
            drop();
            readerRemaining = run.length();
            current = use(
                    run.step() > 0
                            ? VideoReader.open(ffmpeg, file, info, run.source(), run.length())
                            : new BackwardsReader(ffmpeg, file, info, run.source(), run.length(), chunkFrames));
        }
        readerRemaining--;
        return current.next(into) != null;
    }

    /** Delivers a source frame from memory; decodes it first if needed. */
    private void hold(long source, Frame into) {
        if (heldSource != source) {
            if (readerRemaining == 0) {
                drop();
            }
            long[] starts = {source, Math.max(0, source - NEARBY_FRAMES), 0};
            for (int i = 0; i < starts.length && heldSource != source; i++) {
                load(starts[i], source);
            }
            if (heldSource != source) {
                throw new MediaException(
                        Kind.DAMAGED,
                        SafeInput.nameOf(file) + " is damaged: it gives different frames each time it is decoded.");
            }
        }
        System.arraycopy(held.data(), 0, into.data(), 0, held.data().length);
    }

    /** Decodes from {@code start} and keeps the last frame that comes, at {@code source} at the latest. */
    private void load(long start, long source) {
        try (VideoReader single = guard(VideoReader.open(ffmpeg, file, info, start, source - start + 1))) {
            while (single.next(held) != null) {
                heldSource = source;
            }
        } finally {
            FrameSource other = reader;
            closeable = other == null ? null : other::close;
        }
    }

    private FrameSource use(FrameSource opened) {
        reader = guard(opened);
        return opened;
    }

    private <T extends FrameSource> T guard(T opened) {
        endWith(opened::close);
        return opened;
    }

    private void endWith(Runnable close) {
        closeable = close;
        if (isClosed) {
            close.run();
        }
    }

    private void drop() {
        FrameSource current = reader;
        if (current != null) {
            current.close();
        }
        reader = null;
    }

    @Override
    public void close() {
        isClosed = true;
        Runnable current = closeable;
        if (current != null) {
            current.run();
        }
    }
}
