package io.lipdrop.sync.face;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;
import static io.lipdrop.sync.pixel.Scalars.square;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.pixel.Levels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the people of a clip apart, so that nothing of one is shown on another: a picture may cut, dissolve or slide into the next, or the
 * camera move on. Compared are brightness and colour of some eighty places above the mouth, with the mean of what was seen of them while
 * the head was turned alike. One clip, in order.
 */
final class FamiliarFaces {
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

    private static final float OTHER_CHROMA = 2.5f;
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

    /** So many times stronger or paler may all colours of a face get with the light. */
    private static final float MAX_PALER = 1.4f;
    /** Faces are taken to be no darker than this above black, luma. */
    private static final float MIN_LUMA = 8;

    /** A face is known again after a cut if it has about the size that was seen: the camera is the same. */
    private static final float SAME_SIZE = 1.3f;

    private static final int MAX_KNOWN = 6;

    private final SkinPatch patch = new SkinPatch();
    private final float[] luma = new float[PLACES.length];
    private final float[] cb = new float[PLACES.length];
    private final float[] cr = new float[PLACES.length];
    /** The one that was seen last is the last. */
    private final List<Known> known = new ArrayList<>();

    private int next;
    private boolean cut = true;
    private int framesOther;
    private int framesUnfamiliar;

    /** A face from one side. */
    private static final class View {
        final float[] luma = new float[PLACES.length];
        final float[] cb = new float[PLACES.length];
        final float[] cr = new float[PLACES.length];
        float yaw;
        float size;
        int seen;
    }

    /** What is remembered of one face. */
    private static final class Known {
        final int shot;
        final @Nullable View[] views = new View[2 * STEPS + 1];
        /** How much each place usually differs from what is remembered. */
        final float[] usualLuma = new float[PLACES.length];

        final float[] usualChroma = new float[PLACES.length];
        int usualSeen;

        Known(int shot) {
            this.shot = shot;
        }
    }

    /** The first shot is this one; later ones count on from it. */
    void resume(int shot) {
        next = shot;
    }

    /** The next frame shows another scene. */
    void cut() {
        cut = true;
    }

    /** The shot that the next frame's face belongs to: the one before, an earlier one with the same face, or a new one. */
    int shotOf(Frame frame, Face face) {
        float yaw = face.yaw();
        boolean isSeen = Math.abs(yaw) <= MAX_YAW;
        float size = face.eyeDistance();
        if (isSeen) {
            look(frame, face, size);
        }
        if (cut) {
            cut = false;
            begin(isSeen ? knownBefore(yaw, size) : null);
        } else if (isSeen && isAnother(yaw, size)) {
            begin(knownBefore(yaw, size));
        }
        Known current = known.get(known.size() - 1);
        if (isSeen && framesOther == 0 && (framesUnfamiliar == 0 || framesUnfamiliar >= FRAMES_TO_REMEMBER)) {
            remember(current, yaw, size);
        }
        return current.shot;
    }

    private boolean isAnother(float yaw, float size) {
        float other = other(known.get(known.size() - 1), yaw, Float.MAX_VALUE, size);
        framesUnfamiliar = other > FAMILIAR ? framesUnfamiliar + 1 : 0;
        boolean isOther = other > ANOTHER || (other > FAMILIAR && knownBefore(yaw, size) != null);
        framesOther = isOther ? framesOther + 1 : 0;
        return framesOther == FRAMES_TO_TELL;
    }

    private void begin(@Nullable Known again) {
        Known now = again == null ? new Known(next++) : again;
        known.remove(now);
        known.add(now);
        if (known.size() > MAX_KNOWN) {
            known.remove(0);
        }
        framesOther = 0;
        framesUnfamiliar = 0;
    }

    /** The face that was known before the last one and is like this one. */
    private @Nullable Known knownBefore(float yaw, float size) {
        Known best = null;
        float least = FAMILIAR;
        for (Known one : known.subList(0, Math.max(0, known.size() - 1))) {
            float other = other(one, yaw, SAME_SIZE, size);
            if (other < least) {
                least = other;
                best = one;
            }
        }
        return best;
    }

