package io.lipdrop.sync.warp.shape;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;

/**
 * A quantity along the mouth: v, or a displacement, as a function of u, tabulated at even steps about the mouth's middle.
 * Beyond its ends a curve keeps its last value.
 */
public final class Curve {
    static final int SAMPLES = 257;
    /** The table reaches this far to both sides, in units of {@link FaceAxes}. */
    public static final float REACH = 0.9f;

    static final float STEP = 2 * REACH / (SAMPLES - 1);

    public final float[] values = new float[SAMPLES];

    /** Offset from the mouth's middle of a sample. */
    static float at(int sample) {
        return sample * STEP - REACH;
    }

    /** The value at an offset from the mouth's middle, between samples by straight lines. */
    public float value(float offset) {
        float position = (offset + REACH) * (1 / STEP);
        if (!(position > 0)) {
            return values[0];
        }
        int i = (int) position;
        if (i >= SAMPLES - 1) {
            return values[SAMPLES - 1];
        }
        float part = position - i;
        return lerp(values[i], values[i + 1], part);
    }

    void copy(Curve from) {
        System.arraycopy(from.values, 0, values, 0, SAMPLES);
    }

    /** The smallest value. */
    public float least() {
        float least = values[0];
        for (float value : values) {
            least = Math.min(least, value);
        }
        return least;
    }

    /** The largest value. */
    public float most() {
        float most = values[0];
        for (float value : values) {
            most = Math.max(most, value);
        }
        return most;
    }

    /** Fills the table with a smooth curve through points of rising offset (monotone cubic, Fritsch and Carlson 1980). */
    void through(float[] offsets, float[] heights, float[] slopes, int count) {
        MonotoneCubic.slopes(offsets, heights, slopes, count, false);
        int k = 0;
        for (int i = 0; i < SAMPLES; i++) {
            float x = at(i);
            while (k < count - 2 && x > offsets[k + 1]) {
                k++;
            }
            values[i] = MonotoneCubic.value(offsets, heights, slopes, count, k, x);
        }
    }

    /** Smooths {@code from} into this by a running mean, twice, over this distance to each side, in units. */
    void smoothed(Curve from, float reach, float[] scratch) {
        int radius = Math.max(1, Math.round(reach / STEP));
        mean(from.values, scratch, radius);
        mean(scratch, values, radius);
    }

    private static void mean(float[] from, float[] to, int radius) {
        float sum = 0;
        for (int i = -radius; i <= radius; i++) {
            sum += from[inside(i)];
        }
        for (int i = 0; i < SAMPLES; i++) {
            to[i] = sum / (2 * radius + 1);
            sum += from[inside(i + radius + 1)] - from[inside(i - radius)];
        }
    }

    private static int inside(int i) {
        return clamp(i, 0, SAMPLES - 1);
    }
}
