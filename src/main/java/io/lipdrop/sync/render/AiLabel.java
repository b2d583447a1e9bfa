package io.lipdrop.sync.render;

import io.lipdrop.media.frame.Frame;

/** The letters "AI", small and light on a darkened field, in the lower right corner of a frame. */
final class AiLabel {
    private static final String[] LETTERS = {
        "..###...###", ".#...#...#.", ".#...#...#.", ".#####...#.", ".#...#...#.", ".#...#...#.", ".#...#..###",
    };
    private static final int COLUMNS = LETTERS[0].length();
    private static final int ROWS = LETTERS.length;
    private static final int MARGIN_DOTS = 2;
    private static final int WHITE = 225;
    private static final int NEUTRAL = 128;

    private AiLabel() {}

    /** Draws into the frame; the label is about a twentieth of the frame's height. */
    static void draw(Frame frame) {
        int dot = Math.max(1, frame.height() / 20 / (ROWS + 2 * MARGIN_DOTS));
        int width = (COLUMNS + 2 * MARGIN_DOTS) * dot / 2 * 2;
        int height = (ROWS + 2 * MARGIN_DOTS) * dot / 2 * 2;
        int left = (frame.width() - width - 2 * dot) / 2 * 2;
        int top = (frame.height() - height - 2 * dot) / 2 * 2;
        if (left < 0 || top < 0) {
            return;
        }
        byte[] data = frame.data();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = frame.lumaOffset() + (top + y) * frame.width() + left + x;
                int dark = (data[at] & 0xff) * 2 / 5 + 8;
                data[at] = (byte) (isLetter(x / dot - MARGIN_DOTS, y / dot - MARGIN_DOTS) ? WHITE : dark);
            }
        }
        fade(data, frame.cbOffset(), frame.width() / 2, left / 2, top / 2, width / 2, height / 2);
        fade(data, frame.crOffset(), frame.width() / 2, left / 2, top / 2, width / 2, height / 2);
    }

    private static boolean isLetter(int column, int row) {
        return column >= 0 && column < COLUMNS && row >= 0 && row < ROWS && LETTERS[row].charAt(column) == '#';
    }

    private static void fade(byte[] data, int plane, int stride, int left, int top, int width, int height) {
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                data[plane + y * stride + x] = (byte) NEUTRAL;
            }
        }
    }
}
