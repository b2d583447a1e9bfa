package io.lipdrop.sync.pixel;

/**
 * Weights of Catmull and Rom's cubic interpolation (1974) between four neighbours, for each of a number of places between the inner two:
 * it goes through the values and keeps a picture sharp.
 */
public final class CubicWeights {
    /** Neighbours that are weighed. */
    public static final int TAPS = 4;

    private CubicWeights() {}

    /**
     * The weights as one table, four for each phase.
     *
     * @param phases places a pixel is divided into
     * @param centre where in its phase a place is taken to lie: 0 at its beginning, 0.5 in its middle
     */
    public static float[] table(int phases, float centre) {
        float[] weights = new float[TAPS * phases];
        for (int i = 0; i < phases; i++) {
            float t = (i + centre) / phases;
            weights[TAPS * i] = 0.5f * t * (-1 + t * (2 - t));
            weights[TAPS * i + 1] = 1 + 0.5f * t * t * (-5 + 3 * t);
            weights[TAPS * i + 2] = 0.5f * t * (1 + t * (4 - 3 * t));
            weights[TAPS * i + 3] = 0.5f * t * t * (-1 + t);
        }
        return weights;
    }

    /** The same as whole numbers of {@code 1 / one}; those of a phase add up to {@code one}. */
    public static int[] wholeTable(int phases, int one) {
        float[] exact = table(phases, 0);
        int[] weights = new int[exact.length];
        for (int i = 0; i < exact.length; i += TAPS) {
            weights[i] = Math.round(one * exact[i]);
            weights[i + 2] = Math.round(one * exact[i + 2]);
            weights[i + 3] = Math.round(one * exact[i + 3]);
            weights[i + 1] = one - weights[i] - weights[i + 2] - weights[i + 3];
        }
        return weights;
    }
}
