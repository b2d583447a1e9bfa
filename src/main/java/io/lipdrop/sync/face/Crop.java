package io.lipdrop.sync.face;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.sync.pixel.Levels;
import io.lipdrop.sync.pixel.Scalars;
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
    private static final int MAX_SAMPLES = 3;
    /** So many for each pixel of the frame that a network pixel is wide; by eye. */
    private static final float SAMPLES_PER_PIXEL = 0.6f;

    /** Ranges of luma and chroma, and what chroma adds to red, green and blue: ITU-R BT.601, limited range. */
    private static final float LUMA_RANGE = 219;

    private static final float RED_PER_CR = 1.402f / 224;
    private static final float GREEN_PER_CB = 0.344136f / 224;
    private static final float GREEN_PER_CR = 0.714136f / 224;
    private static final float BLUE_PER_CB = 1.772f / 224;

    /** Places in the frame are whole numbers of 1/16384 pixel: far finer than the eye, and room for 131,072 pixels. */
    private static final int BITS = 14;

    private static final int ONE = 1 << BITS;
    private static final int HALF = ONE / 2;

    private final int side;
    private final Layout layout;
    private final float[] values;
    private final FloatBuffer buffer;
    private final int[] sampleX = new int[MAX_SAMPLES * MAX_SAMPLES];
    private final int[] sampleY = new int[MAX_SAMPLES * MAX_SAMPLES];
    private int samples;

    Crop(int side, Layout layout) {
        this.side = side;
        this.layout = layout;
        this.values = new float[side * side * 3];
        this.buffer = OnnxModel.buffer(values.length);
    }

    /** The network's input for this square, good until the next call. */
    FloatBuffer take(Frame frame, Square square) {
        float step = square.side() / side;
        int dx = fixed((float) Math.cos(square.roll()) * step);
        int dy = fixed((float) Math.sin(square.roll()) * step);
        placeSamples(dx, dy, clamp(Math.round(SAMPLES_PER_PIXEL * step), 1, MAX_SAMPLES));
        int half = side - 1;
        int startX = fixed(square.centerX()) - (int) ((long) dx * half / 2) + (int) ((long) dy * half / 2);
        int startY = fixed(square.centerY()) - (int) ((long) dy * half / 2) - (int) ((long) dx * half / 2);
        for (int row = 0; row < side; row++) {
            cut(frame, row, startX - row * dy, startY + row * dx, dx, dy);
        }
        buffer.clear();
        buffer.put(values).flip();
        return buffer;
    }

    /** Where the samples of a network pixel lie about its centre, with the half that rounds to the nearest pixel. */
    private void placeSamples(int dx, int dy, int along) {
        samples = along * along;
        for (int i = 0; i < along; i++) {
            int v = 2 * i + 1 - along;
            for (int j = 0; j < along; j++) {
                int u = 2 * j + 1 - along;
                sampleX[i * along + j] = (u * dx - v * dy) / (2 * along) + HALF;
                sampleY[i * along + j] = (u * dy + v * dx) / (2 * along) + HALF;
            }
        }
    }

    private void cut(Frame frame, int row, int startX, int startY, int dx, int dy) {
        int reach = Math.abs(dx) + Math.abs(dy) + ONE;
        int right = (frame.width() - 1) * ONE - reach;
        int bottom = (frame.height() - 1) * ONE - reach;
        int x = startX;
        int y = startY;
        for (int column = 0; column < side; column++, x += dx, y += dy) {
            boolean isInside = x >= reach && y >= reach && x < right && y < bottom;
            float luma = isInside
                    ? samples == 1 ? bilinear(frame, x, y) : mean(frame, x, y)
                    : samples == 1 ? bilinearAtEdge(frame, x, y) : meanAtEdge(frame, x, y);
            put(row * side + column, luma, frame, x, y);
        }
    }

    /** The nearest chroma, as if it lay between two columns: half a pixel aside, which the networks hardly see (lips: 0.002 eye distances). */
    private void put(int pixel, float luma, Frame frame, int x, int y) {
        int column = (x + HALF) >> (BITS + 1);
        int row = (y + HALF) >> (BITS + 1);
        int width = frame.width() / 2;
        boolean inside = column >= 0 && row >= 0 && column < width && row < frame.height() / 2;
        int at = row * width + column;
        float cb = inside ? (frame.data()[frame.cbOffset() + at] & 255) - Levels.GREY : 0;
        float cr = inside ? (frame.data()[frame.crOffset() + at] & 255) - Levels.GREY : 0;
        float grey = (luma - Levels.BLACK) * (1 / LUMA_RANGE);
        float red = clamp(grey + cr * RED_PER_CR);
        float green = clamp(grey - cb * GREEN_PER_CB - cr * GREEN_PER_CR);
        float blue = clamp(grey + cb * BLUE_PER_CB);
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

    private float mean(Frame frame, int x, int y) {
        byte[] data = frame.data();
        int width = frame.width();
        int luma = frame.lumaOffset();
        int sum = 0;
        for (int i = 0; i < samples; i++) {
            sum += data[luma + ((y + sampleY[i]) >> BITS) * width + ((x + sampleX[i]) >> BITS)] & 255;
        }
        return sum / (float) samples;
    }

    private float meanAtEdge(Frame frame, int x, int y) {
        int sum = 0;
        for (int i = 0; i < samples; i++) {
            sum += luma(frame, (x + sampleX[i]) >> BITS, (y + sampleY[i]) >> BITS);
        }
        return sum / (float) samples;
    }

    private static float bilinear(Frame frame, int x, int y) {
        byte[] data = frame.data();
        int at = frame.lumaOffset() + (y >> BITS) * frame.width() + (x >> BITS);
        int below = at + frame.width();
        return between(data[at] & 255, data[at + 1] & 255, data[below] & 255, data[below + 1] & 255, x, y);
    }

    private static float bilinearAtEdge(Frame frame, int x, int y) {
        int left = x >> BITS;
        int top = y >> BITS;
        return between(
                luma(frame, left, top),
                luma(frame, left + 1, top),
                luma(frame, left, top + 1),
                luma(frame, left + 1, top + 1),
                x,
                y);
    }

    private static float between(int topLeft, int topRight, int bottomLeft, int bottomRight, int x, int y) {
        float u = (x & (ONE - 1)) * (1f / ONE);
        float v = (y & (ONE - 1)) * (1f / ONE);
        return Scalars.bilinear(topLeft, topRight, bottomLeft, bottomRight, u, v);
    }

    private static int luma(Frame frame, int x, int y) {
        if (x < 0 || y < 0 || x >= frame.width() || y >= frame.height()) {
            return Levels.BLACK;
        }
        return frame.data()[frame.lumaOffset() + y * frame.width() + x] & 255;
    }

    private static int fixed(float value) {
        return Math.round(value * ONE);
    }
}
