package io.lipdrop.benchmark;

import java.util.Arrays;
import java.util.List;

/** The arithmetic of the figures: series of one value a frame, NaN where there was no face. */
public final class Signal {
    /** Largest shift that is looked at, in frames. */
    private static final int MOST_LAG = 8;
    /** What a mouth at rest may seem to change from frame to frame: the mesh trembles by less. */
    private static final double STEADY = 0.012;

    private Signal() {}

    /**
     * How one series follows another.
     *
     * @param r0 correlation without any shift
     * @param lag the shift with the best correlation; positive when the second series runs ahead of the first
     * @param best the correlation at that shift
     */
    public record Match(double r0, int lag, double best) {}

    public static Match match(double[] truth, double[] other) {
        int n = Math.min(truth.length, other.length);
        double r0 = 0;
        Match best = new Match(0, 0, Double.NEGATIVE_INFINITY);
        for (int lag = -MOST_LAG; lag <= MOST_LAG; lag++) {
            double[] x = Arrays.copyOfRange(truth, Math.max(0, lag), n + Math.min(0, lag));
            double[] y = Arrays.copyOfRange(other, Math.max(0, -lag), n - Math.max(0, lag));
            double r = correlation(x, y);
            if (lag == 0) {
                r0 = r;
            }
            if (r > best.best) {
                best = new Match(0, lag, r);
            }
        }
        return new Match(r0, best.lag, best.best);
    }

    /** Pearson's correlation; 0 when one of the two does not vary. */
    static double correlation(double[] x, double[] y) {
        double meanX = mean(x);
        double meanY = mean(y);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        boolean varies = Math.sqrt(xx / x.length) > 1e-6 && Math.sqrt(yy / x.length) > 1e-6;
        return varies ? xy / Math.sqrt(xx * yy) : 0;
    }

    /** Mean of the values that are there. */
    static double mean(double[] values) {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
    }

    static double median(double[] values) {
        return percentile(values, 50);
    }

    static double median(List<Double> values) {
        return median(values.stream().mapToDouble(value -> value).toArray());
    }

    /** From the 5th to the 95th percentile. */
    static double range(double[] values) {
        return percentile(values, 95) - percentile(values, 5);
    }

    /** The percentile of the values that are there, in proportion between two neighbours. */
    static double percentile(double[] values, double percent) {
        double[] sorted =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double position = percent / 100 * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** Share of the steps from one frame to the next that are larger than a mouth at rest makes. */
    static double moving(double[] values) {
        double[] there = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
        int moves = 0;
        for (int i = 1; i < there.length; i++) {
            if (Math.abs(there[i] - there[i - 1]) > STEADY) {
                moves++;
            }
        }
        return there.length < 2 ? 0 : moves / (there.length - 1.0);
    }

    /** The series at {@code wantedRate}, {@code count} values, in proportion between the frames that have one. */
    static double[] resample(double[] values, double rate, double wantedRate, int count) {
        int[] there = java.util.stream.IntStream.range(0, values.length)
                .filter(i -> !Double.isNaN(values[i]))
                .toArray();
        double[] result = new double[count];
        if (there.length == 0) {
            Arrays.fill(result, Double.NaN);
            return result;
        }
        int next = 0;
        for (int i = 0; i < count; i++) {
            double position = i / wantedRate * rate;
            while (next < there.length && there[next] < position) {
                next++;
            }
            if (next == 0 || next == there.length) {
                result[i] = values[there[Math.min(next, there.length - 1)]];
            } else {
                int before = there[next - 1];
                double share = (position - before) / (there[next] - before);
                result[i] = values[before] + share * (values[there[next]] - values[before]);
            }
        }
        return result;
    }

    /** The value at zero lag of a bell of {@code sigma} frames laid over the series. */
    static double[] smooth(double[] values, double sigma) {
        int reach = (int) Math.ceil(3 * sigma);
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double sum = 0;
            double weights = 0;
            for (int k = Math.max(0, i - reach); k <= Math.min(values.length - 1, i + reach); k++) {
                double weight = Math.exp(-(k - i) * (k - i) / (2 * sigma * sigma));
                sum += weight * values[k];
                weights += weight;
            }
            result[i] = sum / weights;
        }
        return result;
    }
}
