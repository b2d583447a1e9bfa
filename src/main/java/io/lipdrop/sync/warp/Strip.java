package io.lipdrop.sync.warp;

/**
 * One row of pixels, of luma or of chroma, and where in a source each comes from. Displacements are looked up row.every() few pixels and
 * taken as straight lines between.
 */
final class Strip {
    /** Less than this changes no value by half a level. */
    private static final float LEAST_COVER = 0.002f;

    /** First pixel that changes, and the one after the last, counted from the left of the region. */
    int from;

    int to;

    /** How much of each pixel is inner mouth; in a look, how much of it the look covers. */
    float[] cover = new float[0];

    private Row row = new Row(0, 0, 1, 1, 0, 0, 0, 0);
    private boolean inMouth;
    private float[] x = new float[0];
    private float[] y = new float[0];
    /** By the lower field, in rows that cross the mouth; {@link #x} and {@link #y} are by the upper one then. */
    private float[] lowerX = new float[0];

    private float[] lowerY = new float[0];
    private float[] before = new float[4];
    private float[] after = new float[4];
    /** How far below the seam, pixels, from 0.5 above it on. */
    private float[] below = new float[0];

    /**
     * Computes where a row's pixels come from; false if none moves.
     *
     * @param scale how many luma pixels a pixel of this plane is wide: 1 or 2
     */
    boolean place(Renderer.Scene scene, int left, int right, int y, int scale) {
        float unit = scene.place().axes().unit;
        WarpGrid grid = scene.grid();
        row = Row.of(scene.place(), left, y, scale);
        reserve(right - left);
        findEnds(grid, right - left);
        if (from >= to) {
            return false;
        }
        float least = Math.min(v(from), v(to - 1));
        float most = Math.max(v(from), v(to - 1));
        inMouth = most > grid.mouthTop && least < grid.mouthBottom;
        if (inMouth) {
            MouthEdge.see(scene.motion(), row, unit / scale, grid.mouthReach, from, to, below, cover);
        }
        displace(grid, most <= grid.mouthTop);
        return true;
    }

    /** Computes where the pixels of another row come from in a look at the mouth at rest; false if it covers none. */
    boolean placeIn(RestLook look, Strip other, float effect) {
        row = other.row;
        inMouth = other.inMouth;
        reserve(other.x.length);
        from = other.from;
        to = other.to;
        while (from < to && !look.grid.spans(u(from), v(from))) {
            from++;
        }
        while (from < to && !look.grid.spans(u(to - 1), v(to - 1))) {
            to--;
        }
        float coverBefore = effect * look.coverAt(u(from), v(from));
        for (int i = from; i < to; i += row.every()) {
            int end = Math.min(to, i + row.every());
            float coverAfter = effect * look.coverAt(u(end), v(end));
            line(cover, i, end, coverBefore, coverAfter);
            coverBefore = coverAfter;
        }
        while (from < to && cover[from] < LEAST_COVER) {
            from++;
        }
        while (from < to && cover[to - 1] < LEAST_COVER) {
            to--;
        }
        if (from >= to) {
            return false;
        }
        if (inMouth) {
            System.arraycopy(other.below, from, below, from, to - from);
        }
        displace(look.grid, v(from) < look.grid.mouthTop);
        return true;
    }

    float u(int i) {
        return row.u(i);
    }

    float v(int i) {
        return row.v(i);
    }

    /** Whether the row crosses the mouth. */
    boolean isInMouth() {
        return inMouth;
    }

    /** How far a pixel lies below the seam, in units. */
    float fromSeam(int i, float unit) {
        return (below[i] - 0.5f) * row.scale() / unit;
    }

    /** Reads each pixel's value from where it comes from. */
    void read(Plane plane, float[] values) {
        if (!inMouth) {
            plane.read(x, y, values, from, to);
            return;
        }
        for (int i = from; i < to; i++) {
            float part = below[i];
            if (part <= 0) {
                values[i] = plane.at(x[i], y[i]);
            } else if (part >= 1) {
                values[i] = plane.at(lowerX[i], lowerY[i]);
            } else {
                values[i] = (1 - part) * plane.at(x[i], y[i]) + part * plane.at(lowerX[i], lowerY[i]);
            }
        }
    }

    /** Lays the look that this row was placed in over the values. */
    void blend(float[] look, LightMatch light, int plane, float[] values) {
        float start = light.at(plane, u(0), v(0));
        float step = light.at(plane, u(1), v(1)) - start;
        for (int i = from; i < to; i++) {
            values[i] += cover[i] * (look[i] + start + i * step - values[i]);
        }
    }

    void write(float[] values, byte[] data, int at) {
        for (int i = from; i < to; i++) {
            int value = (int) (values[i] + 0.5f);
            data[at + row.left() + i] = (byte) (value < 0 ? 0 : value > 255 ? 255 : value);
        }
    }

    private void reserve(int count) {
        if (x.length < count) {
            x = new float[count];
            y = new float[count];
            lowerX = new float[count];
            lowerY = new float[count];
            below = new float[count];
            cover = new float[count];
        }
    }

    private void findEnds(WarpGrid grid, int count) {
        from = count;
        to = 0;
        int step = 2 * row.every();
        for (int i = 0; i < count; i += step) {
            if (grid.moves(u(i), v(i))) {
                from = Math.min(from, Math.max(0, i - step + 1));
                to = Math.min(count, i + step);
            }
        }
    }

    private void displace(WarpGrid grid, boolean above) {
        int field = inMouth || above ? 0 : 2;
        int every = row.every();
        grid.look(u(from), v(from), before);
        for (int i = from; i < to; i += every) {
            int end = Math.min(to, i + every);
            grid.look(u(end), v(end), after);
            line(x, i, end, row.left(), field);
            line(y, i, end, row.y(), field + 1);
            if (inMouth) {
                line(lowerX, i, end, row.left(), 2);
                line(lowerY, i, end, row.y(), 3);
            }
            float[] swap = before;
            before = after;
            after = swap;
        }
    }

    /** From one look-up to the next: the pixels' own places, x on a row, and what the displacements add. */
    private void line(float[] values, int start, int end, float place, int component) {
        int along = component & 1;
        float first = place + (1 - along) * start + before[component] / row.scale();
        float last = place + (1 - along) * end + after[component] / row.scale();
        line(values, start, end, first, last);
    }

    private static void line(float[] values, int from, int to, float first, float last) {
        float step = (last - first) / (to - from);
        for (int i = from; i < to; i++) {
            values[i] = first + (i - from) * step; // not added up: each sum would wait for the one before
        }
    }
}
