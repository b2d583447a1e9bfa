package io.lipdrop.sync.warp.shape;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;

/** How far the face goes down along one line from the nose to the neck: smoothly between the edges of which it is known. */
public final class ColumnShift {
    /** How far below the chin its motion has died away, in units of {@link FaceAxes}. */
    public static final float BELOW_CHIN = 0.24f;

    private static final float MIN_GAP = 0.001f;

    /** Lower lip's edges, fold, chin, neck. */
    private final float[] v = new float[5];

    private final float[] shift = new float[5];
    private final float[] slopes = new float[5];
    /** Nose, upper lip's edges. */
    private final float[] aboveV = new float[3];

    private final float[] aboveShift = new float[3];
    private final float[] aboveSlopes = new float[3];

    void of(MouthMotion motion, float offset) {
        aboveV[1] = Math.max(0.06f, motion.upperOuter.value(offset));
        aboveV[0] = Math.min(0.02f, aboveV[1] - 0.04f);
        aboveV[2] = Math.max(aboveV[1] + 0.01f, motion.upperInner.value(offset));
        aboveShift[0] = 0;
        aboveShift[1] = motion.upperOuterShift.value(offset);
        aboveShift[2] = motion.upperInnerShift.value(offset);
        MonotoneCubic.slopes(aboveV, aboveShift, aboveSlopes, 3, true);

        v[0] = motion.lowerInner.value(offset);
        v[1] = Math.max(v[0] + 0.01f, motion.lowerOuter.value(offset));
        v[3] = Math.max(v[1] + 0.08f, motion.jaw.value(offset));
        v[2] = v[1] + 0.4f * (v[3] - v[1]);
        v[4] = Math.max(v[3] + 0.08f, motion.jaw.value(offset) - motion.jawShift.value(offset) + BELOW_CHIN);
        shift[0] = motion.lowerInnerShift.value(offset);
        shift[1] = motion.lowerOuterShift.value(offset);
        shift[2] = motion.foldShift.value(offset);
        shift[3] = motion.jawShift.value(offset);
        shift[4] = 0;
        MonotoneCubic.slopes(v, shift, slopes, 5, true);
    }

    /** The shift at a height above the seam. */
    float above(float at) {
        if (at > aboveV[2]) {
            return between(at);
        }
        return MonotoneCubic.value(aboveV, aboveShift, aboveSlopes, 3, at > aboveV[1] ? 1 : 0, at);
    }

    /** The shift at a height below the seam. */
    float below(float at) {
        if (at < v[0]) {
            return between(at);
        }
        int k = 0;
        while (k < 3 && at > v[k + 1]) {
            k++;
        }
        return MonotoneCubic.value(v, shift, slopes, 5, k, at);
    }

    /** The shift between the lips: that of each at its edge, so that what is seen there is stretched evenly. */
    private float between(float at) {
        float part = (at - aboveV[2]) / Math.max(MIN_GAP, v[0] - aboveV[2]);
        return lerp(aboveShift[2], shift[0], clamp(part));
    }
}
