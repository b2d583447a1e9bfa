package io.lipdrop.sync.warp.shape;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;
import static io.lipdrop.sync.pixel.Scalars.smoothstep;

import io.lipdrop.sync.face.Face;
import java.util.Arrays;

/**
 * Where a head that is turned away ends, beside and below the far corner of its mouth. What lies there must not go with the lips: the outline
 * would break, and hair or background come into the face. A head that is seen from the front has cheeks enough.
 */
public final class Outline {
    /** Holds nothing. */
    public static final Outline NONE = new Outline();

    /** Heights are divided into bands, from this one down; lengths are in units of {@link FaceAxes}. */
    private static final float TOP = -0.1f;

    private static final float BAND = 0.05f;
    private static final int BANDS = 26;
    /** A height in the last band is read just before its end, so that there is a next one. */
    private static final float LAST = 1.001f;

    /** With more cheek than the first beside the corner of the mouth nothing is held, with less than the second all is. */
    private static final float ENOUGH = 0.22f;

    private static final float SCARCE = 0.12f;
    /** How far inside the outline everything moves freely. */
    private static final float FREE = 0.2f;
    /** How far from the lips it may be held. */
    private static final float NEAR = 0.08f;
    /** From this far above the chin less and less is held. */
    private static final float CHIN = 0.3f;

    /** Minimum distance of a mouth corner from the middle, whatever the mesh says. */
    private static final float MIN_CORNER = 0.05f;

    /** For each band how far the face reaches from the mouth's middle. */
    private final float[] left = new float[BANDS];

    private final float[] right = new float[BANDS];
    private float leftCorner;
    private float rightCorner;
    /** How much is held on each side, 0 to 1. */
    private float leftHeld;

    private float rightHeld;

    /** Takes the outline of a face. */
    public void fit(Face face, FaceAxes axes, LipCurves lips) {
        Arrays.fill(left, 0);
        Arrays.fill(right, 0);
        for (int k = 0; k < Face.POINTS; k++) {
            float offset = axes.u(face.x(k), face.y(k)) - lips.middle;
            int band = (int) ((axes.v(face.x(k), face.y(k)) - TOP) / BAND);
            // Points lie further apart than bands are high.
            for (int b = Math.max(0, band - 1); b <= Math.min(BANDS - 1, band + 1); b++) {
                left[b] = Math.max(left[b], -offset);
                right[b] = Math.max(right[b], offset);
            }
        }
        leftCorner = Math.max(MIN_CORNER, -lips.leftOuter);
        rightCorner = Math.max(MIN_CORNER, lips.rightOuter);
        leftHeld = clamp((ENOUGH - reach(left, lips.seam()) + leftCorner) / (ENOUGH - SCARCE));
        rightHeld = clamp((ENOUGH - reach(right, lips.seam()) + rightCorner) / (ENOUGH - SCARCE));
    }

    /** How much of its way a place goes, 0 to 1. */
    float moves(MouthMotion motion, float offset, float at) {
        float held = offset < 0 ? leftHeld : rightHeld;
        if (held == 0) {
            return 1;
        }
        float away = Math.abs(offset);
        float corner = offset < 0 ? leftCorner : rightCorner;
        float free = (reach(offset < 0 ? left : right, at) - away) / FREE;
        float above = motion.upperOuter.value(offset) - at;
        float below = at - motion.lowerOuter.value(offset);
        float lips = clamp(1 - Math.max(above, below) / NEAR) * clamp(1 - (away - corner) / NEAR);
        // The chin goes with the jaw.
        float aside = smoothstep(away / corner) * smoothstep((motion.jaw.value(0) - at) / CHIN);
        return 1 - held * aside * (1 - smoothstep(free)) * (1 - lips);
    }

    private static float reach(float[] side, float at) {
        float band = clamp((at - TOP) / BAND - 0.5f, 0, BANDS - LAST);
        int b = (int) band;
        return lerp(side[b], side[b + 1], band - b);
    }
}
