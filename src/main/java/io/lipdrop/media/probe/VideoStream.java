package io.lipdrop.media.probe;

import io.lipdrop.media.frame.Colour;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.frame.Orientation;
import io.lipdrop.media.frame.Rational;
import io.lipdrop.media.video.VideoReader;

/**
 * The moving (or still) picture of a file, as {@link VideoReader} delivers it.
 *
 * @param index the stream's number in the file
 * @param codec FFmpeg's name of the codec
 * @param width columns of the upright picture; may be odd
 * @param height rows of the upright picture; may be odd
 * @param pixelShape sample aspect ratio of the upright picture
 * @param rate the constant rate at which frames are delivered
 * @param repeats how many times each frame comes, more than once where the video has fewer than 20 a second
 * @param orientation what is done to the stored picture to make it upright
 * @param isStill whether this is one picture (png, jpg, avif, a film of one frame)
 * @param seconds how long it is as the file says, 0 where it does not say so in a header or is a picture
 * @param colour what the values mean
 * @param format the decoder's pixel format
 * @param startSeconds the first picture's stamp on the file's own clock
 * @param lateSeconds by how much the picture starts after the file does
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

    public int storedWidth() {
        return orientation.swapsSides() ? height : width;
    }

    public int storedHeight() {
        return orientation.swapsSides() ? width : height;
    }

    /** The same picture in a copy of the film, where it has another number and starts at another stamp. */
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
