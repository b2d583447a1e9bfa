package io.lipdrop.sync.warp.person;

import io.lipdrop.sync.pixel.Levels;

/**
 * Where upper and lower teeth part, found from the brightness at each depth below the upper lip. The numbers are set by eye.
 *
 * @param depth how many steps below the upper lip the part that belongs to the skull ends: 0 if no teeth are seen, all if nothing dark
 *     comes below them
 * @param areUpper whether the bright teeth are the upper ones; if not they begin at the depth
 */
record TeethEdge(int depth, boolean areUpper) {
    /** Teeth are brighter than this part of the skin's brightness. */
    static final float DULLEST_TOOTH = 0.5f;

    private static final TeethEdge NONE = new TeethEdge(0, false);
    /** Between the rows of teeth it is darker by this part of the skin's brightness. */
    private static final float DARKER = 0.18f;
    /** The brightest is looked for in this part of the opening, from above: what is brighter below it is lip or tongue. */
    private static final float LOOKED_AT = 0.6f;
    /** Upper teeth begin above this part of the opening; what is bright only below it are the lower ones. */
    private static final float BEGIN = 0.4f;

    static TeethEdge find(float[] brightness, int steps, float skinLuma) {
        float most = 0;
        int peak = -1;
        for (int k = 0; k <= LOOKED_AT * steps && k < steps; k++) {
            if (brightness[k] > most) {
                most = brightness[k];
                peak = k;
            }
        }
        if (peak < 0 || most - Levels.BLACK < DULLEST_TOOTH * skinLuma) {
            return NONE;
        }
        int begin = beginning(brightness, peak, skinLuma);
        if (begin > BEGIN * steps) {
            return new TeethEdge(begin, false);
        }
        float least = most;
        for (int k = peak; k < steps; k++) {
            least = Math.min(least, brightness[k]);
        }
        if (most - least < DARKER * skinLuma) {
            return new TeethEdge(steps, true);
        }
        int end = peak;
        while (brightness[end] > (most + least) / 2) {
            end++;
        }
        return new TeethEdge(end, true);
    }

    /** From where on it is nearer to the peak's brightness than to the dark above it, if there is any. */
    private static int beginning(float[] brightness, int peak, float skinLuma) {
        float least = brightness[peak];
        for (int k = 0; k < peak; k++) {
            least = Math.min(least, brightness[k]);
        }
        if (brightness[peak] - least < DARKER * skinLuma) {
            return 0;
        }
        int begin = peak;
        while (begin > 0 && brightness[begin - 1] > (brightness[peak] + least) / 2) {
            begin--;
        }
        return begin;
    }
}
