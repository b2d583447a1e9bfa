package io.lipdrop.sync.pixel;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.media.frame.Frame;

/** Reads single values between the pixels of a frame. */
public final class Samples {
    private Samples() {}

    /** The value at a place of plane 0 (luma), 1 or 2 (chroma), in that plane's pixels; outside the plane that of its border. */
    public static float bilinear(Frame frame, int plane, float x, float y) {
        int width = plane == 0 ? frame.width() : frame.width() / 2;
        int height = plane == 0 ? frame.height() : frame.height() / 2;
        int offset = plane == 0 ? frame.lumaOffset() : plane == 1 ? frame.cbOffset() : frame.crOffset();
        float cx = clamp(x, 0, width - 1.001f);
        float cy = clamp(y, 0, height - 1.001f);
        int column = (int) cx;
        int row = (int) cy;
        float u = cx - column;
        float v = cy - row;
        byte[] data = frame.data();
        int at = offset + row * width + column;
        int right = column + 1 < width ? 1 : 0;
        int down = row + 1 < height ? width : 0;
        float above = (data[at] & 255) * (1 - u) + (data[at + right] & 255) * u;
        float below = (data[at + down] & 255) * (1 - u) + (data[at + down + right] & 255) * u;
        return above * (1 - v) + below * v;
    }
}
