package io.lipdrop.sync.warp.shape;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;
import static io.lipdrop.sync.pixel.Scalars.window;

/** Takes a mouth to where another look's has gone; the sources of the pixels stay, so that only the way is longer or shorter. */
public final class EdgeAlignment {
    /** Half the width of what goes with the chin. */
    private static final float CHIN_REACH = 0.62f;
    /** Maximum correction of the chin when it returns to its rest position. */
    private static final float MAX_CHIN = 0.05f;

    private EdgeAlignment() {}

    /** Takes {@code mouth} this part of the way to {@code other}, which may lie {@code lowered} further down. */
    public static void approach(MouthMotion mouth, MouthMotion other, float part, float lowered) {
        mouth.opening = lerp(mouth.opening, other.opening, part);
        approach(mouth.upperInner, mouth.upperInnerShift, other.upperInner, part, lowered);
        approach(mouth.lowerInner, mouth.lowerInnerShift, other.lowerInner, part, lowered);
        approach(mouth.upperOuter, mouth.upperOuterShift, other.upperOuter, part, lowered);
        float chin = part * (other.jaw.value(0) + lowered - mouth.jaw.value(0));
        chin = clamp(chin, -MAX_CHIN, MAX_CHIN);
        for (int i = 0; i < Curve.SAMPLES; i++) {
            float lip = part * (other.lowerOuter.values[i] + lowered - mouth.lowerOuter.values[i]);
            float jaw = chin * chin(Curve.at(i));
            mouth.foldShift.values[i] += MouthMotion.FOLD_WITH_LIP * lip + (1 - MouthMotion.FOLD_WITH_LIP) * jaw;
            mouth.jaw.values[i] += jaw;
            mouth.jawShift.values[i] += jaw;
            mouth.seam.values[i] = lerp(mouth.seam.values[i], other.seam.values[i] + lowered, part);
        }
        approach(mouth.lowerOuter, mouth.lowerOuterShift, other.lowerOuter, part, lowered);
    }

    /** How much of the chin's way a place goes: all in the middle, nothing far to the sides. */
    static float chin(float offset) {
        return window(offset / CHIN_REACH);
    }

    private static void approach(Curve edge, Curve shift, Curve other, float part, float lowered) {
        for (int i = 0; i < Curve.SAMPLES; i++) {
            float further = part * (other.values[i] + lowered - edge.values[i]);
            edge.values[i] += further;
            shift.values[i] += further;
        }
    }
}
