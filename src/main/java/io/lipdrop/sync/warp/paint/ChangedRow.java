package io.lipdrop.sync.warp.paint;

import io.lipdrop.sync.pixel.Plane;
import io.lipdrop.sync.warp.shape.WarpGrid;

/** One row of the frame's pixels, of luma or of chroma, while the mouth is moved: which of them change, and into what. */
final class ChangedRow {
    private static final float[] NO_SEAM = new float[0];

    /** First pixel that changes, and the one after the last, counted from the left of the region. */
    int from;

    int to;
    Row row = new Row(0, 0, 1, 1, 0, 0, 0, 0);

    /** How much of each pixel is inner mouth, in rows that cross the mouth. */
    float[] cover = new float[0];

    private boolean inMouth;
    private final SourceLookup origins = new SourceLookup();
    /** How far below the seam, pixels, from 0.5 above it on. */
    private float[] below = new float[0];

    /**
     * Computes where a row's pixels come from; false if none moves.
     *
     * @param scale how many luma pixels a pixel of this plane is wide: 1 or 2
     */
    boolean place(Renderer.Scene scene, int left, int right, int y, int scale) {
        WarpGrid grid = scene.grid();
        row = Row.of(scene.place(), left, y, scale);
        findEnds(grid, right - left);
        if (from >= to) {
            return false;
        }
        float least = Math.min(v(from), v(to - 1));
        float most = Math.max(v(from), v(to - 1));
        inMouth = most > grid.mouthTop && least < grid.mouthBottom;
        if (inMouth) {
            row = scale == 1 ? row.finer() : row;
            if (cover.length < right - left) {
                cover = new float[right - left];
                below = new float[right - left];
            }
            float pixels = scene.place().axes().unit / scale;
            MouthEdge.see(scene.motion(), row, pixels, grid.mouthReach, from, to, below, cover);
        }
        origins.lookUp(grid, row, from, to, seam(), most <= grid.mouthTop);
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

    /** How far below the seam each pixel lies, in pixels from half a pixel above it on; empty where the row does not cross the mouth. */
    float[] seam() {
        return inMouth ? below : NO_SEAM;
    }

    /** How far a pixel lies below the seam, in units. */
    float fromSeam(int i, float unit) {
        return (below[i] - 0.5f) * row.scale() / unit;
    }

    /** Reads each pixel's value from where it comes from; those that {@code over} hides may keep any value. */
    void read(Plane plane, float[] values, Iterable<LookStrip> over) {
        origins.read(plane, values, over);
    }

    void write(float[] values, byte[] data, int at) {
        for (int i = from; i < to; i++) {
            int value = (int) (values[i] + 0.5f);
            data[at + row.left() + i] = (byte) (value < 0 ? 0 : value > 255 ? 255 : value);
        }
    }

    private void findEnds(WarpGrid grid, int count) {
        from = count;
        to = 0;
        int step = row.every();
        for (int i = 0; i < count; i += step) {
            if (grid.moves(u(i), v(i))) {
                from = Math.min(from, Math.max(0, i - step + 1));
                to = Math.min(count, i + step);
            }
        }
    }
}
