package io.lipdrop.sync.pixel;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.media.frame.Frame;

/** Reads single values between the pixels of a frame, by straight lines. */
public final class Samples {
    private Samples() {}

    /**
     * The value at a place of the frame; outside of it that of its border.
     *
     * @param plane 0 luma, 1 Cb, 2 Cr
     * @param x in luma pixels, whatever the plane, like y
     */
    public static float at(Frame frame, int plane, float x, float y) {
        if (plane == 0) {
            return at(frame.data(), frame.lumaOffset(), frame.width(), frame.height(), x, y);
        }
        int offset = plane == 1 ? frame.cbOffset() : frame.crOffset();
        int columns = frame.width() / Chroma.STEP;
        int rows = frame.height() / Chroma.STEP;
        return at(frame.data(), offset, columns, rows, Chroma.column(x), Chroma.row(y));
    }

    /** The value at a place of a plane that begins at {@code offset}, in the plane's own pixels. */
    public static float at(byte[] data, int offset, int columns, int rows, float x, float y) {
        float cx = clamp(x, 0, columns - 1);
        float cy = clamp(y, 0, rows - 1);
        int column = (int) cx;
        int row = (int) cy;
        int at = offset + row * columns + column;
        int right = column + 1 < columns ? 1 : 0;
        int down = row + 1 < rows ? columns : 0;
        return Scalars.bilinear(
                data[at] & 255,
                data[at + right] & 255,
                data[at + down] & 255,
                data[at + down + right] & 255,
                cx - column,
                cy - row);
    }
}
