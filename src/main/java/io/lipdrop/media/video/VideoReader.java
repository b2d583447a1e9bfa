package io.lipdrop.media.video;

import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.ffmpeg.Child;
import io.lipdrop.media.ffmpeg.Exit;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.ffmpeg.SafeInput;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.frame.FrameShape;
import io.lipdrop.media.frame.FrameSource;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.VideoStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a video or image as frames: upright, at a constant rate ({@link VideoStream#rate()}), 4:2:0 limited range, even
 * sides. Frame {@code k} is what is shown at {@code k / rate} seconds: a varying rate repeats or drops frames so that the
 * duration stays right, and if the video starts after the sound, its first frame is shown until then.
 *
 * <p>FFmpeg conceals damage inside the file. An odd side is made even by repeating the last column or row.
 *
 * <p>{@link #close} may be called from another thread; a {@link #next} that is blocked then fails with STALLED.
 */
public final class VideoReader implements FrameSource {
    private final String name;
    private final Child child;
    private final FrameShape shape;
    private final boolean isResumed;
    private long frames;

    private VideoReader(String name, Child child, FrameShape shape, boolean isResumed) {
        this.name = name;
        this.child = child;
        this.shape = shape;
        this.isResumed = isResumed;
    }

    /**
     * Reads from frame {@code firstFrame} to the end.
     *
     * @param firstFrame 0, or a later frame of the constant-rate sequence, found by an exact seek
     * @throws MediaException NO_VIDEO or UNREADABLE
     */
    public static VideoReader open(Ffmpeg ffmpeg, Path file, MediaInfo info, long firstFrame) {
        return open(ffmpeg, file, info, firstFrame, Long.MAX_VALUE);
    }

    /** Reads at most {@code frames} frames. */
    public static VideoReader open(Ffmpeg ffmpeg, Path file, MediaInfo info, long firstFrame, long frames) {
        return start(ffmpeg, file, info, new VideoFilter(info, file, firstFrame).forwards(), firstFrame, frames);
    }

    /**
     * Reads at most {@code looks} frames per second, none twice, to analyse the video. Frames that no other frame needs are
     * not decoded.
     *
     * @throws MediaException NO_VIDEO or UNREADABLE
     */
    public static VideoReader openLooks(Ffmpeg ffmpeg, Path file, MediaInfo info, double looks) {
        String filter = new VideoFilter(info, file, 0).looks(looks);
        List<String> input = new ArrayList<>(VideoFilter.inputOf(info, 0));
        input.addAll(List.of("-skip_frame", "noref"));
        return start(ffmpeg, file, info, input, filter, 0, Long.MAX_VALUE);
    }

    /**
     * Reads at most {@code looks} frames per second of the beginning, only such as can be decoded by themselves: few, and for almost nothing.
     *
     * @param seconds what counts as the beginning
     * @throws MediaException NO_VIDEO or UNREADABLE
     */
    public static VideoReader openKeyFrames(Ffmpeg ffmpeg, Path file, MediaInfo info, double looks, double seconds) {
        String filter = new VideoFilter(info, file, 0).looksUntil(looks, seconds);
        List<String> input = new ArrayList<>(VideoFilter.inputOf(info, 0));
        input.addAll(List.of("-skip_frame", "nokey"));
        return start(ffmpeg, file, info, input, filter, 0, Long.MAX_VALUE);
    }

    /** Reads the frames from {@code firstFrame + frames - 1} back to {@code firstFrame}; the child holds all of them. */
    static VideoReader openBackwards(Ffmpeg ffmpeg, Path file, MediaInfo info, long firstFrame, int frames) {
        String filter = new VideoFilter(info, file, firstFrame).backwards(frames);
        return start(ffmpeg, file, info, filter, firstFrame, frames);
    }

    private static VideoReader start(
            Ffmpeg ffmpeg, Path file, MediaInfo info, String filter, long firstFrame, long frames) {
        return start(ffmpeg, file, info, VideoFilter.inputOf(info, firstFrame), filter, firstFrame, frames);
    }

    private static VideoReader start(
            Ffmpeg ffmpeg, Path file, MediaInfo info, List<String> input, String filter, long firstFrame, long frames) {
        String name = SafeInput.nameOf(file);
        VideoStream video = info.video().orElseThrow();
        List<String> output = new ArrayList<>(VideoFilter.outputOf(info, filter));
        if (frames < Long.MAX_VALUE) {
            output.addAll(List.of("-frames:v", Long.toString(frames)));
        }
        output.addAll(List.of("-f", "rawvideo", "pipe:1"));
        Child child = ffmpeg.read(file, info.container(), input, output);
        return new VideoReader(name, child, new FrameShape(video.width(), video.height()), firstFrame > 0);
    }

    /**
     * The next frame, written into {@code into}; null at the end.
     *
     * @throws MediaException DAMAGED when the file gave no frame at all; DECODER_CRASHED, OUT_OF_MEMORY, STALLED
     */
    @Override
    public @Nullable Frame next(Frame into) {
        try {
            if (shape.read(child.output(), into)) {
                frames++;
                return into;
            }
        } catch (IOException e) {
            // The pipe broke: see the exit status.
        }
        Exit exit = child.waitForExit();
        if (exit.isViolent() || (frames == 0 && !isResumed)) {
            throw exit.failure(name, Kind.DAMAGED);
        }
        return null;
    }

    /** Process number of the decoder. */
    public long pid() {
        return child.pid();
    }

    @Override
    public void close() {
        child.close();
    }
}
