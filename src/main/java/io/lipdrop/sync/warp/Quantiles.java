package io.lipdrop.sync.warp;

import java.util.Arrays;

/** Quantiles of a few numbers. */
final class Quantiles {
    private Quantiles() {}

    /** The value below which this part of them lies; 0 of none. */
    static float of(float[] values, float part) {
        if (values.length == 0) {
            return 0;
        }
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        float at = part * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