    private void look(Frame frame, Face face, float eyeDistance) {
        float upper = 0;
        for (int i = 0; i < PLACES.length; i++) {
            patch.look(frame, face, PLACES[i], eyeDistance);
            luma[i] = patch.luma;
            cb[i] = patch.cb - Levels.GREY;
            cr[i] = patch.cr - Levels.GREY;
            upper += i < UPPER_PLACES ? patch.luma / UPPER_PLACES : 0;
        }
        for (int i = 0; i < PLACES.length; i++) {
            luma[i] /= Math.max(MIN_LUMA, upper);
        }
    }

    /**
     * The share of places that look other than in the view that is most like this one.
     *
     * @param ratio views whose size differs by more do not count
     * @return where no view counts: 0 if sizes do not matter, else 1
     */
    private float other(Known one, float yaw, float ratio, float size) {
        float least = 1;
        boolean isKnown = false;
        for (View view : one.views) {
            if (view != null
                    && view.seen >= MIN_SEEN
                    && Math.max(size, view.size) <= ratio * Math.min(size, view.size)) {
                isKnown = true;
                least = Math.min(least, otherThan(one, view, tolerance(Math.abs(yaw - view.yaw))));
            }
        }
        return isKnown || ratio < Float.MAX_VALUE ? least : 0;
    }

    /** Of all places or of the upper ones, whichever is less. */
    private float otherThan(Known one, View view, float tolerance) {
        float paler = paler(view);
        int others = 0;
        float upper = 0;
        for (int i = 0; i < PLACES.length; i++) {
            float chroma = square(paler * cb[i] - view.cb[i]) + square(paler * cr[i] - view.cr[i]);
            boolean isOther = Math.abs(luma[i] - view.luma[i]) > OTHER_LUMA * tolerance + one.usualLuma[i]
                    || chroma > square(OTHER_CHROMA * tolerance + one.usualChroma[i]);
            others += isOther ? 1 : 0;
            if (i == UPPER_PLACES - 1) {
                upper = (float) others / UPPER_PLACES;
            }
        }
        return Math.min(upper, (float) others / PLACES.length);
    }

    /** By how much all colours of a view are stronger than now, in the mean (least squares). */
    private float paler(View view) {
        float both = 0;
        float now = 0;
        for (int i = 0; i < PLACES.length; i++) {
            both += cb[i] * view.cb[i] + cr[i] * view.cr[i];
            now += cb[i] * cb[i] + cr[i] * cr[i];
        }
        return now > 0 ? clamp(both / now, 1 / MAX_PALER, MAX_PALER) : 1;
    }

    private static float tolerance(float turn) {
        return Math.min(MOST_TOLERANT, 1 + PER_RADIAN * Math.max(0, turn - SAME_POSE));
    }

    private void remember(Known one, float yaw, float size) {
        int step = Math.round(yaw / YAW_STEP) + STEPS;
        View view = one.views[step];
        if (view == null) {
            view = new View();
            one.views[step] = view;
        }
        if (view.seen > 1) {
            float part = 1f / Math.min(++one.usualSeen, REMEMBERED);
            for (int i = 0; i < PLACES.length; i++) {
                float chroma = (float) Math.hypot(cb[i] - view.cb[i], cr[i] - view.cr[i]);
                one.usualLuma[i] = lerp(one.usualLuma[i], Math.abs(luma[i] - view.luma[i]), part);
                one.usualChroma[i] = lerp(one.usualChroma[i], chroma, part);
            }
        }
        float part = 1f / Math.min(++view.seen, REMEMBERED);
        for (int i = 0; i < PLACES.length; i++) {
            view.luma[i] = lerp(view.luma[i], luma[i], part);
            view.cb[i] = lerp(view.cb[i], cb[i], part);
            view.cr[i] = lerp(view.cr[i], cr[i], part);
        }
        view.yaw = lerp(view.yaw, yaw, part);
        view.size = lerp(view.size, size, part);
    }
}
