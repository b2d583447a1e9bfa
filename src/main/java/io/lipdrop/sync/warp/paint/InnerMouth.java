package io.lipdrop.sync.warp.paint;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;
import static io.lipdrop.sync.pixel.Scalars.smoothstep;

import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.person.InnerLook;
import io.lipdrop.sync.warp.person.MouthTexture;
import io.lipdrop.sync.warp.person.SkinTone;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.MouthMotion;

/**
 * A drawn inner mouth, lit like the skin around it: a dark cavity, the tongue and the lower teeth, which go with the jaw, and
 * the upper teeth, which stay with the skull. Lengths are in units of {@link FaceAxes} (about 90 mm).
 */
public final class InnerMouth {
    /** How far the upper teeth show below the closed lips' seam. */
    private static final float UPPER_TEETH = 0.026f;
    /** How far the lower teeth show above the lower lip. */
    private static final float LOWER_TEETH = 0.035f;
    /** Half the width of the row of teeth that shows. */
    private static final float ROW = 0.27f;

    /**
     * The part of the opening that the tongue fills, from below, in mouths that open further than this; its brightness over that of the
     * skin, where it goes back into the dark and behind the lower teeth. Seen in wide open mouths of three people.
     */
    private static final float TONGUE = 0.62f;

    private static final float TONGUE_HIDDEN = 0.045f;
    private static final float TONGUE_COMES = 10;
    private static final float TONGUE_BACK = 0.34f;
    private static final float TONGUE_FRONT = 0.62f;

    /**
     * Chroma in white light: of skin, whoever's, so that what differs is taken for the light's; then of what is in the mouth. The teeth's
     * is fitted to eleven people in as many lights.
     */
    private static final float SKIN_CB = 114;

    private static final float SKIN_CR = 148;
    private static final float TEETH_CB = 120;
    private static final float TEETH_CR = 141;
    private static final float TONGUE_CB = 118;
    private static final float TONGUE_CR = 158;
    private static final float CAVITY_CB = 125;
    private static final float CAVITY_CR = 138;

    /** Where the lips are nearer than this the mouth takes their shade: so much of it, of so much of their brightness. */
    private static final float THIN = 0.03f;

    private static final float CORNER_SHADE = 0.6f;
    private static final float CORNER_LIGHT = 0.5f;

    private static final float[] UPPER_BOUNDS = {0, 0.088f, 0.150f, 0.205f, 0.245f};
    private static final float[] LOWER_BOUNDS = {0, 0.056f, 0.112f, 0.172f, 0.225f};

    /** The colour at the place last asked for: luma and chroma, 0 to 255. */
    float luma;

    float cb;
    float cr;

    private MouthMotion motion = new MouthMotion();
    private MouthShape shape = MouthShape.REST;
    private float skinLuma;
    /** What the light adds to the chroma of a bright place. */
    private float tintCb;

    private float tintCr;
    private float teethCb;
    private float teethCr;
    private float cornerLuma;
    private float cornerCb;
    private float cornerCr;
    private float feather;
    private float seam;
    private float jawDrop;
    private InnerLook own = new InnerLook();
    private float teethLight;
    private float cavity;

    public void prepare(MouthMotion newMotion, MouthShape newShape, SkinTone skin, InnerLook innerLook, float unit) {
        own = innerLook;
        cavity = own.isKnown() ? clamp(own.current().cavityLuma, 0.08f, 0.25f) : MouthTexture.DARK;
        motion = newMotion;
        shape = newShape;
        skinLuma = Math.max(0, skin.luma - 16);
        tintCb = skin.cb - SKIN_CB;
        tintCr = skin.cr - SKIN_CR;
        boolean knowsTeeth = own.isKnown() && own.current().teethOverSkin > 0;
        teethLight = knowsTeeth ? clamp(own.current().teethOverSkin, 0.6f, 1.4f) : 1;
        teethCb = knowsTeeth ? own.current().teethCb : TEETH_CB + tintCb;
        teethCr = knowsTeeth ? own.current().teethCr : TEETH_CR + tintCr;
        cornerLuma = 16 + CORNER_LIGHT * Math.max(0, skin.lipLuma - 16);
        cornerCb = skin.lipCb;
        cornerCr = skin.lipCr;
        feather = Math.max(0.8f / unit, 0.007f);
        seam = motion.seam.value(0);
        jawDrop = 0.36f * motion.opening * (1 - 0.9f * shape.teeth());
    }

    /** Paints the place into {@link #luma}, {@link #cb} and {@link #cr}. */
    void paint(float offset, float v) {
        float upper = motion.upperInner.value(offset);
        float lower = motion.lowerInner.value(offset);
        if (own.isKnown() && own.takeover() >= 1) {
            drawOwn(offset, v, upper, lower);
        } else {
            drawn(offset, v, upper, lower);
            if (own.hasPrevious()) {
                overlay(own.previous(), offset, v, upper, lower, 1);
            } else {
                upperTeeth(offset, v, upper, 1);
            }
            if (own.isKnown()) {
                overlay(own.current(), offset, v, upper, lower, own.takeover());
            }
        }
        // Towards the corners the lips' own shade, for a dark speck there would catch the eye.
        float thin = CORNER_SHADE * clamp(1 - (lower - upper) / THIN);
        mix(thin, cornerLuma, cornerCb, cornerCr);
        float rounded = clamp(-shape.width() * 5);
        float rim = 0.78f + 0.22f * clamp(Math.min(v - upper, lower - v) / 0.015f);
        luma = 16 + (luma - 16) * rim * (1 - 0.3f * rounded);
    }

