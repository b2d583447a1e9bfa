package io.lipdrop.media.probe;

import io.lipdrop.media.frame.Rational;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the constant frame rate of a result from the rates in the file. */
public final class FrameRates {
    static final Rational NOMINAL = new Rational(25, 1);

    private static final Rational NONSENSE = new Rational(30, 1);
    private static final double HIGHEST = 120;

    /** Above this a "rate" is a time base, as in ASF (1000) or FLV. */
    private static final double HIGHEST_OF_A_CAMERA = 480;

    /** Stamps rounded to milliseconds (Matroska, FLV) move a rate by less than this share. */
    private static final double EXACT = 0.001;

    /** Maximum difference of the average of a variable rate from its nominal rate. */
    private static final double NEAR = 0.03;

    /** Minimum rate for plausible speech; below, frames are repeated. */
    private static final double LOWEST = 20;

    /** 20000/1001 counts as 20. */
    private static final double NEARLY_LOWEST = 19.9;

    /** The slowest slide show rate that is accepted. */
    private static final double SLOWEST = 0.01;

    /** Maximum denominator of a chosen rate, for instance 10/3; an average of a recording has a larger one. */
    private static final int HIGHEST_CHOSEN_DENOMINATOR = 3;

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

    private static final int MAX_OF_SLIDES = 10_000;

    private FrameRates() {}

    /**
     * The rate at which the frames are read.
     *
     * @param average frames over duration, null where unknown
     * @param base the least rate that can tell all timestamps apart ({@code r_frame_rate}), null where unknown
     * @param isMp4 whether the container keeps exact stamps, so that the base is correct even if the average is much lower
     */
    public static Rational choose(@Nullable Rational average, @Nullable Rational base, boolean isMp4) {
        if (average != null && base != null && areSlides(average, base)) {
            return ofSlides(average);
        }
        if (average == null || average.value() > HIGHEST_OF_A_CAMERA || average.value() < 0.5) {
            return base != null && base.value() >= 1 && base.value() <= HIGHEST ? standardOr(base, EXACT) : NONSENSE;
        }
        if (average.value() > HIGHEST) {
            return new Rational(120, 1);
        }
        boolean isBaseTheAverage = base != null && Math.abs(base.value() / average.value() - 1) < 0.001;
        if (base != null && !isBaseTheAverage && keepsAllFrames(base, average, isMp4)) {
            return standardOr(base, EXACT);
        }
        boolean isChosen = isBaseTheAverage && average.den() <= HIGHEST_CHOSEN_DENOMINATOR;
        if (isLowAndUneven(average) && !isChosen) {
            return NOMINAL;
        }
        return base != null && isBaseTheAverage ? standardOr(base, EXACT) : standardOr(average, NEAR);
    }

    /**
     * How many times each frame is repeated, 1 if the video is fast enough: the multiple of its rate nearest to 25 (of two,
     * the lower one), and at least 20. 15 becomes 30, 12 becomes 24, 10 becomes 20, 1 becomes 25.
     */
    public static int repeats(Rational rate) {
        if (rate.value() >= NEARLY_LOWEST) {
            return 1;
        }
        double nearest = Math.ceil(NOMINAL.value() / rate.value() - 0.5);
        return (int) Math.max(nearest, Math.ceil(LOWEST / rate.value()));
    }

    /** Slides have a period in whole milliseconds: finer fractions would give time bases that FFmpeg cannot represent. */
    private static Rational ofSlides(Rational average) {
        boolean isSimple = average.num() <= MAX_OF_SLIDES && average.den() <= MAX_OF_SLIDES;
        return isSimple ? average : new Rational(1000, (int) Math.round(1000 / average.value()));
    }

    /** Pictures that stay for more than two seconds each; Matroska says twice their rate. */
    private static boolean areSlides(Rational average, Rational base) {
        double ratio = base.value() / average.value();
        return average.value() < 0.5
                && average.value() >= SLOWEST
                && (Math.abs(ratio - 1) < EXACT || Math.abs(ratio - 2) < EXACT);
    }

    /**
     * A clip with a varying rate keeps all its frames at its base rate; not where that would repeat each of them, as with
     * the field rate of interlaced video.
     */
    private static boolean keepsAllFrames(Rational base, Rational average, boolean isMp4) {
        double ratio = base.value() / average.value();
        boolean isLikely = isMp4 ? Math.abs(ratio - 2) > 0.02 : ratio < 1.9;
        return base.value() <= 60.1 && ratio >= 1 && isLikely;
    }

    /** Whether this is only the average of a camera with bursts and stalls: frames are much closer together. */
    private static boolean isLowAndUneven(Rational average) {
        return average.value() < 24
                && average.den() > 2
                && STANDARD.stream().noneMatch(standard -> Math.abs(standard.value() / average.value() - 1) < NEAR);
    }

    /** The nearest standard rate, if one is close (29.87 of a phone means 29.97), otherwise the rate itself. */
    private static Rational standardOr(Rational rate, double tolerance) {
        Rational nearest = rate;
        double distance = tolerance;
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
