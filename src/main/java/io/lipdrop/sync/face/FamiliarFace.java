package io.lipdrop.sync.face;

import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.media.frame.Frame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a face is still the one that was followed before, or by now another's: a picture may dissolve or slide into the next
 * without a cut, or the camera move on to another person. Compared are brightness and colour of some eighty places above the mouth, with
 * the mean of what was seen of them while the head was turned alike. One clip, in order.
 */
final class FamiliarFace {
    /** Forehead, brows and eyes, then nose and cheeks: every third of the points above the mouth. */
    static final int[] PLACES = {
        8, 23, 26, 29, 33, 55, 65, 68, 104, 108, 112, 122, 128, 151, 155, 159, 163, 173, 189, 222, 225, 229, 232, 245,
        252, 255, 258, 261, 283, 297, 333, 337, 341, 351, 357, 380, 384, 387, 412, 417, 443, 446, 450, 453, 463, 466, 1,
        5, 19, 45, 48, 51, 60, 79, 101, 115, 119, 131, 142, 195, 198, 209, 219, 236, 239, 242, 248, 274, 277, 280, 289,
        294, 309, 330, 344, 348, 360, 371, 392, 423, 437, 440, 457, 460
    };

    /** So many of them are out of reach of a hand before the mouth. */
    private static final int UPPER_PLACES = 46;

    /**
     * A place looks other if it differs by more than this, as a part of the upper face's brightness, or in chroma of 255, beyond what it
     * usually does. These and the next three by 26 people: each followed alone, and dissolving into each other.
     */
    private static final float OTHER_LUMA = 0.13f;

    private static final float OTHER_CHROMA = 3;
    /** It is another's face if so many of all places, and of the upper ones, look other in so many frames, one after the other. */
    private static final float ANOTHER = 0.5f;

    private static final int FRAMES_TO_TELL = 3;
    /** Where more than this look other, it may be a mixture of two: it is not remembered, unless it stays for so many frames. */
    private static final float FAMILIAR = 0.15f;

    private static final int FRAMES_TO_REMEMBER = 20;

    /** Heads that are turned further look otherwise and are not compared, radians. */
    private static final float MAX_YAW = 0.8f;
    /** What was seen is remembered apart for each such part of a turn, radians. */
    private static final float YAW_STEP = 0.12f;

    private static final int STEPS = (int) (MAX_YAW / YAW_STEP + 0.5f);
    /** Turned by more than this from what is remembered, skin may differ more, by this a radian up to the third. */
    private static final float SAME_POSE = 0.06f;

    private static final float PER_RADIAN = 4;
    private static final float MOST_TOLERANT = 1.8f;

    /** A view that was seen less often is not compared with. */
    private static final int MIN_SEEN = 5;
    /** Means are over about as many frames. */
    private static final int REMEMBERED = 100;

    /** Faces are taken to be no darker than this above black, luma. */
    private static final float MIN_LUMA = 8;

    private final SkinPatch patch = new SkinPatch();
    private final float[] luma = new float[PLACES.length];
    private final float[] cb = new float[PLACES.length];
    private final float[] cr = new float[PLACES.length];
    private final @Nullable View[] views = new View[2 * STEPS + 1];
    /** How much each place usually differs from what is remembered. */
    private final float[] usualLuma = new float[PLACES.length];

    private final float[] usualChroma = new float[PLACES.length];
    private int usualSeen;
    private int shot = -1;
    private int framesOther;
    private int framesUnfamiliar;

    /** The face from one side. */
    private static final class View {
        final float[] luma = new float[PLACES.length];
        final float[] cb = new float[PLACES.length];
        final float[] cr = new float[PLACES.length];
        float yaw;
        int seen;
    }

