package io.lipdrop.sync.warp;

/** A copy of part of one plane of a frame, to read from while the frame is written. */
final class Plane {
    /** Makes coordinates positive, so that cutting their fractions off rounds them down. */
    private static final int SHIFT = 1024;

    private static final int PHASE_BITS = 7;
    private static final int PHASES = 1 << PHASE_BITS;
    private static final int ONE = 1 << 10;
    private static final int[] WEIGHTS = weights();

    private byte[] pixels = new byte[0];
    private int left;
    private int top;
    private int width;
    private int height;

    /** Copies the rectangle, which lies inside the plane. */
    void copy(byte[] from, int offset, int stride, int x, int y, int columns, int rows) {
        left = x;
        top = y;
        width = columns;
        height = rows;
        if (pixels.length < columns * rows) {
            pixels = new byte[columns * rows * 5 / 4];
        }
        for (int row = 0; row < rows; row++) {
            System.arraycopy(from, offset + (y + row) * stride + x, pixels, row * columns, columns);
        }
    }

    /** The value between pixels by Catmull and Rom's cubic, which keeps the picture sharp; 0 to 255. */
    float at(float x, float y) {
        int fineX = (int) ((x - left + SHIFT) * PHASES + 0.5f);
        int fineY = (int) ((y - top + SHIFT) * PHASES + 0.5f);
        int column = (fineX >> PHASE_BITS) - SHIFT;
        int row = (fineY >> PHASE_BITS) - SHIFT;
        int u = (fineX & (PHASES - 1)) * 4;
        int v = (fineY & (PHASES - 1)) * 4;
        int a = WEIGHTS[u];
        int b = WEIGHTS[u + 1];
        int c = WEIGHTS[u + 2];
        int d = WEIGHTS[u + 3];
        int sum;
        if (column >= 1 && row >= 1 && column < width - 2 && row < height - 2) {
            int i = (row - 1) * width + column;
            sum = WEIGHTS[v] * inner(i, a, b, c, d)
                    + WEIGHTS[v + 1] * inner(i + width, a, b, c, d)
                    + WEIGHTS[v + 2] * inner(i + 2 * width, a, b, c, d)
                    + WEIGHTS[v + 3] * inner(i + 3 * width, a, b, c, d);
        } else {
            sum = WEIGHTS[v] * border(column, row - 1, a, b, c, d)
                    + WEIGHTS[v + 1] * border(column, row, a, b, c, d)
                    + WEIGHTS[v + 2] * border(column, row + 1, a, b, c, d)
                    + WEIGHTS[v + 3] * border(column, row + 2, a, b, c, d);
        }
        return Math.max(0, Math.min(255, sum * (1f / (ONE * ONE))));
    }

    private int inner(int i, int a, int b, int c, int d) {
        return a * (pixels[i - 1] & 255)
                + b * (pixels[i] & 255)
                + c * (pixels[i + 1] & 255)
                + d * (pixels[i + 2] & 255);
    }

    private int border(int column, int row, int a, int b, int c, int d) {
        int y = Math.max(0, Math.min(height - 1, row)) * width;
        return a * (pixels[y + clampColumn(column - 1)] & 255)
                + b * (pixels[y + clampColumn(column)] & 255)
                + c * (pixels[y + clampColumn(column + 1)] & 255)
                + d * (pixels[y + clampColumn(column + 2)] & 255);
    }

    private int clampColumn(int column) {
        return Math.max(0, Math.min(width - 1, column));
    }

    /** Four weights for each part of a pixel, in {@code 1 / ONE}. */
    private static int[] weights() {
        int[] weights = new int[PHASES * 4];
        for (int i = 0; i < PHASES; i++) {
            float t = (float) i / PHASES;
            weights[4 * i] = Math.round(ONE * (((2 - t) * t - 1) * t * 0.5f));
            weights[4 * i + 2] = Math.round(ONE * (((4 - 3 * t) * t + 1) * t * 0.5f));
            weights[4 * i + 3] = Math.round(ONE * ((t - 1) * t * t * 0.5f));
            weights[4 * i + 1] = ONE - weights[4 * i] - weights[4 * i + 2] - weights[4 * i + 3];
        }
        return weights;
    }
}
