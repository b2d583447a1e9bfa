package io.lipdrop.sync.warp.paint;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.person.InnerLook;
import io.lipdrop.sync.warp.person.MouthTexture;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.MouthMotion;

/**
 * A drawn mouth: a dark cavity, the tongue and the lower teeth, which go with the jaw, and the upper teeth. Lengths are in units of
 * {@link FaceAxes} (about 90 mm), brightness is over that of the skin. Where nothing else is said, numbers are set by eye; what was
 * seen was seen in wide open mouths of three people.
 */
final class DrawnMouth {
    /** How dark the person's own cavity may be, and how bright; 0.13 to 0.2 were seen. */
    private static final float MIN_CAVITY = 0.08f;

    private static final float MAX_CAVITY = 0.25f;
    /** Visible part at the upper lip, and how much more further down: half of it at an opening of the third number. */
    private static final float CAVITY_TOP = 0.75f;

    private static final float CAVITY_DOWN = 0.5f;
    private static final float CAVITY_DEPTH = 0.08f;
    /** Chroma of the cavity and of the tongue in white light. */
    private static final float CAVITY_CB = 125;

    private static final float CAVITY_CR = 138;
    private static final float TONGUE_CB = 118;
    private static final float TONGUE_CR = 158;
    /** The part of the opening that the tongue fills, from below: three fifths were seen. */
    private static final float TONGUE_HEIGHT = 0.62f;
    /** It becomes visible from this opening on (4 mm), fully a tenth of a unit later. */
    private static final float TONGUE_HIDDEN = 0.045f;

    private static final float TONGUE_COMES = 10;
    /** Its brightness where it goes back into the dark and behind the lower teeth; 0.35 to 0.75 were seen. */
    private static final float TONGUE_BACK = 0.34f;

    private static final float TONGUE_FRONT = 0.62f;
    /** It is darker by this part at the ends of the row of teeth, whose half width that is. */
    private static final float TONGUE_SHADE = 0.35f;

    private static final float TONGUE_HALF_WIDTH = 0.27f;
    /** Its edge falls off to the sides by this much of the squared distance from the middle, per unit. */
    private static final float TONGUE_CURVE = 0.5f;
    /** Its edge is softer than others: the factor, and the minimum. */
    private static final float TONGUE_SOFTER = 3;

    private static final float TONGUE_SOFT = 0.02f;
    private static final float MIN_TONGUE = 0.02f;

    private final MouthColour colour;
    private final DrawnTeeth teeth;
    private MouthLight light = new MouthLight(0, 0, 0);
    private float cavity;
    private float tongueSeen;
    private float tongueSoft;

    DrawnMouth(MouthColour colour) {
        this.colour = colour;
        teeth = new DrawnTeeth(colour);
    }

    void prepare(MouthMotion motion, MouthShape shape, MouthLight newLight, InnerLook own, float feather) {
        light = newLight;
        cavity = own.isKnown() ? clamp(own.current().cavityLuma, MIN_CAVITY, MAX_CAVITY) : MouthTexture.DARK;
        tongueSeen = clamp((motion.opening - TONGUE_HIDDEN) * TONGUE_COMES);
        tongueSoft = Math.max(TONGUE_SOFT, TONGUE_SOFTER * feather);
        teeth.prepare(motion, shape, light, own, feather);
    }

    /** Paints a place between the edges of the lips, all but the upper teeth. */
    void paint(float offset, float v, float upper, float lower) {
        float deep = clamp((v - upper) / (CAVITY_DEPTH + lower - upper));
        colour.set(
                light.luma(cavity * (CAVITY_TOP + CAVITY_DOWN * deep)),
                light.deepCb(CAVITY_CB),
                light.deepCr(CAVITY_CR));
        paintTongue(offset, v, upper, lower);
        teeth.paintLower(offset, v, lower);
    }

    void paintUpperTeeth(float offset, float v, float upper, float strength) {
        teeth.paintUpper(offset, v, upper, strength);
    }

    private void paintTongue(float offset, float v, float upper, float lower) {
        float x = Math.abs(offset) / TONGUE_HALF_WIDTH;
        float top = lower - TONGUE_HEIGHT * (lower - upper) + TONGUE_CURVE * offset * offset;
        float cover = DrawnTeeth.over(v - top, tongueSoft) * tongueSeen;
        float front = clamp((v - top) / Math.max(MIN_TONGUE, lower - top));
        float brightness = (TONGUE_BACK + (TONGUE_FRONT - TONGUE_BACK) * front) * (1 - TONGUE_SHADE * x * x);
        colour.mix(cover, light.luma(brightness), light.deepCb(TONGUE_CB), light.deepCr(TONGUE_CR));
    }
}