    /** Cavity, tongue and lower teeth. */
    private void drawn(float offset, float v, float upper, float lower) {
        float x = Math.abs(offset) / ROW;
        float deep = clamp((v - upper) / (0.08f + lower - upper));
        luma = 16 + cavity * (0.75f + 0.5f * deep) * skinLuma;
        cb = CAVITY_CB + 0.5f * tintCb;
        cr = CAVITY_CR + 0.5f * tintCr;
        tongue(offset, v, upper, lower);
        float bite = seam + UPPER_TEETH - 0.008f + jawDrop;
        float lowerTop =
                Math.max(bite, lower - LOWER_TEETH) + 0.9f * offset * offset + 0.004f * notch(offset, LOWER_BOUNDS);
        float lowerTeeth = over(v - lowerTop, feather) * clamp((1 - x) * 5);
        tooth(lowerTeeth * 0.9f, 0.68f * (1 - 0.7f * x * x) * gaps(offset, LOWER_BOUNDS));
    }

    private void tongue(float offset, float v, float upper, float lower) {
        float x = Math.abs(offset) / ROW;
        float top = lower - TONGUE * (lower - upper) + 0.5f * offset * offset;
        float cover =
                over(v - top, Math.max(0.02f, 3 * feather)) * clamp((motion.opening - TONGUE_HIDDEN) * TONGUE_COMES);
        float front = clamp((v - top) / Math.max(0.02f, lower - top));
        float light = (TONGUE_BACK + (TONGUE_FRONT - TONGUE_BACK) * front) * (1 - 0.35f * x * x);
        mix(cover, 16 + light * skinLuma, TONGUE_CB + 0.5f * tintCb, TONGUE_CR + 0.5f * tintCr);
    }

    private void upperTeeth(float offset, float v, float upper, float strength) {
        float x = Math.abs(offset) / ROW;
        float bottom = seam + UPPER_TEETH - 0.85f * offset * offset - 0.006f * notch(offset, UPPER_BOUNDS);
        float cover = over(bottom - v, feather) * clamp((1 - x) * 5);
        float lipShadow = 0.8f + 0.2f * clamp((v - upper) / 0.03f);
        tooth(strength * cover * 0.96f, 0.9f * lipShadow * (1 - 0.65f * x * x) * gaps(offset, UPPER_BOUNDS));
    }

    /** The person's own mouth, with the drawn one only where that leaves something open. */
    private void drawOwn(float offset, float v, float upper, float lower) {
        MouthTexture texture = own.current();
        if (texture.lowerOnly) {
            drawn(offset, v, upper, lower);
            overlay(texture, offset, v, upper, lower, 1);
            return;
        }
        float skull = texture.readUpper(offset, v, skinLuma);
        float skullLuma = texture.readLuma;
        float skullCb = texture.readCb;
        float skullCr = texture.readCr;
        if (skull < 1) {
            float jaw = texture.readLower(offset, lower - v, skinLuma);
            float jawLuma = texture.readLuma;
            float jawCb = texture.readCb;
            float jawCr = texture.readCr;
            if (jaw < 1) {
                drawn(offset, v, upper, lower);
            }
            mix(jaw, jawLuma, jawCb, jawCr);
        }
        mix(skull, skullLuma, skullCb, skullCr);
    }

    /** The person's own teeth where the skull has them, drawn ones if they were not seen, then what goes with the jaw below. */
    private void overlay(MouthTexture texture, float offset, float v, float upper, float lower, float strength) {
        float jaw = texture.readLower(offset, lower - v, skinLuma);
        if (jaw > 0) {
            mix(jaw * strength, texture.readLuma, texture.readCb, texture.readCr);
        }
        if (texture.lowerOnly) {
            upperTeeth(offset, v, upper, strength);
            return;
        }
        float skull = texture.readUpper(offset, v, skinLuma);
        if (skull > 0) {
            mix(skull * strength, texture.readLuma, texture.readCb, texture.readCr);
        }
    }

    private void tooth(float cover, float light) {
        mix(cover, 16 + Math.min(195, teethLight * (1.0f * skinLuma + 8)) * light, teethCb, teethCr);
    }

    private void mix(float cover, float newLuma, float newCb, float newCr) {
        luma = lerp(luma, newLuma, cover);
        cb = lerp(cb, newCb, cover);
        cr = lerp(cr, newCr, cover);
    }

    /** 1 beyond an edge, 0 before it, a soft step between. */
    private static float over(float distance, float feather) {
        return smoothstep(distance / (2 * feather) + 0.5f);
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
}
