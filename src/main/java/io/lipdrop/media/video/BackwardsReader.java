package io.lipdrop.media.video;

import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.frame.FrameSource;
import io.lipdrop.media.probe.MediaInfo;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Source frames in descending order. Video decodes forwards only, so it is read in chunks: while one is delivered, the one
 * before it is already being decoded. At most two chunks are held, each by its own process.
 */
final class BackwardsReader implements FrameSource {
    private final Ffmpeg ffmpeg;
    private final Path file;
    private final MediaInfo info;
    private final int chunkFrames;
    /** Source frames from here down to {@code end} have no decoder yet. */
    private long next;

    private final long end;
    private volatile @Nullable Chunk current;
    private volatile @Nullable Chunk ahead;
    private volatile boolean isClosed;
    private long delivered;

    private record Chunk(VideoReader reader, long frames) {}

    /**
     * Reads {@code frames} frames from {@code from} downwards.
     *
     * @param chunkFrames how many frames a decoder holds
     */
    BackwardsReader(Ffmpeg ffmpeg, Path file, MediaInfo info, long from, long frames, int chunkFrames) {
        this.ffmpeg = ffmpeg;
        this.file = file;
        this.info = info;
        this.next = from;
        this.end = from - frames;
        this.chunkFrames = chunkFrames;
        this.ahead = open();
    }

    /** The next frame in descending order; null for one that could not be decoded. */
    @Override
    public @Nullable Frame next(Frame into) {
        Chunk chunk = current;
        if (chunk == null || delivered == chunk.frames()) {
            if (chunk != null) {
                chunk.reader().close();
            }
            chunk = ahead;
            current = chunk;
            ahead = open();
            delivered = 0;
        }
        delivered++;
        return chunk == null ? null : chunk.reader().next(into);
    }

    private @Nullable Chunk open() {
        int frames = (int) Math.min(next - end, chunkFrames);
        if (frames == 0 || isClosed) {
            return null;
        }
        next -= frames;
        VideoReader reader = VideoReader.openBackwards(ffmpeg, file, info, next + 1, frames);
        if (isClosed) {
            reader.close();
        }
        return new Chunk(reader, frames);
    }

    @Override
    public void close() {
        isClosed = true;
        close(current);
        close(ahead);
    }

    private static void close(@Nullable Chunk chunk) {
        if (chunk != null) {
            chunk.reader().close();
        }
    }
}
