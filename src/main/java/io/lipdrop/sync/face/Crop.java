package io.lipdrop.sync.face;

import io.lipdrop.media.Frame;
import io.lipdrop.onnx.OnnxModel;
import java.nio.FloatBuffer;

/** Cuts a turned square out of a frame as the RGB picture a network wants; outside the frame it is black. */
final class Crop {
    /** How the network wants its input: channels last or first, and what black and white are. */
    enum Layout {
        /** {@code [1, side, side, 3]} from −1 to 1. */
        LAST_SIGNED,
        /** {@code [1, 3, side, side]} from 0 to 1. */
        FIRST_UNSIGNED
    }

    /** Samples along one side of a network pixel; more see no more. */
    private static final int MOST_SAMPLES = 3;

    private final int side;
    private final Layout layout;
    private final float[] values;
    private final FloatBuffer buffer;

    Crop(int side, Layout layout) {
        this.side = side;
        this.layout = layout;
        this.values = new float[side * side * 3];
        this.buffer = OnnxModel.buffer(values.length);
    }

    /** The network's input for this square, good until the next call. */
    FloatBuffer of(Frame frame, Square square) {
        float step = square.side() / side;
        float dx = (float) Math.cos(square.roll()) * step;
        float dy = (float) Math.sin(square.roll()) * step;
        float half = (side - 1) / 2f;
        int samples = Math.max(1, Math.min(MOST_SAMPLES, Math.round(0.6f * step)));
        boolean inside = isInside(frame, square);
        for (int row = 0; row < side; row++) {
            float x = square.centerX() - dx * half - dy * (row - half);
            float y = square.centerY() - dy * half + dx * (row - half);
            for (int column = 0; column < side; column++, x += dx, y += dy) {
                float luma;
                if (samples == 1) {
                    luma = bilinear(frame, x, y);
                } else if (inside) {
                    luma = meanInside(frame, x, y, dx, dy, samples);
                } else {
                    luma = mean(frame, x, y, dx, dy, samples);
                }
                put(row * side + column, luma, frame, x, y);
            }
        }
        buffer.clear();
        buffer.put(values).flip();
        return buffer;
    }

    private void put(int pixel, float luma, Frame frame, float x, float y) {
        int column = floor(x + 0.5f) >> 1;
        int row = floor(y + 0.5f) >> 1;
        int width = frame.width() / 2;
        boolean inside = column >= 0 && row >= 0 && column < width && row < frame.height() / 2;
        int at = row * width + column;
        float cb = inside ? (frame.data()[frame.cbOffset() + at] & 255) - 128 : 0;
        float cr = inside ? (frame.data()[frame.crOffset() + at] & 255) - 128 : 0;
        // ITU-R BT.601, limited range, to 0 … 1.
        float grey = (luma - 16) * (1 / 219f);
        float red = clip(grey + cr * (1.402f / 224));
        float green = clip(grey - cb * (0.344136f / 224) - cr * (0.714136f / 224));
        float blue = clip(grey + cb * (1.772f / 224));
        if (layout == Layout.FIRST_UNSIGNED) {
            values[pixel] = red;
            values[pixel + side * side] = green;
            values[pixel + 2 * side * side] = blue;
        } else {
            values[3 * pixel] = 2 * red - 1;
            values[3 * pixel + 1] = 2 * green - 1;
            values[3 * pixel + 2] = 2 * blue - 1;
        }
    }

    private static float mean(Frame frame, float x, float y, float dx, float dy, int samples) {
        float part = 1f / samples;
        float first = part / 2 - 0.5f;
        int sum = 0;
        for (int i = 0; i < samples; i++) {
            float v = first + i * part;
            for (int j = 0; j < samples; j++) {
                float u = first + j * part;
                sum += luma(frame, floor(x + u * dx - v * dy + 0.5f), floor(y + u * dy + v * dx + 0.5f));
            }
        }
        return sum * part * part;
    }

    /** The same where no sample can lie outside the frame. */
    private static float meanInside(Frame frame, float x, float y, float dx, float dy, int samples) {
        byte[] data = frame.data();
        int width = frame.width();
        float part = 1f / samples;
        float first = part / 2 - 0.5f;
        float fromX = x + first * (dx - dy) + 0.5f;
        float fromY = y + first * (dx + dy) + 0.5f;
        float stepX = dx * part;
        float stepY = dy * part;
        int sum = 0;
        for (int i = 0; i < samples; i++) {
            float u = fromX - i * stepY;
            float v = fromY + i * stepX;
            for (int j = 0; j < samples; j++, u += stepX, v += stepY) {
                sum += data[((int) v) * width + (int) u] & 255;
            }
        }
        return sum * part * part;
    }

    private static boolean isInside(Frame frame, Square square) {
        float reach = square.side() * 0.708f + 1;
        return square.centerX() - reach >= 0
                && square.centerY() - reach >= 0
                && square.centerX() + reach < frame.width() - 1
                && square.centerY() + reach < frame.height() - 1;
    }

    private static float bilinear(Frame frame, float x, float y) {
        int left = floor(x);
        int top = floor(y);
        float u = x - left;
        float v = y - top;
        float above = luma(frame, left, top) * (1 - u) + luma(frame, left + 1, top) * u;
        float below = luma(frame, left, top + 1) * (1 - u) + luma(frame, left + 1, top + 1) * u;
        return above * (1 - v) + below * v;
    }

    private static int luma(Frame frame, int x, int y) {
        if (x < 0 || y < 0 || x >= frame.width() || y >= frame.height()) {
            return 16;
        }
        return frame.data()[frame.lumaOffset() + y * frame.width() + x] & 255;
    }

    /** Much faster than the library's, which asks for more than coordinates need. */
    private static int floor(float value) {
        int truncated = (int) value;
        return truncated > value ? truncated - 1 : truncated;
    }

    private static float clip(float value) {
        return value < 0 ? 0 : value > 1 ? 1 : value;
    }
}
