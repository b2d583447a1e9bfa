package io.lipdrop.sync.warp.paint;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.sync.pixel.Levels;
import io.lipdrop.sync.warp.person.SkinTone;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.LipCurves;
import io.lipdrop.sync.warp.shape.MouthMotion;

/**
 * The dark line where closed lips meet. A mouth that is open in the frame has none when it is closed, only a rim of what was
 * between the lips; a mouth that the frame has closed keeps its own. The numbers are set by eye.
 */
public final class LipLine {
    /** Half its width: in units, or in pixels if that is more. Lengths are in units of {@link FaceAxes}. */
    private static final float HALF_WIDTH = 0.009f;

    private static final float HALF_WIDTH_PIXELS = 1.1f;
    /** It has faded out at this many half widths from its middle. */
    private static final float REACH = 1.6f;
    /** Its luma over that of the lips. */
    private static final float DARKNESS = 0.58f;
    /** How much of the lips it covers at most. */
    private static final float MAX = 0.85f;
    /** It ends just beyond the inner corners, in parts of their distance, fading over a fifth of that. */
    private static final float END = 1.05f;

    private static final float FADES = 5;
    /** Pressed lips roll in, and their own line with them. */
    private static final float ROLLED = 0.6f;
    /** Gap of the frame's lips from which the whole line is missing. */
    private static final float OPEN = 0.035f;
    /** It is gone again where the new lips are this far apart. */
    private static final float PARTED = 0.02f;

    float luma;
    float cb;
    float cr;
    private float strength;
    private float halfWidth;
    private float left;
    private float right;

    /**
     * Prepares for one frame.
     *
     * @param lips where the frame has the lips
     * @param motion where they are moved
     * @param unit pixels per unit of {@link FaceAxes}
     * @param missing how much of the line the frame lacks, 0 to 1: {@link #missing(float)}
     * @param pressed how much the drawn lips are pressed together, 0 to 1
     */
    public void prepare(LipCurves lips, MouthMotion motion, SkinTone skin, float unit, float missing, float pressed) {
        luma = Levels.BLACK + DARKNESS * Math.max(0, skin.lipLuma - Levels.BLACK);
        cb = skin.lipCb;
        cr = skin.lipCr;
        halfWidth = Math.max(HALF_WIDTH, HALF_WIDTH_PIXELS / unit);
        left = lips.leftInner;
        right = lips.rightInner;
        float closed = 1 - Math.min(1, motion.opening / PARTED);
        strength = closed * Math.max(missing * MAX, pressed * ROLLED);
    }

    /** How much of the line a mouth lacks that is closed from so wide a gap. */
    public static float missing(float gap) {
        return Math.min(1, gap / OPEN);
    }

    /** How much the line covers a place, given the distance from the seam; 0 to 1. */
    float cover(float offset, float fromSeam) {
        float away = Math.abs(fromSeam) / (REACH * halfWidth);
        if (strength <= 0 || away >= 1) {
            return 0;
        }
        float x = offset / (offset < 0 ? left : right);
        float ends = clamp((END - x) * FADES);
        float inside = 1 - away * away;
        return strength * ends * inside * inside;
    }
}
