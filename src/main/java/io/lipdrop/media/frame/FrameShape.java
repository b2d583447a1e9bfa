package io.lipdrop.media.frame;

import java.io.IOException;
import java.io.InputStream;

/** Reads raw 4:2:0 images of any size into frames with even width and height, repeating the last column and row of an odd one. */
public final class FrameShape {
    private final int width;
    private final int height;
    private final byte[] odd;

    /** For raw images of this size, in pixels; either side may be odd. */
    public FrameShape(int width, int height) {
        this.width = width;
        this.height = height;
        boolean isOdd = width % 2 != 0 || height % 2 != 0;
        this.odd = isOdd ? new byte[width * height + 2 * ((width + 1) / 2) * ((height + 1) / 2)] : new byte[0];
    }

    /** False at the end; an incomplete frame counts as the end. */
    public boolean read(InputStream in, Frame into) throws IOException {
        if (into.width() != width + width % 2 || into.height() != height + height % 2) {
            throw new IllegalArgumentException("The frame does not fit a picture of " + width + "×" + height);
        }
        if (odd.length == 0) {
            return fill(in, into.data());
        }
        if (!fill(in, odd)) {
            return false;
        }
        byte[] data = into.data();
        for (int row = 0; row < into.height(); row++) {
            int from = Math.min(row, height - 1) * width;
            int to = row * into.width();
            System.arraycopy(odd, from, data, to, width);
            data[to + into.width() - 1] = odd[from + width - 1];
        }
        System.arraycopy(odd, width * height, data, into.cbOffset(), odd.length - width * height);
        return true;
    }

    private static boolean fill(InputStream in, byte[] picture) throws IOException {
        return in.readNBytes(picture, 0, picture.length) == picture.length;
    }
}
