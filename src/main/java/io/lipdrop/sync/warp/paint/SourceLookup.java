package io.lipdrop.sync.warp.paint;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.sync.pixel.Plane;
import io.lipdrop.sync.warp.shape.WarpGrid;

/**
 * Where the pixels of a row come from, and what they are there. Displacements are looked up every few pixels and taken as straight
 * lines between.
 */
final class SourceLookup {
    private Row row = new Row(0, 0, 1, 1, 0, 0, 0, 0);
    /** How far each pixel lies below the mouth's seam, pixels, from 0.5 above it on; empty in rows that do not cross the mouth. */
    private float[] below = new float[0];
    /** The field of a row that does not cross the mouth: the first of its two components. */
    private int field;
    /** At every {@link Row#every}th pixel: x and y of the upper field, x and y of the lower one. */
    private float[] shifts = new float[0];

    private float[] lower = new float[0];
    private int from;
    private int to;

    /**
     * Looks the displacements of the pixels from {@code newFrom} to {@code newTo} up.
     *
     * @param newBelow of every pixel of a row that crosses the mouth, else empty
     * @param isAbove whether a row that does not cross it lies above
     */
    void lookUp(WarpGrid grid, Row newRow, int newFrom, int newTo, float[] newBelow, boolean isAbove) {
        row = newRow;
        from = newFrom;
        to = newTo;
        below = newBelow;
        field = isAbove ? 0 : 2;
        int every = row.every();
        int places = (to - from) / every + 2;
        if (shifts.length < 4 * places) {
            shifts = new float[4 * places];
        }
        if (lower.length < to) {
            lower = new float[to];
        }
        int at = 0;
        for (int i = from; i < to; i += every, at += 4) {
            grid.look(row.u(i), row.v(i), shifts, at);
        }
        grid.look(row.u(to), row.v(to), shifts, at);
    }

    /** Reads each pixel's value from where it comes from, but for those that {@code over} hides. */
    void read(Plane plane, float[] values, Iterable<LookStrip> over) {
        int every = row.every();
        for (int i = from, at = 0; i < to; i += every, at += 4) {
            int end = Math.min(to, i + every);
            if (isHidden(over, i, end)) {
                continue;
            }
            if (below.length > 0) {
                readMouth(plane, at, i, end, values);
            } else {
                read(plane, at + field, i, end, values);
            }
        }
    }

    private static boolean isHidden(Iterable<LookStrip> over, int start, int end) {
        for (LookStrip look : over) {
            if (look.hides(start, end)) {
                return true;
            }
        }
        return false;
    }

    /** Each pixel from its side of the seam, those on it from both. */
    private void readMouth(Plane plane, int at, int start, int end, float[] values) {
        boolean isAbove = true;
        boolean isBelow = true;
        for (int i = start; i < end; i++) {
            isAbove &= below[i] <= 0;
            isBelow &= below[i] >= 1;
        }
        if (isAbove || isBelow) {
            read(plane, isAbove ? at : at + 2, start, end, values);
            return;
        }
        read(plane, at, start, end, values);
        read(plane, at + 2, start, end, lower);
        for (int i = start; i < end; i++) {
            values[i] = lerp(values[i], lower[i], clamp(below[i]));
        }
    }

    private void read(Plane plane, int shift, int start, int end, float[] values) {
        float scale = 1f / row.scale();
        float step = scale / (end - start);
        plane.read(
                row.left() + start + scale * shifts[shift],
                row.y() + scale * shifts[shift + 1],
                1 + step * (shifts[shift + 4] - shifts[shift]),
                step * (shifts[shift + 5] - shifts[shift + 1]),
                values,
                start,
                end);
    }
}