    /** Looks at the next frame's face; whether it is another's than before. From then on that one is the familiar one. */
    boolean isAnother(Frame frame, Face face) {
        if (face.shot() != shot) {
            shot = face.shot();
            forget();
        }
        float yaw = face.yaw();
        if (Math.abs(yaw) > MAX_YAW) {
            return false;
        }
        look(frame, face);
        float other = other(yaw);
        if (other > ANOTHER) {
            if (++framesOther < FRAMES_TO_TELL) {
                return false;
            }
            shot++;
            forget();
            remember(yaw);
            return true;
        }
        framesOther = 0;
        framesUnfamiliar = other > FAMILIAR ? framesUnfamiliar + 1 : 0;
        if (framesUnfamiliar == 0 || framesUnfamiliar >= FRAMES_TO_REMEMBER) {
            remember(yaw);
        }
        return false;
    }

    private void forget() {
        Arrays.fill(views, null);
        Arrays.fill(usualLuma, 0);
        Arrays.fill(usualChroma, 0);
        usualSeen = 0;
        framesOther = 0;
        framesUnfamiliar = 0;
    }

    private void look(Frame frame, Face face) {
        float eyeDistance = face.eyeDistance();
        float upper = 0;
        for (int i = 0; i < PLACES.length; i++) {
            patch.look(frame, face, PLACES[i], eyeDistance);
            luma[i] = patch.luma;
            cb[i] = patch.cb;
            cr[i] = patch.cr;
            upper += i < UPPER_PLACES ? patch.luma / UPPER_PLACES : 0;
        }
        for (int i = 0; i < PLACES.length; i++) {
            luma[i] /= Math.max(MIN_LUMA, upper);
        }
    }

    /** The share of places that look other than in the view that is most like this one; 0 where none is known. */
    private float other(float yaw) {
        float least = 1;
        boolean isKnown = false;
        for (View view : views) {
            if (view != null && view.seen >= MIN_SEEN) {
                isKnown = true;
                least = Math.min(least, otherThan(view, tolerance(Math.abs(yaw - view.yaw))));
            }
        }
        return isKnown ? least : 0;
    }

    /** Of all places or of the upper ones, whichever is less. */
    private float otherThan(View view, float tolerance) {
        int others = 0;
        float upper = 0;
        for (int i = 0; i < PLACES.length; i++) {
            boolean isOther = Math.abs(luma[i] - view.luma[i]) > OTHER_LUMA * tolerance + usualLuma[i]
                    || Math.hypot(cb[i] - view.cb[i], cr[i] - view.cr[i]) > OTHER_CHROMA * tolerance + usualChroma[i];
            others += isOther ? 1 : 0;
            if (i == UPPER_PLACES - 1) {
                upper = (float) others / UPPER_PLACES;
            }
        }
        return Math.min(upper, (float) others / PLACES.length);
    }

    private static float tolerance(float turn) {
        return Math.min(MOST_TOLERANT, 1 + PER_RADIAN * Math.max(0, turn - SAME_POSE));
    }

    private void remember(float yaw) {
        int step = Math.round(yaw / YAW_STEP) + STEPS;
        View view = views[step];
        if (view == null) {
            view = new View();
            views[step] = view;
        }
        if (view.seen > 1) {
            float part = 1f / Math.min(++usualSeen, REMEMBERED);
            for (int i = 0; i < PLACES.length; i++) {
                usualLuma[i] = lerp(usualLuma[i], Math.abs(luma[i] - view.luma[i]), part);
                usualChroma[i] = lerp(usualChroma[i], (float) Math.hypot(cb[i] - view.cb[i], cr[i] - view.cr[i]), part);
            }
        }
        float part = 1f / Math.min(++view.seen, REMEMBERED);
        for (int i = 0; i < PLACES.length; i++) {
            view.luma[i] = lerp(view.luma[i], luma[i], part);
            view.cb[i] = lerp(view.cb[i], cb[i], part);
            view.cr[i] = lerp(view.cr[i], cr[i], part);
        }
        view.yaw = lerp(view.yaw, yaw, part);
    }
}
