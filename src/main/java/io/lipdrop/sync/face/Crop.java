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
    private static final int MOST_SAMPLES = 4;

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
        int samples = Math.max(1, Math.min(MOST_SAMPLES, Math.round(step)));
        for (int row = 0; row < side; row++) {
            float x = square.centerX() - dx * half - dy * (row - half);
            float y = square.centerY() - dy * half + dx * (row - half);
            for (int column = 0; column < side; column++, x += dx, y += dy) {
                if (samples == 1) {
                    put(row * side + column, bilinear(frame, x, y), frame, x, y);
                } else {
                    put(row * side + column, mean(frame, x, y, dx, dy, samples), frame, x, y);
                }
            }
        }
        buffer.clear();
        buffer.put(values).flip();
        return buffer;
    }

    private void put(int pixel, float luma, Frame frame, float x, float y) {
        int column = Math.round(x) >> 1;
        int row = Math.round(y) >> 1;
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
        float sum = 0;
        for (int i = 0; i < samples; i++) {
            float v = (i + 0.5f) / samples - 0.5f;
            for (int j = 0; j < samples; j++) {
                float u = (j + 0.5f) / samples - 0.5f;
                sum += luma(frame, Math.round(x + u * dx - v * dy), Math.round(y + u * dy + v * dx));
            }
        }
        return sum / (samples * samples);
    }

    private static float bilinear(Frame frame, float x, float y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float u = x - left;
        float v = y - top;
        float above = luma(frame, left, top) * (1 - u) + luma(frame, left + 1, top) * u;
        float below = luma(frame, left, top + 1) * (1 - u) + luma(frame, left + 1, top + 1) * u;
        return above * (1 - v) + below * v;
    }

    private static float luma(Frame frame, int x, int y) {
        if (x < 0 || y < 0 || x >= frame.width() || y >= frame.height()) {
            return 16;
        }
        return frame.data()[frame.lumaOffset() + y * frame.width() + x] & 255;
    }

    private static float clip(float value) {
        return Math.max(0, Math.min(1, value));
    }
}
