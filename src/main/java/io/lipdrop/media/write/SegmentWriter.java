package io.lipdrop.media.write;

import io.lipdrop.files.PendingFile;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.ffmpeg.Child;
import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.ffmpeg.Exit;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.ffmpeg.H264Encoder;
import io.lipdrop.media.ffmpeg.SafeInput;
import io.lipdrop.media.frame.Colour;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.media.video.VideoFilter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Encodes frames into one segment of H.264, in the NUT container, for {@link FinalMux}. Each segment
 * starts with a key frame and carries its own parameter sets.
 *
 * <p>{@link #close} may be called from another thread; a {@link #write} or {@link #finish} that is blocked then fails with
 * STALLED.
 */
public final class SegmentWriter implements AutoCloseable {
    private final PendingFile pending;
    private final Child child;
    private final BooleanSupplier opens;
    private final int width;
    private final int height;
    private final boolean isHardware;
    private boolean isFinished;

    private SegmentWriter(
            PendingFile pending, Child child, BooleanSupplier opens, VideoStream video, boolean isHardware) {
        this.pending = pending;
        this.child = child;
        this.opens = opens;
        this.isHardware = isHardware;
        this.width = video.frameWidth();
        this.height = video.frameHeight();
    }

    /** Starts an encoder. The frame size, rate, pixel shape and colours are those of {@code video}, the source. */
    public static SegmentWriter open(Ffmpeg ffmpeg, Path target, VideoStream video, EncoderSettings settings) {
        SafeInput.checkWritable(target);
        PendingFile pending = new PendingFile(target);
        String encoder = settings.codec().equals("auto") ? ffmpeg.videoEncoder() : settings.codec();
        List<String> arguments =
                new ArrayList<>(H264Encoder.rawInput(video.frameWidth(), video.frameHeight(), video.rate()));
        arguments.addAll(List.of("-filter:v", tags(video)));
        arguments.addAll(H264Encoder.options(encoder, settings));
        arguments.addAll(List.of("-bsf:v", "dump_extra=freq=keyframe"));
        arguments.addAll(List.of("-f", "nut", Ffmpeg.url(pending.path())));
        BooleanSupplier opens = settings.codec().equals("auto") ? () -> H264Encoder.opens(ffmpeg, encoder) : () -> true;
        return new SegmentWriter(pending, ffmpeg.write(target, arguments), opens, video, !encoder.startsWith("lib"));
    }

    /** Whether a GPU encodes: many allow only a few open encoders. */
    public boolean isHardware() {
        return isHardware;
    }

    /** Encodes one frame; returns when the encoder has taken it. */
    public void write(Frame frame) {
        if (frame.width() != width || frame.height() != height) {
            throw new IllegalArgumentException("The segment's frames are " + width + "×" + height);
        }
        try {
            child.input().write(frame.data());
        } catch (IOException e) {
            throw failure(child.waitForExit());
        }
    }

    /** Waits for the encoder, forces the segment to disk and renames it. */
    public void finish() {
        try (OutputStream in = child.input()) {
            in.flush();
        } catch (IOException e) {
            throw failure(child.waitForExit());
        }
        Exit exit = child.waitForExit();
        if (!exit.isSuccess()) {
            throw failure(exit);
        }
        try {
            pending.commit();
            isFinished = true;
        } catch (IOException e) {
            throw new MediaException(Kind.DISK_FULL, name() + " could not be written: " + e.getMessage(), e);
        }
    }

    /** Process number of the encoder. */
    public long pid() {
        return child.pid();
    }

    /** Ends the encoder; an unfinished segment is deleted. */
    @Override
    public void close() {
        child.close();
        if (!isFinished) {
            pending.close();
        }
    }

    private MediaException failure(Exit exit) {
        MediaException failure = exit.failureToWrite(pending.target());
        if (failure.kind() == Kind.ENCODER_FAILED && !opens.getAsBoolean()) {
            return new MediaException(Kind.NOT_STARTED, "The encoder does not open anymore.", failure);
        }
        return failure;
    }

    private String name() {
        return SafeInput.nameOf(pending.target());
    }

    private static String tags(VideoStream video) {
        Colour colour = video.colour();
        String matrix = colour.matrix().equals("gbr") ? VideoFilter.matrix(video) : colour.matrix();
        return "setsar=%s,setparams=range=limited:colorspace=%s:color_primaries=%s:color_trc=%s"
                .formatted(video.pixelShape(), matrix, colour.primaries(), colour.transfer());
    }
}
