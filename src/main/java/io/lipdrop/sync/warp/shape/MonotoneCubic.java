package io.lipdrop.sync.warp.shape;

/** Interpolation through a few points that never overshoots them (Fritsch and Carlson 1980, harmonic-mean slopes). */
final class MonotoneCubic {
    private MonotoneCubic() {}

    /** Computes the slope at each point; at both ends 0 where the curve continues level, else that of the chord. */
    static void slopes(float[] x, float[] y, float[] slopes, int count, boolean level) {
        slopes[0] = level ? 0 : (y[1] - y[0]) / (x[1] - x[0]);
        slopes[count - 1] = level ? 0 : (y[count - 1] - y[count - 2]) / (x[count - 1] - x[count - 2]);
        for (int i = 1; i < count - 1; i++) {
            float before = (y[i] - y[i - 1]) / (x[i] - x[i - 1]);
            float after = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
            slopes[i] = before * after <= 0 ? 0 : 2 * before * after / (before + after);
        }
    }

    /** The value at {@code at} in the interval that starts at point {@code k}; the end values outside all intervals. */
    static float value(float[] x, float[] y, float[] slopes, int count, int k, float at) {
        if (at <= x[0]) {
            return y[0];
        }
        if (at >= x[count - 1]) {
            return y[count - 1];
        }
        float length = x[k + 1] - x[k];
        float t = (at - x[k]) / length;
        float t2 = t * t;
        float t3 = t2 * t;
        return (2 * t3 - 3 * t2 + 1) * y[k]
                + (t3 - 2 * t2 + t) * length * slopes[k]
                + (3 * t2 - 2 * t3) * y[k + 1]
                + (t3 - t2) * length * slopes[k + 1];
    }
}
