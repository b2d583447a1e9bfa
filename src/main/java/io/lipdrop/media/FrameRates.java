package io.lipdrop.media;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the constant rate of a result from what a file says about its own rate. */
final class FrameRates {
    static final Rational NOMINAL = new Rational(25, 1);

    private static final Rational NONSENSE = new Rational(30, 1);
    private static final double HIGHEST = 120;

    /** Above this a "rate" is the tick of a clock, as in ASF (1000) or FLV. */
    private static final double HIGHEST_OF_A_CAMERA = 480;

    private static final List<Rational> STANDARD = List.of(
            new Rational(24000, 1001),
            new Rational(24, 1),
            new Rational(25, 1),
            new Rational(30000, 1001),
            new Rational(30, 1),
            new Rational(48, 1),
            new Rational(50, 1),
            new Rational(60000, 1001),
            new Rational(60, 1),
            new Rational(120000, 1001),
            new Rational(120, 1),
            new Rational(15, 1),
            new Rational(12, 1),
            new Rational(10, 1));

    private FrameRates() {}

    /**
     * @param average frames over duration, null where unknown
     * @param base the least rate that can tell all timestamps apart ({@code r_frame_rate}), null where unknown
     */
    static Rational choose(@Nullable Rational average, @Nullable Rational base) {
        if (average == null || average.value() > HIGHEST_OF_A_CAMERA || average.value() < 0.5) {
            return base != null && base.value() >= 1 && base.value() <= HIGHEST ? standardOr(base) : NONSENSE;
        }
        if (average.value() > HIGHEST) {
            return new Rational(120, 1);
        }
        return standardOr(base != null && keepsAllFrames(base, average) ? base : average);
    }

    /** A clip with a varying rate keeps all its frames at its base rate, unless that would mostly repeat them. */
    private static boolean keepsAllFrames(Rational base, Rational average) {
        double ratio = base.value() / average.value();
        return base.value() <= 60.1 && ratio >= 0.99 && ratio < 2.1;
    }

    /** A rate that a player expects where one is near (a phone's 29.87 means 30), else the rate itself. */
    private static Rational standardOr(Rational rate) {
        Rational nearest = rate;
        double distance = 0.01;
        for (Rational standard : STANDARD) {
            double difference = Math.abs(standard.value() / rate.value() - 1);
            if (difference < distance) {
                nearest = standard;
                distance = difference;
            }
        }
        boolean isUnwieldy = nearest.num() > 240_000 || nearest.den() > 1001;
        return isUnwieldy ? new Rational((int) Math.round(nearest.value() * 1000), 1000) : nearest;
    }
}
