package io.lipdrop.sync.warp.shape;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;

/**
 * How far the face goes down along one line from the nose to the neck: smoothly between the edges of which it is known. Lengths are in units
 * of {@link FaceAxes}; the numbers are set by eye.
 */
public final class ColumnShift {
    /** Distance below the chin at which its motion has faded out, in units of {@link FaceAxes}. */
    public static final float BELOW_CHIN = 0.24f;

    private static final float MIN_GAP = 0.001f;
    /** An upper lip begins no higher than this below the nose; what is nearer to the nose than the second stands still. */
    private static final float MIN_LIP_TOP = 0.06f;

    private static final float NOSE = 0.02f;
    /** Minimum distances: nose to lip, edge to edge of a lip, and chin and neck to what is above them. */
    private static final float MIN_NOSE_TO_LIP = 0.04f;

    private static final float MIN_LIP = 0.01f;
    private static final float MIN_CHIN = 0.08f;
    /** Where the fold between lower lip and chin lies, in parts of the way. */
    private static final float FOLD = 0.4f;

    /** Nose, upper lip's edges. */
    private static final int ABOVE = 3;
    /** Lower lip's edges, fold, chin, neck. */
    private static final int BELOW = 5;

    private final float[] v = new float[BELOW];
    private final float[] shift = new float[BELOW];
    private final float[] slopes = new float[BELOW];
    private final float[] aboveV = new float[ABOVE];
    private final float[] aboveShift = new float[ABOVE];
    private final float[] aboveSlopes = new float[ABOVE];

    void fit(MouthMotion motion, float offset) {
        aboveV[1] = Math.max(MIN_LIP_TOP, motion.upperOuter.value(offset));
        aboveV[0] = Math.min(NOSE, aboveV[1] - MIN_NOSE_TO_LIP);
        aboveV[2] = Math.max(aboveV[1] + MIN_LIP, motion.upperInner.value(offset));
        aboveShift[0] = 0;
        aboveShift[1] = motion.upperOuterShift.value(offset);
        aboveShift[2] = motion.upperInnerShift.value(offset);
        MonotoneCubic.slopes(aboveV, aboveShift, aboveSlopes, ABOVE, true);

        v[0] = motion.lowerInner.value(offset);
        v[1] = Math.max(v[0] + MIN_LIP, motion.lowerOuter.value(offset));
        v[3] = Math.max(v[1] + MIN_CHIN, motion.jaw.value(offset));
        v[2] = lerp(v[1], v[3], FOLD);
        v[4] = Math.max(v[3] + MIN_CHIN, motion.jaw.value(offset) - motion.jawShift.value(offset) + BELOW_CHIN);
        shift[0] = motion.lowerInnerShift.value(offset);
        shift[1] = motion.lowerOuterShift.value(offset);
        shift[2] = motion.foldShift.value(offset);
        shift[3] = motion.jawShift.value(offset);
        shift[4] = 0;
        MonotoneCubic.slopes(v, shift, slopes, BELOW, true);
    }

    /** The shift at a height above the seam. */
    float above(float at) {
        if (at > aboveV[2]) {
            return between(at);
        }
        return MonotoneCubic.value(aboveV, aboveShift, aboveSlopes, ABOVE, at > aboveV[1] ? 1 : 0, at);
    }

    /** The shift at a height below the seam. */
    float below(float at) {
        if (at < v[0]) {
            return between(at);
        }
        int k = 0;
        while (k < BELOW - 2 && at > v[k + 1]) {
            k++;
        }
        return MonotoneCubic.value(v, shift, slopes, BELOW, k, at);
    }

    /** The shift between the lips: that of each at its edge, so that what is seen there is stretched evenly. */
    private float between(float at) {
        float part = (at - aboveV[2]) / Math.max(MIN_GAP, v[0] - aboveV[2]);
        return lerp(aboveShift[2], shift[0], clamp(part));
    }
}
