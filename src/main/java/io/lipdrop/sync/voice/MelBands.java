package io.lipdrop.sync.voice;

/**
 * Triangles over the frequencies of a spectrum, evenly spaced on Slaney's mel scale (Auditory Toolbox, 1998), each of area 1:
 * {@code librosa.filters.mel(htk=False, norm='slaney')}.
 */
final class MelBands {
    private static final double HERTZ_PER_MEL = 200.0 / 3;
    private static final double LOG_FROM_HERTZ = 1000;
    private static final double LOG_FROM_MEL = LOG_FROM_HERTZ / HERTZ_PER_MEL;
    private static final double LOG_STEP = Math.log(6.4) / 27;

    private final int[] first;
    private final double[][] weights;

    /**
     * Bands between two frequencies.
     *
     * @param length samples that the spectrum was made of
     */
    MelBands(int bands, int length, int samplesPerSecond, double lowestHertz, double highestHertz) {
        double[] edges = new double[bands + 2];
        double lowest = mel(lowestHertz);
        double highest = mel(highestHertz);
        for (int i = 0; i < edges.length; i++) {
            edges[i] = hertz(lowest + (highest - lowest) * i / (bands + 1));
        }
        first = new int[bands];
        weights = new double[bands][];
        double step = (double) samplesPerSecond / length;
        for (int band = 0; band < bands; band++) {
            int from = (int) Math.ceil(edges[band] / step);
            int to = Math.max(from, (int) Math.ceil(edges[band + 2] / step));
            first[band] = from;
            weights[band] = new double[to - from];
            for (int bin = from; bin < to; bin++) {
                double rise = (bin * step - edges[band]) / (edges[band + 1] - edges[band]);
                double fall = (edges[band + 2] - bin * step) / (edges[band + 2] - edges[band + 1]);
                weights[band][bin - from] = Math.max(0, Math.min(rise, fall)) * 2 / (edges[band + 2] - edges[band]);
            }
        }
    }

    void apply(double[] magnitudes, double[] into) {
        for (int band = 0; band < into.length; band++) {
            double sum = 0;
            for (int i = 0; i < weights[band].length; i++) {
                sum += weights[band][i] * magnitudes[first[band] + i];
            }
            into[band] = sum;
        }
    }

    private static double mel(double hertz) {
        return hertz < LOG_FROM_HERTZ
                ? hertz / HERTZ_PER_MEL
                : LOG_FROM_MEL + Math.log(hertz / LOG_FROM_HERTZ) / LOG_STEP;
    }

    private static double hertz(double mel) {
        return mel < LOG_FROM_MEL ? mel * HERTZ_PER_MEL : LOG_FROM_HERTZ * Math.exp(LOG_STEP * (mel - LOG_FROM_MEL));
    }
}
