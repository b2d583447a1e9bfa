package io.lipdrop.sync.warp.paint;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.sync.pixel.Levels;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.person.InnerLook;
import io.lipdrop.sync.warp.person.MouthTexture;
import io.lipdrop.sync.warp.person.SkinTone;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.MouthMotion;

/**
 * What is seen between the lips, lit like the skin around it: the person's own mouth where it is known, a drawn one else. Lengths are in
 * units of {@link FaceAxes}; the numbers are set by eye.
 */
public final class InnerMouth {
    /** Where the gap is smaller the mouth takes the lips' shade: how much of it, and how bright. */
    private static final float THIN = 0.03f;

    private static final float CORNER_SHADE = 0.6f;
    private static final float CORNER_LIGHT = 0.5f;
    /** Rounded lips shade the mouth by this part; fully from a narrowing of a fifth of a unit on. */
    private static final float ROUNDED_SHADE = 0.3f;

    private static final float ROUNDED_PER_WIDTH = 5;
    /** The rim of the lips shades what is behind it by this part, over this depth. */
    private static final float RIM_SHADE = 0.22f;

    private static final float RIM_DEPTH = 0.015f;
    /** Half the width of soft edges: in pixels, and at least, in units. */
    private static final float FEATHER_PIXELS = 0.8f;

    private static final float MIN_FEATHER = 0.007f;

    /** The colour at the place last painted. */
    final MouthColour colour = new MouthColour();

    private final DrawnMouth drawn = new DrawnMouth(colour);
    private MouthMotion motion = new MouthMotion();
    private InnerLook own = new InnerLook();
    private float skinLuma;
    private float cornerLuma;
    private float cornerCb;
    private float cornerCr;
    private float roundedLight;

    /**
     * Prepares for one frame.
     *
     * @param newMotion where the lips are
     * @param shape the wanted mouth: rounded lips shade its inside
     * @param skin the light on the skin
     * @param innerLook the person's own inner mouth, as far as known
     * @param unit pixels per unit of {@link FaceAxes}
     */
    public void prepare(MouthMotion newMotion, MouthShape shape, SkinTone skin, InnerLook innerLook, float unit) {
        motion = newMotion;
        own = innerLook;
        MouthLight light = MouthLight.of(skin);
        skinLuma = light.skin();
        cornerLuma = Levels.BLACK + CORNER_LIGHT * Math.max(0, skin.lipLuma - Levels.BLACK);
        cornerCb = skin.lipCb;
        cornerCr = skin.lipCr;
        roundedLight = 1 - ROUNDED_SHADE * clamp(-shape.width() * ROUNDED_PER_WIDTH);
        drawn.prepare(motion, shape, light, own, Math.max(FEATHER_PIXELS / unit, MIN_FEATHER));
    }

    /** Paints the place into {@link #colour}. */
    void paint(float offset, float v) {
        float upper = motion.upperInner.value(offset);
        float lower = motion.lowerInner.value(offset);
        if (own.isKnown() && own.takeover() >= 1) {
            paintOwn(offset, v, upper, lower);
        } else {
            drawn.paint(offset, v, upper, lower);
            if (own.hasPrevious()) {
                overlay(own.previous(), offset, v, upper, lower, 1);
            } else {
                drawn.paintUpperTeeth(offset, v, upper, 1);
            }
            if (own.isKnown()) {
                overlay(own.current(), offset, v, upper, lower, own.takeover());
            }
        }
        // Towards the corners the lips' own shade, for a dark speck there would catch the eye.
        float thin = CORNER_SHADE * clamp(1 - (lower - upper) / THIN);
        colour.mix(thin, cornerLuma, cornerCb, cornerCr);
        float rim = 1 - RIM_SHADE + RIM_SHADE * clamp(Math.min(v - upper, lower - v) / RIM_DEPTH);
        colour.luma = Levels.BLACK + (colour.luma - Levels.BLACK) * rim * roundedLight;
    }

    /** The person's own mouth, with the drawn one only where that leaves something open. */
    private void paintOwn(float offset, float v, float upper, float lower) {
        MouthTexture texture = own.current();
        if (texture.lowerOnly) {
            drawn.paint(offset, v, upper, lower);
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
                drawn.paint(offset, v, upper, lower);
            }
            colour.mix(jaw, jawLuma, jawCb, jawCr);
        }
        colour.mix(skull, skullLuma, skullCb, skullCr);
    }

    /** The person's own teeth where the skull has them, drawn ones if they were not seen, then what goes with the jaw below. */
    private void overlay(MouthTexture texture, float offset, float v, float upper, float lower, float strength) {
        float jaw = texture.readLower(offset, lower - v, skinLuma);
        if (jaw > 0) {
            colour.mix(jaw * strength, texture.readLuma, texture.readCb, texture.readCr);
        }
        if (texture.lowerOnly) {
            drawn.paintUpperTeeth(offset, v, upper, strength);
            return;
        }
        float skull = texture.readUpper(offset, v, skinLuma);
        if (skull > 0) {
            colour.mix(skull * strength, texture.readLuma, texture.readCb, texture.readCr);
        }
    }
}
