package io.lipdrop.sync.face;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.pixel.Levels;

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
    /** Samples of a patch are so far apart, in eye distances, along a square of so many. */
    private static final float APART = 0.025f;

    private static final int ALONG = 3;
    /** The upper face is taken to be no darker than this above black, luma. */
    private static final float MIN_UPPER = 8;
    /** A difference that lasts this long is how this face looks. */
    private static final int FRAMES_TO_BELIEVE = 75;

    private final float[] luma = new float[AROUND.length];
    private final float[] cb = new float[AROUND.length];
    private final float[] cr = new float[AROUND.length];
    private final float[] yaw = new float[AROUND.length];
    private final float[] look = new float[3];
    private int shot = -1;
    private int framesHidden;

    /** From 1, in full view, over 0.5, half hidden, to 0. */
    float visible(Frame frame, Face face) {
        float radius = APART * face.eyeDistance();
        float upper = 0;
        for (int point : UPPER_FACE) {
            sample(frame, face.x(point), face.y(point), radius);
            upper += look[0] / UPPER_FACE.length;
        }
        boolean first = face.shot() != shot || framesHidden > FRAMES_TO_BELIEVE;
        shot = face.shot();
        float share = hidden(frame, face, radius, Math.max(MIN_UPPER, upper), first);
        if (share >= HALF_HIDDEN) {
            framesHidden++;
        } else {
            framesHidden = 0;
        }
        return Math.max(0, 1 - share * 0.5f / HALF_HIDDEN);
    }

    private float hidden(Frame frame, Face face, float radius, float upper, boolean first) {
        float turned = face.yaw();
        int other = 0;
        for (int i = 0; i < AROUND.length; i++) {
            sample(frame, face.x(AROUND[i]), face.y(AROUND[i]), radius);
            float bright = look[0] / upper;
            float tolerance = tolerance(Math.abs(turned - yaw[i]));
            boolean isOther = !first
                    && (Math.abs(bright - luma[i]) > OTHER_LUMA * tolerance
                            || Math.hypot(look[1] - cb[i], look[2] - cr[i]) > OTHER_CHROMA * tolerance);
            other += isOther ? 1 : 0;
            float part = first ? 1 : isOther ? FOLLOWING_OTHER : FOLLOWING;
            luma[i] = lerp(luma[i], bright, part);
            cb[i] = lerp(cb[i], look[1], part);
            cr[i] = lerp(cr[i], look[2], part);
            yaw[i] = lerp(yaw[i], turned, part);
        }
        return (float) other / AROUND.length;
    }

    /** Factor of the differences allowed after a turn, radians. */
    private static float tolerance(float turn) {
        return Math.min(MOST_TOLERANT, 1 + PER_RADIAN * Math.max(0, turn - SAME_POSE));
    }

    /** The mean look of a small patch: luma above black, chroma. */
    private void sample(Frame frame, float x, float y, float radius) {
        byte[] data = frame.data();
        int width = frame.width();
        float sum = 0;
        for (int i = 0; i < ALONG * ALONG; i++) {
            int column = pixel(x + (i % ALONG - 1) * radius, width);
            int row = pixel(y + (i / ALONG - 1) * radius, frame.height());
            sum += data[frame.lumaOffset() + row * width + column] & 255;
        }
        int at = pixel(y, frame.height()) / 2 * (width / 2) + pixel(x, width) / 2;
        look[0] = sum / (ALONG * ALONG) - Levels.BLACK;
        look[1] = data[frame.cbOffset() + at] & 255;
        look[2] = data[frame.crOffset() + at] & 255;
    }

    private static int pixel(float value, int size) {
        return clamp((int) (value + 0.5f), 0, size - 1);
    }
}
