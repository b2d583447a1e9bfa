package io.lipdrop.sync.warp.paint;

import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.sync.warp.person.Look;
import java.util.List;

/** The part of a row that a look covers. */
final class LookStrip {
    /** Less than this changes no value by half a level. */
    private static final float MIN_COVER = 0.002f;
    /** More than this hides what is below. */
    private static final float WHOLE_COVER = 1 - MIN_COVER;

    private final SourceLookup origins = new SourceLookup();
    private Look look = new Look();
    private Row row = new Row(0, 0, 1, 1, 0, 0, 0, 0);
    private int from;
    private int to;
    private float[] cover = new float[0];
    private float[] values = new float[0];

    /** Computes how much of each of the strip's pixels the look covers, and where in it they come from; false if it covers none. */
    boolean place(Look newLook, ChangedRow strip, float effect) {
        look = newLook;
        row = strip.row;
        from = strip.from;
        to = strip.to;
        while (from < to && !look.grid.spans(row.u(from), row.v(from))) {
            from++;
        }
        while (from < to && !look.grid.spans(row.u(to - 1), row.v(to - 1))) {
            to--;
        }
        if (cover.length < to) {
            cover = new float[to];
            values = new float[to];
        }
        cover(effect);
        while (from < to && cover[from] < MIN_COVER) {
            from++;
        }
        while (from < to && cover[to - 1] < MIN_COVER) {
            to--;
        }
        if (from >= to) {
            return false;
        }
        origins.lookUp(look.grid, row, from, to, strip.seam(), row.v(from) < look.grid.mouthTop);
        return true;
    }

    private void cover(float effect) {
        float first = effect * look.coverAt(row.u(from), row.v(from));
        for (int start = from; start < to; start += row.every()) {
            int end = Math.min(to, start + row.every());
            float last = effect * look.coverAt(row.u(end), row.v(end));
            float step = (last - first) / (end - start);
            for (int i = start; i < end; i++) {
                cover[i] = first + (i - start) * step; // not added up: each sum would wait for the one before
            }
            first = last;
        }
    }

    /** Whether nothing of these pixels is seen below the look. */
    boolean hides(int start, int end) {
        if (start < from || end > to) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (cover[i] < WHOLE_COVER) {
                return false;
            }
        }
        return true;
    }

    /**
     * Lays the look over the row.
     *
     * @param plane 0 luma, 1 Cb, 2 Cr
     */
    void lay(int plane, float[] over) {
        origins.read(look.pixels.get(plane), values, List.of());
        float start = look.light.at(plane, row.u(0), row.v(0));
        float step = look.light.at(plane, row.u(1), row.v(1)) - start;
        for (int i = from; i < to; i++) {
            float part = cover[i] < WHOLE_COVER ? cover[i] : 1; // below a whole cover there may be nothing
            over[i] = lerp(over[i], values[i] + start + i * step, part);
        }
    }
}
