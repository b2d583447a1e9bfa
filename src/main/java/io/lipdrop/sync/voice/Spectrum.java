package io.lipdrop.sync.voice;

import java.util.Arrays;

/** Magnitudes of the discrete Fourier transform of real samples under a periodic Hann window. */
final class Spectrum {
    private final int length;
    private final double[] window;

    /** For each sample of the first half its cosine and sine at every frequency: rows that are summed up. */
    private final double[] cosines;

    private final double[] sines;
    private final double[] real;
    private final double[] imaginary;

    Spectrum(int length) {
        this.length = length;
        int half = length / 2;
        int bins = half + 1;
        window = new double[length];
        for (int n = 0; n < length; n++) {
            window[n] = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / length);
        }
        cosines = new double[bins * bins];
        sines = new double[bins * bins];
        for (int n = 0; n < bins; n++) {
            for (int k = 0; k < bins; k++) {
                double angle = 2 * Math.PI * ((long) n * k % length) / length;
                cosines[n * bins + k] = Math.cos(angle);
                sines[n * bins + k] = Math.sin(angle);
            }
        }
        real = new double[bins];
        imaginary = new double[bins];
    }

    /**
     * The magnitudes of {@code length} samples.
     *
     * @param first where they start
     * @param into receives {@code length / 2 + 1} values
     */
    void magnitudes(float[] samples, int first, double[] into) {
        int half = length / 2;
        int bins = half + 1;
        Arrays.fill(real, 0);
        Arrays.fill(imaginary, 0);
        for (int n = 0; n <= half; n++) {
            // The cosine is the same at n and length − n, the sine the opposite: half the work.
            double a = window[n] * samples[first + n];
            double b = n == 0 || n == half ? 0 : window[length - n] * samples[first + length - n];
            add(real, a + b, cosines, n * bins);
            add(imaginary, a - b, sines, n * bins);
        }
        for (int k = 0; k < bins; k++) {
            into[k] = Math.sqrt(real[k] * real[k] + imaginary[k] * imaginary[k]);
        }
    }

    private static void add(double[] sum, double factor, double[] row, int at) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += factor * row[at + k];
        }
    }
}
