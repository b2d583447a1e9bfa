package io.lipdrop.sync.neural;

import io.lipdrop.sync.pixel.CubicWeights;
import io.lipdrop.sync.pixel.Scalars;
import java.util.Arrays;

/** Numbers on the pixels of a square picture, to be smoothed and read between. */
final class PixelGrid {
    private static final int PHASES = 128;
    private static final float[] WEIGHTS = CubicWeights.table(PHASES, 0.5f);

    final int side;
    float[] values;
    private float[] scratch;

    PixelGrid(int side) {
        this.side = side;
        this.values = new float[side * side];
        this.scratch = new float[side * side];
    }

    void fill(float value) {
        Arrays.fill(values, value);
    }

    /** The mean over this many pixels to each side; at the border, of those that exist. */
    void blur(int radius) {
        blurRows(values, scratch, radius);
        transpose(scratch, values);
        blurRows(values, scratch, radius);
        transpose(scratch, values);
    }

    /** The maximum over this many pixels to each side. */
    void spread(int radius) {
        spreadRows(values, scratch, radius);
        transpose(scratch, values);
        spreadRows(values, scratch, radius);
        transpose(scratch, values);
    }

    /** The rectangle outside of which all is 0, its sides included; a pixel wider, for values between pixels. */
    Extent extent() {
        int left = side;
        int right = -1;
        int top = side;
        int bottom = -1;
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                if (values[row * side + column] != 0) {
                    left = Math.min(left, column);
                    right = Math.max(right, column);
                    top = Math.min(top, row);
                    bottom = row;
                }
            }
        }
        return new Extent(left - 1, right + 1, top - 1, bottom + 1);
    }

    record Extent(int left, int right, int top, int bottom) {}

    /** Between pixels by straight lines; place in pixels, from 0 (the centre of the first) to {@code side − 1}. */
    float bilinear(float x, float y) {
        int column = Math.min(side - 2, (int) x);
        int row = Math.min(side - 2, (int) y);
        int at = row * side + column;
        return Scalars.bilinear(
                values[at], values[at + 1], values[at + side], values[at + side + 1], x - column, y - row);
    }

    /** Between pixels by Catmull and Rom's cubic, which shows no cells where pixels are far apart; place as above. */
    float cubic(float x, float y) {
        int column = (int) x;
        int row = (int) y;
        if (column < 1 || row < 1 || column > side - 3 || row > side - 3) {
            return bilinear(x, y);
        }
        int u = 4 * (int) ((x - column) * PHASES);
        int v = 4 * (int) ((y - row) * PHASES);
        int at = (row - 1) * side + column - 1;
        return WEIGHTS[v] * along(at, u)
                + WEIGHTS[v + 1] * along(at + side, u)
                + WEIGHTS[v + 2] * along(at + 2 * side, u)
                + WEIGHTS[v + 3] * along(at + 3 * side, u);
    }

    private float along(int at, int u) {
        return WEIGHTS[u] * values[at]
                + WEIGHTS[u + 1] * values[at + 1]
                + WEIGHTS[u + 2] * values[at + 2]
                + WEIGHTS[u + 3] * values[at + 3];
    }

    private void blurRows(float[] from, float[] to, int radius) {
        for (int row = 0; row < side; row++) {
            int start = row * side;
            float sum = 0;
            int count = 0;
            for (int i = 0; i < Math.min(radius, side); i++) {
                sum += from[start + i];
                count++;
            }
            for (int i = 0; i < side; i++) {
                if (i + radius < side) {
                    sum += from[start + i + radius];
                    count++;
                }
                if (i > radius) {
                    sum -= from[start + i - radius - 1];
                    count--;
                }
                to[start + i] = sum / count;
            }
        }
    }

    private void spreadRows(float[] from, float[] to, int radius) {
        for (int row = 0; row < side; row++) {
            for (int i = 0; i < side; i++) {
                float most = from[row * side + i];
                for (int j = Math.max(0, i - radius); j <= Math.min(side - 1, i + radius); j++) {
                    most = Math.max(most, from[row * side + j]);
                }
                to[row * side + i] = most;
            }
        }
    }

    private void transpose(float[] from, float[] to) {
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                to[column * side + row] = from[row * side + column];
            }
        }
    }
}
