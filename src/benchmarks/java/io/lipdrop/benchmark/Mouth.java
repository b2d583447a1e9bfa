package io.lipdrop.benchmark;

/**
 * What the mouth of one video does, one value a frame, NaN where there is no face. Both are over the distance of the
 * outer eye corners, so that the size of the face does not matter.
 *
 * @param opening mean of three gaps between the inner lips
 * @param width distance of the corners of the mouth
 */
@SuppressWarnings("ArrayRecordComponent") // Made once, read by the arithmetic in Signal.
record Mouth(double[] opening, double[] width, double rate) {
    /** Frames a second in which mouths are compared and lags are counted. */
    static final double COMMON_RATE = 25;

    double seconds() {
        return opening.length / rate;
    }

    /** The opening at {@link #COMMON_RATE}. */
    double[] openingUntil(double seconds) {
        return Signal.resample(opening, rate, COMMON_RATE, frames(seconds));
    }

    /** The width at {@link #COMMON_RATE}. */
    double[] widthUntil(double seconds) {
        return Signal.resample(width, rate, COMMON_RATE, frames(seconds));
    }

    private static int frames(double seconds) {
        return (int) Math.ceil((seconds - 1e-6) * COMMON_RATE);
    }
}
