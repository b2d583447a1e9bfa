package io.lipdrop.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignalTest {
    private static final double NONE = Double.NaN;

    @Test
    void correlatesAsNumpyDoes() {
        double[] x = {1, 2, 3, 4, 6};
        double[] y = {2, 1, 4, 3, 7};

        assertThat(Signal.correlation(x, y)).isCloseTo(0.880_696, within(1e-6));
        assertThat(Signal.correlation(x, new double[] {9, 8, 7, 6, 4})).isCloseTo(-1, within(1e-12));
    }

    @Test
    void findsNoLikenessWithAMouthThatDoesNotMove() {
        assertThat(Signal.correlation(new double[] {1, 2, 3}, new double[] {5, 5, 5}))
                .isZero();
    }

    @Test
    void givesAPositiveLagWhenOursRunsAheadOfTheRealMouth() {
        double[] real = wave(0);

        Signal.Match ahead = Signal.match(real, wave(3));
        Signal.Match behind = Signal.match(real, wave(-2));

        assertThat(ahead.lag()).isEqualTo(3);
        assertThat(ahead.best()).isCloseTo(1, within(1e-9));
        assertThat(ahead.r0()).isLessThan(0.9);
        assertThat(behind.lag()).isEqualTo(-2);
    }

    @Test
    void comparesOnlyWhatBothSeriesHave() {
        double[] real = wave(0);

        assertThat(Signal.match(real, java.util.Arrays.copyOf(real, 40)).r0()).isCloseTo(1, within(1e-9));
    }

    @Test
    void takesPercentilesInProportionAndPassesOverFramesWithoutAFace() {
        double[] values = {NONE, 4, 1, 3, 2};

        assertThat(Signal.percentile(values, 5)).isCloseTo(1.15, within(1e-9));
        assertThat(Signal.percentile(values, 95)).isCloseTo(3.85, within(1e-9));
        assertThat(Signal.median(values)).isEqualTo(2.5);
        assertThat(Signal.range(values)).isCloseTo(2.7, within(1e-9));
        assertThat(Signal.mean(values)).isEqualTo(2.5);
    }

    @Test
    void countsStepsThatAMouthAtRestDoesNotMake() {
        double[] values = {0, 0.011, NONE, 0.022, 0.04, 0.04};

        assertThat(Signal.moving(values)).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void bringsSeriesToTheCommonRateAcrossFramesWithoutAFace() {
        double[] values = {NONE, 1, NONE, 3, 4, 5};

        assertThat(Signal.resample(values, 50, 25, 3)).containsExactly(1, 2, 4);
        assertThat(Signal.resample(values, 25, 25, 7)).containsExactly(1, 1, 2, 3, 4, 5, 5);
        assertThat(Signal.resample(new double[] {NONE}, 25, 25, 2)).containsOnly(NONE);
    }

    @Test
    void smoothsWithoutShifting() {
        double[] pulse = new double[21];
        pulse[10] = 1;

        double[] smooth = Signal.smooth(pulse, 1.5);

        assertThat(smooth[10]).isGreaterThan(smooth[9]).isGreaterThan(smooth[11]);
        assertThat(smooth[8]).isCloseTo(smooth[12], within(1e-12));
        assertThat(IntStream.range(0, 21).mapToDouble(i -> smooth[i]).sum()).isCloseTo(1, within(1e-9));
    }

    private static double[] wave(int ahead) {
        return IntStream.range(0, 75)
                .mapToDouble(i -> Math.sin((i + ahead) * 0.4) + 0.5 * Math.sin((i + ahead) * 0.23))
                .toArray();
    }
}
