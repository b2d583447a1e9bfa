package io.lipdrop.sync.warp;

/** A copy of part of one plane of a frame, to read from while the frame is written. */
final class Plane {
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
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        float u = x - column;
        float v = y - row;
        column -= left;
        row -= top;
        float a = ((2 - u) * u - 1) * u * 0.5f;
        float b = (3 * u - 5) * u * u * 0.5f + 1;
        float c = ((4 - 3 * u) * u + 1) * u * 0.5f;
        float d = (u - 1) * u * u * 0.5f;
        float sum;
        if (column >= 1 && row >= 1 && column < width - 2 && row < height - 2) {
            int i = (row - 1) * width + column;
            sum = (((2 - v) * v - 1) * v * 0.5f) * inner(i, a, b, c, d)
                    + ((3 * v - 5) * v * v * 0.5f + 1) * inner(i + width, a, b, c, d)
                    + (((4 - 3 * v) * v + 1) * v * 0.5f) * inner(i + 2 * width, a, b, c, d)
                    + ((v - 1) * v * v * 0.5f) * inner(i + 3 * width, a, b, c, d);
        } else {
            sum = (((2 - v) * v - 1) * v * 0.5f) * border(column, row - 1, a, b, c, d)
                    + ((3 * v - 5) * v * v * 0.5f + 1) * border(column, row, a, b, c, d)
                    + (((4 - 3 * v) * v + 1) * v * 0.5f) * border(column, row + 1, a, b, c, d)
                    + ((v - 1) * v * v * 0.5f) * border(column, row + 2, a, b, c, d);
        }
        return Math.max(0, Math.min(255, sum));
    }

    private float inner(int i, float a, float b, float c, float d) {
        return a * (pixels[i - 1] & 255)
                + b * (pixels[i] & 255)
                + c * (pixels[i + 1] & 255)
                + d * (pixels[i + 2] & 255);
    }

    private float border(int column, int row, float a, float b, float c, float d) {
        int y = Math.max(0, Math.min(height - 1, row)) * width;
        return a * (pixels[y + clampColumn(column - 1)] & 255)
                + b * (pixels[y + clampColumn(column)] & 255)
                + c * (pixels[y + clampColumn(column + 1)] & 255)
                + d * (pixels[y + clampColumn(column + 2)] & 255);
    }

    private int clampColumn(int column) {
        return Math.max(0, Math.min(width - 1, column));
    }
}
