package io.lipdrop.media.probe;

import io.lipdrop.media.frame.Colour;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.frame.Orientation;
import io.lipdrop.media.frame.Rational;
import io.lipdrop.media.video.VideoReader;

/**
 * The video (or image) stream of a file, as {@link VideoReader} delivers it.
 *
 * @param index the stream's number in the file
 * @param codec FFmpeg's name of the codec
 * @param width width after rotation; may be odd
 * @param height height after rotation; may be odd
 * @param pixelShape sample aspect ratio after rotation
 * @param rate the constant rate at which frames are delivered
 * @param repeats how many times each frame is delivered; more than once below 20 frames per second
 * @param orientation rotation and mirroring of the stored frames
 * @param isStill whether this is an image (png, jpg, avif, a video of one frame)
 * @param seconds its length from a header, 0 if unknown or an image
 * @param colour the colour space
 * @param format the decoder's pixel format
 * @param startSeconds timestamp of the first frame
 * @param lateSeconds how much later than the file the video starts
 */
public record VideoStream(
        int index,
        String codec,
        int width,
        int height,
        Rational pixelShape,
        Rational rate,
        int repeats,
        Orientation orientation,
        boolean isStill,
        double seconds,
        Colour colour,
        String format,
        double startSeconds,
        double lateSeconds) {

    /** Width of the frames: {@link #width()} made even by repeating the last column. */
    public int frameWidth() {
        return width + width % 2;
    }

    /** Height of the frames: {@link #height()} made even by repeating the last row. */
    public int frameHeight() {
        return height + height % 2;
    }

    /** A frame of the right size for {@link VideoReader#next}. */
    public Frame newFrame() {
        return new Frame(frameWidth(), frameHeight());
    }

    /** Width before rotation, as the file has it. */
    public int storedWidth() {
        return orientation.swapsSides() ? height : width;
    }

    /** Height before rotation, as the file has it. */
    public int storedHeight() {
        return orientation.swapsSides() ? width : height;
    }

    /** The same video in a remuxed copy, with another stream index and start. */
    VideoStream in(VideoStream copy) {
        return new VideoStream(
                copy.index,
                codec,
                width,
                height,
                pixelShape,
                rate,
                repeats,
                orientation,
                isStill,
                seconds,
                colour,
                format,
                copy.startSeconds,
                lateSeconds);
    }
}
