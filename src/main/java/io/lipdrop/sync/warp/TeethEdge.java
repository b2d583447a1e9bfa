package io.lipdrop.sync.warp;

/** Finds where the upper teeth end, from the brightness at each depth below the upper lip. */
final class TeethEdge {
    /** Teeth are brighter than this part of the skin's brightness. */
    static final float DULLEST_TOOTH = 0.5f;
    /** Between the rows of teeth it is darker by this part of the skin's brightness. */
    private static final float DARKER = 0.18f;

    private TeethEdge() {}

    /** How many steps the teeth reach down: 0 if none are seen, all if nothing dark comes below them. */
    static float depth(float[] brightness, int steps, float skinLuma) {
        float most = 0;
        int peak = -1;
        for (int k = 0; k <= 0.6f * steps && k < steps; k++) {
            if (brightness[k] > most) {
                most = brightness[k];
                peak = k;
            }
        }
        if (peak < 0 || most - 16 < DULLEST_TOOTH * skinLuma) {
            return 0;
        }
        float least = most;
        for (int k = peak; k < steps; k++) {
            least = Math.min(least, brightness[k]);
        }
        if (most - least < DARKER * skinLuma) {
            return steps;
        }
        int end = peak;
        while (brightness[end] > (most + least) / 2) {
            end++;
        }
        return end;
    }
}
