package io.lipdrop.sync.warp.paint;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.smoothstep;
import static io.lipdrop.sync.pixel.Scalars.square;

import io.lipdrop.sync.pixel.Levels;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.person.InnerLook;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.MouthMotion;

/**
 * Two rows of drawn teeth: the upper ones stay with the skull, the lower ones go with the jaw. Lengths are in units of {@link FaceAxes} (about
 * 90 mm), brightness is over that of the skin. Where nothing else is said, numbers are set by eye.
 */
final class DrawnTeeth {
    /** How far the upper teeth end below the closed lips' seam: 2.3 mm, as in people. */
    private static final float UPPER_LENGTH = 0.026f;
    /** How far the lower teeth show above the lower lip. */
    private static final float LOWER_LENGTH = 0.035f;
    /** How far upper teeth reach over lower ones when they are together: 0.7 mm. */
    private static final float OVERBITE = 0.008f;
    /** The jaw's part of the opening at the incisors, and how much of it teeth that are together (s, z) take back. */
    private static final float JAW_DROP = 0.36f;

    private static final float TEETH_TOGETHER = 0.9f;
    /** The row's ends curve away from the middle by this much of its squared distance, per unit. */
    private static final float UPPER_CURVE = 0.85f;

    private static final float LOWER_CURVE = 0.9f;
    /** Half the width of the row that shows, and how fast it fades there: over a fifth of it. */
    private static final float ROW = 0.27f;

    private static final float ROW_FADES = 5;
    /** Where teeth meet, to both sides of the middle: incisors, canine and premolar as they are seen from the front. */
    private static final float[] UPPER_BOUNDS = {0, 0.088f, 0.150f, 0.205f, 0.245f};

    private static final float[] LOWER_BOUNDS = {0, 0.056f, 0.112f, 0.172f, 0.225f};
    /** How far the ends of teeth are rounded, and how near to where two meet. */
    private static final float UPPER_ROUNDING = 0.006f;

    private static final float LOWER_ROUNDING = 0.004f;
    private static final float ROUNDING_REACH = 0.02f;
    /** The dark line between two teeth: how dark, and half its width; it fades where the picture is coarser than this. */
    private static final float GAP_DARKNESS = 0.16f;

    private static final float GAP_HALF_WIDTH = 0.005f;
    private static final float GAP_WIDTH_SEEN = 0.006f;
    /** Brightness of both rows in their middle, and how much of it they lose to the sides, where the cheeks shade them. */
    private static final float UPPER_LIGHT = 0.9f;

    private static final float UPPER_SHADE = 0.65f;
    private static final float LOWER_LIGHT = 0.68f;
    private static final float LOWER_SHADE = 0.7f;
    /** How much of what is behind they cover. */
    private static final float UPPER_COVER = 0.96f;

    private static final float LOWER_COVER = 0.9f;
    /** The upper lip's shadow on the upper teeth: how dark, and over which depth. */
    private static final float LIP_SHADOW = 0.2f;

    private static final float LIP_SHADOW_DEPTH = 0.03f;
    /** Enamel is brighter than skin by this luma, and none is drawn brighter than the second above black. */
    private static final float ENAMEL = 8;

    private static final float MAX_LUMA = 195;
    /** The person's own teeth are believed to be between so bright. */
    private static final float MIN_OWN_LIGHT = 0.6f;

    private static final float MAX_OWN_LIGHT = 1.4f;
    /** Chroma of teeth in white light, fitted to eleven people in as many lights. */
    private static final float CB = 120;

    private static final float CR = 141;

    private final MouthColour colour;
    private float luma;
    private float cb;
    private float cr;
    private float seam;
    private float bite;
    private float feather;
    /** How dark the gaps between teeth are in a picture as coarse as this one. */
    private float gaps;

    DrawnTeeth(MouthColour colour) {
        this.colour = colour;
    }

    void prepare(MouthMotion motion, MouthShape shape, MouthLight light, InnerLook own, float newFeather) {
        boolean isKnown = own.isKnown() && own.current().teethOverSkin > 0;
        float brightness = isKnown ? clamp(own.current().teethOverSkin, MIN_OWN_LIGHT, MAX_OWN_LIGHT) : 1;
        luma = Math.min(MAX_LUMA, brightness * (light.skin() + ENAMEL));
        cb = isKnown ? own.current().teethCb : CB + light.tintCb();
        cr = isKnown ? own.current().teethCr : CR + light.tintCr();
        seam = motion.seam.value(0);
        float jawDrop = JAW_DROP * motion.opening * (1 - TEETH_TOGETHER * shape.teeth());
        bite = seam + UPPER_LENGTH - OVERBITE + jawDrop;
        feather = newFeather;
        gaps = GAP_DARKNESS * Math.min(1, GAP_WIDTH_SEEN / feather);
    }

    /** Lays the lower row over a place, whose lower lip begins at {@code lower}. */
    void paintLower(float offset, float v, float lower) {
        float x = Math.abs(offset) / ROW;
        float top = Math.max(bite, lower - LOWER_LENGTH)
                + LOWER_CURVE * offset * offset
                + LOWER_ROUNDING * rounding(offset, LOWER_BOUNDS);
        float cover = over(v - top, feather) * clamp((1 - x) * ROW_FADES);
        paint(LOWER_COVER * cover, LOWER_LIGHT * (1 - LOWER_SHADE * x * x) * between(offset, LOWER_BOUNDS));
    }

    /** Lays the upper row over a place, whose upper lip ends at {@code upper}; {@code strength} 1 covers it completely. */
    void paintUpper(float offset, float v, float upper, float strength) {
        float x = Math.abs(offset) / ROW;
        float bottom =
                seam + UPPER_LENGTH - UPPER_CURVE * offset * offset - UPPER_ROUNDING * rounding(offset, UPPER_BOUNDS);
        float cover = over(bottom - v, feather) * clamp((1 - x) * ROW_FADES);
        float shadow = 1 - LIP_SHADOW + LIP_SHADOW * clamp((v - upper) / LIP_SHADOW_DEPTH);
        paint(
                strength * cover * UPPER_COVER,
                UPPER_LIGHT * shadow * (1 - UPPER_SHADE * x * x) * between(offset, UPPER_BOUNDS));
    }

    private void paint(float cover, float light) {
        colour.mix(cover, Levels.BLACK + luma * light, cb, cr);
    }

    /** 1 beyond an edge, 0 before it, a soft step between. */
    static float over(float distance, float feather) {
        return smoothstep(distance / (2 * feather) + 0.5f);
    }

    /** What the dark line between two teeth leaves of their light. */
    private float between(float offset, float[] bounds) {
        float away = nearest(offset, bounds) / Math.max(GAP_HALF_WIDTH, feather);
        return 1 - gaps * Math.max(0, 1 - away * away);
    }

    /** The rounding of the teeth's ends where two meet, 0 to 1. */
    private static float rounding(float offset, float[] bounds) {
        return square(Math.max(0, 1 - nearest(offset, bounds) / ROUNDING_REACH));
    }

    private static float nearest(float offset, float[] bounds) {
        float away = Math.abs(offset);
        float nearest = 1;
        for (float bound : bounds) {
            nearest = Math.min(nearest, Math.abs(away - bound));
        }
        return nearest;
    }
}
