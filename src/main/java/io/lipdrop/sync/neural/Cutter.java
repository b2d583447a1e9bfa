package io.lipdrop.sync.neural;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.pixel.Chroma;
import io.lipdrop.sync.pixel.Samples;

/** Cuts a window out of a frame at a network's size: the mean of the pixels that a pixel of the patch covers. */
final class Cutter {
    /** Samples along one side of a patch's pixel; more see no more. */
    private static final int MAX_SAMPLES = 8;

    private final Patch patch;
    private byte[] data = new byte[0];
    private int offset;
    private int width;
    private int height;

    Cutter(Patch patch) {
        this.patch = patch;
    }

    /** Fills the patch; outside the frame is its border. */
    void cut(Frame frame, Window window) {
        data = frame.data();
        plane(frame.lumaOffset(), frame.width(), frame.height());
        cut(window, 1, 0, patch.planes()[0]);
        float scale = 1f / Chroma.STEP;
        plane(frame.cbOffset(), frame.width() / Chroma.STEP, frame.height() / Chroma.STEP);
        cut(window, scale, scale * Chroma.DOWN, patch.planes()[1]);
        plane(frame.crOffset(), frame.width() / Chroma.STEP, frame.height() / Chroma.STEP);
        cut(window, scale, scale * Chroma.DOWN, patch.planes()[2]);
    }

    private void plane(int newOffset, int newWidth, int newHeight) {
        offset = newOffset;
        width = newWidth;
        height = newHeight;
    }

    /** Fills a plane of the patch from one of the frame with this scale; its rows are this much higher. */
    private void cut(Window window, float scale, float higher, float[] into) {
        int side = patch.side();
        float stepX = scale * window.acrossX() / side;
        float stepY = scale * window.acrossY() / side;
        float downX = scale * window.downX() / side;
        float downY = scale * window.downY() / side;
        float cell = scale * Math.max(window.width(), window.height()) / side;
        int samples = clamp(Math.round(cell), 1, MAX_SAMPLES);
        for (int row = 0; row < side; row++) {
            float x = scale * window.x() + 0.5f * stepX + (row + 0.5f) * downX;
            float y = scale * window.y() - higher + 0.5f * stepY + (row + 0.5f) * downY;
            for (int column = 0; column < side; column++, x += stepX, y += stepY) {
                into[row * side + column] = samples == 1
                        ? Samples.at(data, offset, width, height, x, y)
                        : mean(x, y, stepX, stepY, downX, downY, samples);
            }
        }
    }

    /** The mean of the nearest pixels at evenly spaced places of the cell about a place. */
    private float mean(float x, float y, float stepX, float stepY, float downX, float downY, int samples) {
        float part = 1f / samples;
        float first = 0.5f * part - 0.5f;
        float acrossX = part * stepX;
        float acrossY = part * stepY;
        int sum = 0;
        for (int i = 0; i < samples; i++) {
            float v = first + i * part;
            float px = x + first * stepX + v * downX + 0.5f;
            float py = y + first * stepY + v * downY + 0.5f;
            for (int j = 0; j < samples; j++, px += acrossX, py += acrossY) {
                int column = clamp((int) px, 0, width - 1);
                int row = clamp((int) py, 0, height - 1);
                sum += data[offset + row * width + column] & 255;
            }
        }
        return sum * part * part;
    }
}
