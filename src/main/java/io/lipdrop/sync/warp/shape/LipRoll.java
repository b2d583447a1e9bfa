package io.lipdrop.sync.warp.shape;

import static io.lipdrop.sync.pixel.Scalars.lerp;

/**
 * How lips roll inwards: part of them goes behind the seam, and their outer edges follow. The numbers are set by eye.
 *
 * @param press how firmly both lips are pressed, 0 to 1
 * @param tuck how far the lower one is under the teeth, 0 to 1
 * @param effect of the whole motion, 0 to 1
 */
record LipRoll(float press, float tuck, float effect) {
    /** The share of a lip's thickness that pressing hides. */
    private static final float PRESS = 0.25f;
    /** The share of the lower lip's thickness that goes behind the teeth. */
    private static final float TUCK = 0.45f;
    /** A tucked lip stays thinner towards its corners, or it would look like a block: the power of the distance from the middle. */
    private static final double TUCK_POWER = 8;
    /** The outer edges go this part of the inner ones' way, and this part of what is hidden. */
    private static final float UPPER_SHARE = 0.85f;

    private static final float LOWER_SHARE = 0.94f;
    private static final float HIDDEN_SHARE = 0.9f;

    /**
     * Moves the edges at one sample of a mouth.
     *
     * @param from the offset in the mouth that the frame has
     * @param newUpper where the upper lip's inner edge goes
     * @param newLower where the lower lip's does
     */
    void edges(MouthMotion mouth, int sample, float from, LipCurves lips, float newUpper, float newLower) {
        float upper = lips.upperInner.value(from);
        float lower = lips.lowerInner.value(from);
        float x = MouthProfile.part(from, lips.leftOuter, lips.rightOuter);
        float lip = x < 1 ? 1 - x * x * x : 0;
        float tucked = x < 1 ? 1 - (float) Math.pow(x, TUCK_POWER) : 0;
        float upperThickness = upper - lips.upperOuter.value(from);
        float lowerThickness = lips.lowerOuter.value(from) - lower;
        float upperHidden = PRESS * press * lip * upperThickness;
        float lowerHidden = (PRESS * press * lip + TUCK * tuck * tucked) * lowerThickness;
        float upperOuter = effect * (UPPER_SHARE * (newUpper - upper) + upperHidden * HIDDEN_SHARE);
        float lowerOuter = effect * (LOWER_SHARE * (newLower - lower) - lowerHidden * HIDDEN_SHARE);
        mouth.upperInnerShift.values[sample] = effect * (newUpper - upper + upperHidden);
        mouth.lowerInnerShift.values[sample] = effect * (newLower - lower - lowerHidden);
        mouth.upperOuterShift.values[sample] = upperOuter;
        mouth.lowerOuterShift.values[sample] = lowerOuter;
        mouth.upperInner.values[sample] = lerp(upper, newUpper, effect);
        mouth.lowerInner.values[sample] = lerp(lower, newLower, effect);
        mouth.upperOuter.values[sample] = upper - upperThickness + upperOuter;
        mouth.lowerOuter.values[sample] = lower + lowerThickness + lowerOuter;
    }
}
