package io.lipdrop.sync.face;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.pixel.Levels;

/** Brightness and colour of some eighty places of a face, above the mouth: in one frame, or the mean of several. */
final class FaceLook {
    /** Forehead, brows and eyes, then nose and cheeks: every third of the points above the mouth. */
    static final int[] PLACES = {
        8, 23, 26, 29, 33, 55, 65, 68, 104, 108, 112, 122, 128, 151, 155, 159, 163, 173, 189, 222, 225, 229, 232, 245,
        252, 255, 258, 261, 283, 297, 333, 337, 341, 351, 357, 380, 384, 387, 412, 417, 443, 446, 450, 453, 463, 466, 1,
        5, 19, 45, 48, 51, 60, 79, 101, 115, 119, 131, 142, 195, 198, 209, 219, 236, 239, 242, 248, 274, 277, 280, 289,
        294, 309, 330, 344, 348, 360, 371, 392, 423, 437, 440, 457, 460
    };

    /** So many of them are out of reach of a hand before the mouth. */
    static final int UPPER_PLACES = 46;

    /** Heads that are turned further look otherwise and are not looked at, radians. */
    static final float MAX_YAW = 0.8f;

    /** So many times stronger or paler may all colours of a face get with the light. */
    private static final float MAX_PALER = 1.4f;
    /** Faces are taken to be no darker than this above black, luma. */
    private static final float MIN_LUMA = 8;

    /** As a part of the upper face's brightness. */
    final float[] luma = new float[PLACES.length];

    /** Chroma less that of grey. */
    final float[] cb = new float[PLACES.length];

    final float[] cr = new float[PLACES.length];
    float yaw;
    /** Distance of the eyes, pixels. */
    float size;

    /** Looks at a face; at its places only where it is not turned away. */
    void take(Frame frame, Face face) {
        yaw = face.yaw();
        size = face.eyeDistance();
        if (!isSeen()) {
            return;
        }
        SkinPatch patch = new SkinPatch();
        float upper = 0;
        for (int i = 0; i < PLACES.length; i++) {
            patch.look(frame, face, PLACES[i], size);
            luma[i] = patch.luma;
            cb[i] = patch.cb - Levels.GREY;
            cr[i] = patch.cr - Levels.GREY;
            upper += i < UPPER_PLACES ? patch.luma / UPPER_PLACES : 0;
        }
        for (int i = 0; i < PLACES.length; i++) {
            luma[i] /= Math.max(MIN_LUMA, upper);
        }
    }

    /** Whether the face is not turned away. */
    boolean isSeen() {
        return Math.abs(yaw) <= MAX_YAW;
    }

    /** Comes nearer to another look: by nothing at 0, all the way at 1. */
    void approach(FaceLook other, float part) {
        for (int i = 0; i < PLACES.length; i++) {
            luma[i] = lerp(luma[i], other.luma[i], part);
            cb[i] = lerp(cb[i], other.cb[i], part);
            cr[i] = lerp(cr[i], other.cr[i], part);
        }
        yaw = lerp(yaw, other.yaw, part);
        size = lerp(size, other.size, part);
    }

    /** By how much all colours are paler than those of another look, in the mean (least squares). */
    float paler(FaceLook other) {
        float both = 0;
        float own = 0;
        for (int i = 0; i < PLACES.length; i++) {
            both += cb[i] * other.cb[i] + cr[i] * other.cr[i];
            own += cb[i] * cb[i] + cr[i] * cr[i];
        }
        return own > 0 ? clamp(both / own, 1 / MAX_PALER, MAX_PALER) : 1;
    }
}
