package io.lipdrop.sync.render;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.VideoStream;

/**
 * The words "AI生成", light on a darkened field, in the lower right corner of every frame. Their letters are at least a twentieth of the
 * picture's shorter side high, as GB 45438-2025 has it, and never too small to be read where the frame has room.
 */
final class AiLabel {
    /** Changes with what is drawn: a rendering with another label is not gone on with. */
    static final String VERSION = "AI生成 1";

    private static final double SHARE_OF_SHORTER_SIDE = 0.05;
    /** Chinese characters next to smaller letters cannot be read. */
    private static final int MIN_LETTER = 14;
    /** The field's border around the words, in letters' heights. */
    private static final double BORDER = 0.4;

    private static final int WHITE = 225;
    private static final int NEUTRAL = 128;

    private final LabelMask words;
    private final int left;
    private final int top;
    private final int width;
    private final int height;
    private final int border;

    private AiLabel(LabelMask words, int border, int frameWidth, int frameHeight) {
        this.words = words;
        this.border = border;
        this.width = Math.min(frameWidth, even(words.width() + 2 * border));
        this.height = Math.min(frameHeight, even(words.height() + 2 * border));
        this.left = Math.max(0, frameWidth - width - border) / 2 * 2;
        this.top = Math.max(0, frameHeight - height - border) / 2 * 2;
    }

    /** The label for the frames of a video. */
    static AiLabel of(VideoStream video) {
        int frameWidth = video.frameWidth();
        int frameHeight = video.frameHeight();
        double pixelShape = video.pixelShape().value();
        double shorter = Math.min(frameWidth * pixelShape, frameHeight);
        double wanted = Math.max(MIN_LETTER, SHARE_OF_SHORTER_SIDE * shorter + 1); // soft edges may cost a pixel
        double room = Math.min(
                frameWidth * pixelShape / (LabelMask.WIDTH + 2 * BORDER),
                frameHeight / (LabelMask.HEIGHT + 2 * BORDER));
        double letter = Math.min(wanted, room);
        return new AiLabel(
                LabelMask.scaled(letter, pixelShape), (int) Math.round(BORDER * letter), frameWidth, frameHeight);
    }

    /** Draws into a frame. */
    void draw(Frame frame) {
        byte[] data = frame.data();
        for (int y = 0; y < height; y++) {
            int at = frame.lumaOffset() + (top + y) * frame.width() + left;
            for (int x = 0; x < width; x++) {
                int dark = (data[at + x] & 0xff) * 2 / 5 + 8;
                float letter = words.at(x - border, y - border);
                data[at + x] = (byte) Math.round(dark + letter * (WHITE - dark));
            }
        }
        fade(data, frame.cbOffset(), frame.width() / 2);
        fade(data, frame.crOffset(), frame.width() / 2);
    }

    private void fade(byte[] data, int plane, int stride) {
        for (int y = top / 2; y < (top + height) / 2; y++) {
            for (int x = left / 2; x < (left + width) / 2; x++) {
                data[plane + y * stride + x] = (byte) NEUTRAL;
            }
        }
    }

    private static int even(int side) {
        return side + side % 2;
    }
}
