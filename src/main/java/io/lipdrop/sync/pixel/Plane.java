package io.lipdrop.sync.pixel;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A copy of part of one plane of a frame, to read from while the frame is written. */
public final class Plane {
    /** Makes coordinates positive, so that cutting their fractions off rounds them down. */
    private static final int SHIFT = 1024;
    /** Coordinates are counted in {@code 1 / FINE} of a pixel. */
    private static final int FINE_BITS = 16;

    private static final int FINE = 1 << FINE_BITS;

    private static final int PHASE_BITS = 7;
    private static final int PHASES = 1 << PHASE_BITS;
    private static final int ONE = 1 << 7;
    /** More than the cubic can go below 0, in units of 1 / {@link #ONE}. */
    private static final int BIAS = 10_000;

    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int[] WEIGHTS = CubicWeights.wholeTable(PHASES, ONE);

    private static final int MAX_PIXELS = 1 << 26;

    private final boolean isChroma;
    private byte[] pixels = new byte[0];
    private int left;
    private int top;
    private int width;
    private int height;

    Plane(boolean isChroma) {
        this.isChroma = isChroma;
    }

    /** Copies the rectangle, which lies inside the plane. */
    void copy(byte[] from, int offset, int stride, int x, int y, int columns, int rows) {
        left = x;
        top = y;
        width = columns;
        height = rows;
        if (pixels.length < columns * rows) {
            pixels = new byte[pixels.length == 0 ? columns * rows : columns * rows * 5 / 4];
        }
        for (int row = 0; row < rows; row++) {
            System.arraycopy(from, offset + (y + row) * stride + x, pixels, row * columns, columns);
        }
    }

    int bytes() {
        return pixels.length;
    }

    void write(DataOutput to) throws IOException {
        to.writeShort(left);
        to.writeShort(top);
        to.writeShort(width);
        to.writeShort(height);
        to.write(pixels, 0, width * height);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException also where it is no such thing
     */
    public void read(DataInput from) throws IOException {
        left = from.readUnsignedShort();
        top = from.readUnsignedShort();
        width = from.readUnsignedShort();
        height = from.readUnsignedShort();
        if (width < 2 || height < 2 || (long) width * height > MAX_PIXELS) {
            throw new IOException("No part of a frame is " + width + " x " + height);
        }
        pixels = new byte[width * height];
        from.readFully(pixels);
    }

    /** The value between pixels by Catmull and Rom's cubic, which keeps the picture sharp; 0 to 255. */
    public float at(float x, float y) {
        return at(fine(x - left), fine(y - top));
    }

    /**
     * The values along a line that starts at x and y: of luma see {@link #at}; of chroma, which the eye sees less sharply, between
     * pixels by straight lines.
     */
    public void read(float x, float y, float dx, float dy, float[] values, int from, int to) {
        int fineX = fine(x - left);
        int fineY = fine(y - top);
        int stepX = Math.round(dx * FINE);
        int stepY = Math.round(dy * FINE);
        if (isChroma) {
            for (int i = from; i < to; i++, fineX += stepX, fineY += stepY) {
                values[i] = between(fineX, fineY);
            }
        } else {
            for (int i = from; i < to; i++, fineX += stepX, fineY += stepY) {
                values[i] = at(fineX, fineY);
            }
        }
    }

    private float between(int fineX, int fineY) {
        int x = clamp(fineX, SHIFT * FINE, (SHIFT + width - 1) * FINE - 1);
        int y = clamp(fineY, SHIFT * FINE, (SHIFT + height - 1) * FINE - 1);
        int u = (x >> (FINE_BITS - 8)) & 255;
        int v = (y >> (FINE_BITS - 8)) & 255;
        int i = ((y >> FINE_BITS) - SHIFT) * width + (x >> FINE_BITS) - SHIFT;
        int above = 256 * (pixels[i] & 255) + u * ((pixels[i + 1] & 255) - (pixels[i] & 255));
        int below = 256 * (pixels[i + width] & 255) + u * ((pixels[i + width + 1] & 255) - (pixels[i + width] & 255));
        return (256 * above + v * (below - above)) * (1f / 65536);
    }

    /** In {@code 1 / FINE}, so that cutting off rounds to the nearest phase. */
    private static int fine(float coordinate) {
        return (int) ((coordinate + SHIFT) * FINE) + FINE / PHASES / 2;
    }

    private float at(int fineX, int fineY) {
        int column = (fineX >> FINE_BITS) - SHIFT;
        int row = (fineY >> FINE_BITS) - SHIFT;
        int u = ((fineX >> (FINE_BITS - PHASE_BITS)) & (PHASES - 1)) * 4;
        int v = ((fineY >> (FINE_BITS - PHASE_BITS)) & (PHASES - 1)) * 4;
        int sum = column >= 1 && row >= 1 && column < width - 2 && row < height - 2
                ? inner((row - 1) * width + column - 1, u, v)
                : border(column, row, u, v);
        return sum <= 0 ? 0 : sum >= 255 * ONE * ONE ? 255 : sum * (1f / (ONE * ONE));
    }

    /** Four rows of four pixels, two pixels in an integer at a time; {@link #BIAS} keeps each half of it positive. */
    private int inner(int at, int u, int v) {
        int even = BIAS * 0x10001;
        int odd = even;
        int i = at;
        for (int k = 0; k < 4; k++, i += width) {
            int four = (int) FOUR.get(pixels, i);
            int weight = WEIGHTS[v + k];
            even += weight * (four & 0xFF00FF);
            odd += weight * (four >>> 8 & 0xFF00FF);
        }
        return WEIGHTS[u] * ((even & 0xFFFF) - BIAS)
                + WEIGHTS[u + 1] * ((odd & 0xFFFF) - BIAS)
                + WEIGHTS[u + 2] * ((even >>> 16) - BIAS)
                + WEIGHTS[u + 3] * ((odd >>> 16) - BIAS);
    }

    private int border(int column, int row, int u, int v) {
        int sum = 0;
        for (int k = 0; k < 4; k++) {
            int y = clamp(row - 1 + k, 0, height - 1) * width;
            int line = 0;
            for (int i = 0; i < 4; i++) {
                line += WEIGHTS[u + i] * (pixels[y + clamp(column - 1 + i, 0, width - 1)] & 255);
            }
            sum += WEIGHTS[v + k] * line;
        }
        return sum;
    }
}
