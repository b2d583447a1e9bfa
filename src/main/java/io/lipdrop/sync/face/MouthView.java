package io.lipdrop.sync.face;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.media.frame.Frame;

/**
 * Tells whether something, a hand or a microphone, hides the mouth: the skin round the mouth then suddenly looks other than it did,
 * compared with the skin of the upper face, while the mesh continues to guess. A head that turns brings its skin into other light, too, so
 * more difference is allowed the further it has turned since. One clip, in order.
 */
final class MouthView {
    /** Skin round the mouth, out of reach of the lips. */
    private static final int[] AROUND = {
        164, 167, 393, 92, 322, 186, 410, 57, 287, 43, 273, 106, 335, 18, 200, 199, 175, 201, 421, 204, 424, 202, 422,
        212, 432, 214, 434, 207, 427, 216, 436, 205, 425, 210, 430
    };

    static final int[] UPPER_FACE = {151, 9, 108, 337, 50, 280, 117, 346, 5, 6};
    /** Minimum difference: as a part of the upper face's brightness, or in chroma of 255. */
    private static final float OTHER_LUMA = 0.2f;

    private static final float OTHER_CHROMA = 9;
    /** Turns up to this, radians, allow no more difference: a mesh that guesses behind a hand errs by 0.12. */
    private static final float SAME_POSE = 0.12f;
    /** Beyond, the differences allowed grow by this a radian, up to the second. By heads that turn: of fifteen people, two need twice as much. */
    private static final float PER_RADIAN = 8;

    private static final float MOST_TOLERANT = 2.5f;
    /** The mouth counts as half hidden when this many of the places look different. */
    private static final float HALF_HIDDEN = 0.4f;

    /** How fast a look is followed, a frame; what looks other hardly is, or a resting hand would soon be part of the face. By eye. */
    private static final float FOLLOWING = 0.12f;

    private static final float FOLLOWING_OTHER = 0.01f;
    /** The upper face is taken to be no darker than this above black, luma. */
    private static final float MIN_UPPER = 8;
    /** A difference that lasts this long is how this face looks; or longer than the mouth was in view before, but at least the second. */
    private static final int FRAMES_TO_BELIEVE = 75;

    private static final int FEWEST_TO_BELIEVE = 12;

    private final float[] luma = new float[AROUND.length];
    private final float[] cb = new float[AROUND.length];
    private final float[] cr = new float[AROUND.length];
    private final float[] yaw = new float[AROUND.length];
    private final SkinPatch patch = new SkinPatch();
    private int shot = -1;
    private int framesSeen;
    private int framesHidden;

    /** From 1, in full view, over 0.5, half hidden, to 0. */
    float visible(Frame frame, Face face) {
        float eyeDistance = face.eyeDistance();
        float upper = 0;
        for (int point : UPPER_FACE) {
            patch.look(frame, face, point, eyeDistance);
            upper += patch.luma / UPPER_FACE.length;
        }
        boolean first = face.shot() != shot || framesHidden > clamp(framesSeen, FEWEST_TO_BELIEVE, FRAMES_TO_BELIEVE);
        shot = face.shot();
        framesSeen = first ? 0 : framesSeen;
        float share = hidden(frame, face, eyeDistance, Math.max(MIN_UPPER, upper), first);
        if (share >= HALF_HIDDEN) {
            framesHidden++;
        } else {
            framesHidden = 0;
            framesSeen++;
        }
        return Math.max(0, 1 - share * 0.5f / HALF_HIDDEN);
    }

    private float hidden(Frame frame, Face face, float eyeDistance, float upper, boolean first) {
        float turned = face.yaw();
        int other = 0;
        for (int i = 0; i < AROUND.length; i++) {
            patch.look(frame, face, AROUND[i], eyeDistance);
            float bright = patch.luma / upper;
            float tolerance = tolerance(Math.abs(turned - yaw[i]));
            boolean isOther = !first
                    && (Math.abs(bright - luma[i]) > OTHER_LUMA * tolerance
                            || Math.hypot(patch.cb - cb[i], patch.cr - cr[i]) > OTHER_CHROMA * tolerance);
            other += isOther ? 1 : 0;
            float part = first ? 1 : isOther ? FOLLOWING_OTHER : FOLLOWING;
            luma[i] = lerp(luma[i], bright, part);
            cb[i] = lerp(cb[i], patch.cb, part);
            cr[i] = lerp(cr[i], patch.cr, part);
            yaw[i] = lerp(yaw[i], turned, part);
        }
        return (float) other / AROUND.length;
    }

    /** Factor of the differences allowed after a turn, radians. */
    private static float tolerance(float turn) {
        return Math.min(MOST_TOLERANT, 1 + PER_RADIAN * Math.max(0, turn - SAME_POSE));
    }
}
