package io.lipdrop.sync.warp;

/**
 * A drawn inner mouth, lit like the skin around it: a dark cavity, the tongue and the lower teeth, which go with the jaw, and
 * the upper teeth, which stay with the skull. Lengths are in units of {@link FaceAxes} (about 90 mm).
 */
final class InnerMouth {
    /** How far the upper teeth show below the closed lips' seam. */
    private static final float UPPER_TEETH = 0.024f;
    /** Half the width of the row of teeth that shows. */
    private static final float ROW = 0.27f;

    private static final float[] UPPER_BOUNDS = {0, 0.088f, 0.150f, 0.205f, 0.245f};
    private static final float[] LOWER_BOUNDS = {0, 0.056f, 0.112f, 0.172f, 0.225f};

    /** The colour at the place last asked for: luma and chroma, 0 to 255. */
    float luma;

    float cb;
    float cr;

    private MouthMotion motion = new MouthMotion();
    private MouthShape shape = MouthShape.REST;
    private float skinLuma;
    private float skinCb;
    private float skinCr;
    private float feather;
    private float seam;
    private float jawDrop;

    void prepare(MouthMotion newMotion, MouthShape newShape, SkinTone skin, float unit) {
        motion = newMotion;
        shape = newShape;
        skinLuma = Math.max(0, skin.luma - 16);
        skinCb = skin.cb - 128;
        skinCr = skin.cr - 128;
        feather = Math.max(0.8f / unit, 0.007f);
        seam = motion.seam.value(0);
        jawDrop = 0.5f * motion.opening * (1 - 0.9f * shape.teeth());
    }

    /** Paints the place into {@link #luma}, {@link #cb} and {@link #cr}. */
    void paint(float offset, float v) {
        float upper = motion.upperInner.value(offset);
        float lower = motion.lowerInner.value(offset);
        float x = Math.abs(offset) / ROW;
        luma = 16 + 0.10f * skinLuma;
        cb = 128 + 0.15f * skinCb;
        cr = 128 + 0.55f * skinCr;

        float tongueTop = lower - 0.42f * (lower - upper) + 0.5f * offset * offset;
        float tongue = over(v - tongueTop, 3 * feather) * clamp((motion.opening - 0.03f) * 25);
        mix(tongue, 16 + 0.42f * skinLuma, 128 + 0.35f * skinCb, 128 + 1.15f * skinCr);

        float sides = clamp((1 - x) * 5);
        float lowerTop =
                seam + UPPER_TEETH - 0.008f + jawDrop + 0.9f * offset * offset + 0.004f * notch(offset, LOWER_BOUNDS);
        float lowerTeeth = over(v - lowerTop, feather) * sides;
        tooth(lowerTeeth * 0.92f, 0.74f * (1 - 0.45f * x * x) * gaps(offset, LOWER_BOUNDS));

        float upperBottom = seam + UPPER_TEETH - 0.85f * offset * offset - 0.006f * notch(offset, UPPER_BOUNDS);
        float upperTeeth = over(upperBottom - v, feather) * sides;
        float lipShadow = 0.62f + 0.38f * clamp((v - upper) / 0.035f);
        tooth(upperTeeth * 0.96f, lipShadow * (1 - 0.5f * x * x) * gaps(offset, UPPER_BOUNDS));

        float rounded = clamp(-shape.width() * 5);
        float rim = 0.6f + 0.4f * clamp(Math.min(v - upper, lower - v) / 0.018f);
        luma = 16 + (luma - 16) * rim * (1 - 0.35f * rounded);
    }

    private void tooth(float cover, float light) {
        mix(cover, 16 + Math.min(190, 1.02f * skinLuma + 10) * light, 128 + 0.45f * skinCb, 128 + 0.3f * skinCr);
    }

    private void mix(float cover, float newLuma, float newCb, float newCr) {
        luma += cover * (newLuma - luma);
        cb += cover * (newCb - cb);
        cr += cover * (newCr - cr);
    }

    /** 1 beyond an edge, 0 before it, a soft step between. */
    private static float over(float distance, float feather) {
        float t = clamp(distance / (2 * feather) + 0.5f);
        return t * t * (3 - 2 * t);
    }

    /** Dark lines between the teeth, fainter where they are finer than the picture. */
    private float gaps(float offset, float[] bounds) {
        float nearest = nearest(offset, bounds) / Math.max(0.005f, feather);
        return 1 - 0.16f * Math.min(1, 0.006f / feather) * Math.max(0, 1 - nearest * nearest);
    }

    /** The rounding of the teeth's ends where two meet, 0 to 1. */
    private static float notch(float offset, float[] bounds) {
        float t = Math.max(0, 1 - nearest(offset, bounds) / 0.02f);
        return t * t;
    }

    private static float nearest(float offset, float[] bounds) {
        float away = Math.abs(offset);
        float nearest = 1;
        for (float bound : bounds) {
            nearest = Math.min(nearest, Math.abs(away - bound));
        }
        return nearest;
    }

    private static float clamp(float value) {
        return Math.max(0, Math.min(1, value));
    }
}
