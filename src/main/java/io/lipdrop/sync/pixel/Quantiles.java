package io.lipdrop.sync.pixel;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Quantiles of a few numbers. */
public final class Quantiles {
    private Quantiles() {}

    /** The value below which this part of them lies; 0 of none. */
    public static float of(float[] values, float part) {
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

    /** The same of a quantity that each of these has. */
    public static <T> float of(List<T> all, ToDoubleFunction<T> quantity, float part) {
        float[] values = new float[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) quantity.applyAsDouble(all.get(i));
        }
        return of(values, part);
    }
}
