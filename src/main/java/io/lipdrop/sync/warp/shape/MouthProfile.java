package io.lipdrop.sync.warp.shape;

import static io.lipdrop.sync.pixel.Scalars.window;

/** How the parts of a mouth move along its width: all functions are 0 to 1, over the offset from the mouth's middle. By eye. */
final class MouthProfile {
    /** Distance beyond a corner at which its downward and sideways motion have faded out, in parts of its distance from the middle. */
    private static final float SINK_REACH = 1.3f;

    private static final float SIDE_REACH = 1.1f;
    /** Minimum distance of a corner from the middle. */
    private static final float MIN_CORNER = 0.05f;

    private MouthProfile() {}

    /** An offset in parts of the distance of two ends from the middle: 0 in the middle, 1 at an end, more beyond. */
    static float part(float offset, float left, float right) {
        return Math.abs(offset / (offset < 0 ? left : right));
    }

    /**
     * The arch of an edge: 1 in the middle, 0 at the corners, which are pointed, as real mouths' are, where the lips stay together.
     *
     * @param part see {@link #part}
     * @param broad the greater, the broader the middle
     * @param blunt the smaller, the blunter the corners
     */
    static float arch(float part, double broad, double blunt) {
        return part < 1 ? (float) Math.pow(1 - Math.pow(part, broad), blunt) : 0;
    }

    /** 1 at a corner, 0 in the middle and well outside. */
    static float corner(float offset, LipCurves lips) {
        float x = part(offset, lips.leftInner, lips.rightInner);
        return x < 1 ? x * x * (2 - x * x) : window((x - 1) / SINK_REACH);
    }

    /**
     * How much of the corners' way along the mouth a place goes: all of it at the corner, nothing in the middle and far outside; negative on
     * the left.
     *
     * @param side how far each corner goes outwards
     */
    static float sideways(float offset, LipCurves lips, float side) {
        float corner = (offset < 0 ? lips.leftOuter - side : lips.rightOuter + side);
        float x = offset / Math.max(MIN_CORNER, Math.abs(corner));
        float away = Math.abs(x);
        if (away <= 1) {
            // Level at the corner, so that the skin beside it neither folds nor tears.
            return x * (1.5f - 0.5f * x * x);
        }
        return Math.signum(x) * window((away - 1) / SIDE_REACH);
    }
}
