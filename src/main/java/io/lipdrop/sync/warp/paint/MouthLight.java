package io.lipdrop.sync.warp.paint;

import io.lipdrop.sync.pixel.Levels;
import io.lipdrop.sync.warp.person.SkinTone;

/**
 * The light that falls on a mouth, as the skin round it shows it.
 *
 * @param skin luma of the skin above black
 * @param tintCb what the light adds to the chroma of a bright place
 * @param tintCr the same of the other chroma
 */
record MouthLight(float skin, float tintCb, float tintCr) {
    /** Chroma of skin in white light, whoever's, so that what differs is taken for the light's; by eye. */
    private static final float SKIN_CB = 114;

    private static final float SKIN_CR = 148;
    /** So much of the tint reaches what lies deep in the mouth; by eye. */
    private static final float DEEP = 0.5f;

    static MouthLight of(SkinTone skin) {
        return new MouthLight(Math.max(0, skin.luma - Levels.BLACK), skin.cb - SKIN_CB, skin.cr - SKIN_CR);
    }

    /** The luma of what is so bright, over the skin. */
    float luma(float overSkin) {
        return Levels.BLACK + overSkin * skin;
    }

    /** The chroma of something deep in the mouth that has this one in white light. */
    float deepCb(float white) {
        return white + DEEP * tintCb;
    }

    float deepCr(float white) {
        return white + DEEP * tintCr;
    }
}
