package io.lipdrop.sync.warp;

import io.lipdrop.media.Frame;
import io.lipdrop.sync.face.Face;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows the person's own mouths in one clip. Every 80 ms it is decided anew which; one takes over from the other within some frames, while
 * both are warped to the same lips.
 */
final class OwnMouths {
    /** From decision to decision, seconds. */
    private static final double STEP = 0.08;
    /** The part of the time at whose end the mouth is as open as it mostly comes to be. */
    private static final float PEAK = 0.95f;
    /** A mouth whose opening varies by less does not talk. */
    private static final float SILENT = 0.03f;

    /** Peaks are those of parted lips. */
    private static final float PARTED = 0.02f;

    private static final float LEAST_PEAK = 0.03f;
    private static final float LEAST_PER_ASKED = 0.5f;
    private static final float MOST_PER_ASKED = 3;
    /** Where the gap of the look is this part of what is wanted, nothing of its inside is shown, or all. */
    private static final float INSIDE_NONE = 0.35f;

    private static final float INSIDE_ALL = 0.65f;
    /** A look that has to open, or to shut, by more than the first counts less, by more than the second not at all. */
    private static final float OPENS = 0.04f;

    private static final float OPENS_TOO_FAR = 0.12f;
    /** Up to the first part of their gap lips shut wholly, from the second on they keep it. */
    private static final float SQUEEZED = 0.1f;

    private static final float UNSQUEEZED = 0.35f;
    private static final float SHUTS = 0.12f;
    private static final float SHUTS_TOO_FAR = 0.22f;
    /** Smaller gaps show nothing to speak of. */
    private static final float SMALL_GAP = 0.02f;
    /** The gap between the curves over the opening, which is a mean of three places. */
    private static final float GAP_OVER_OPENING = 1.1f;

    private final List<OwnLook> looks;
    private final MouthBank bank;
    private final OwnRange range;
    private final MouthPath path;
    /** The opening that is shown over the one that is asked for. */
    private float perAsked = 1;

    private final int stepFrames;
    private final Look[] slots = {new Look(), new Look()};
    private final List<Look> shown = new ArrayList<>(2);
    private int current = -1;
    private int previous = -1;
    private long decided = Long.MIN_VALUE;
    private int shot = -1;
    private int sourceShot = -1;
    private boolean isResumed;

    OwnMouths(MouthBank bank, double framesPerSecond) {
        this.bank = bank;
        looks = bank.looks();
        range = new OwnRange(looks);
        path = new MouthPath(looks, range);
        stepFrames = (int) Math.max(1, Math.round(STEP * framesPerSecond));
    }

    /**
     * Opens the mouth as far as the person does: at its peak so far as they do at theirs.
     *
     * @param peak of the openings that will be asked for
     */
    void expect(float peak) {
        float own = bank.opening(PEAK, PARTED);
        boolean talks = own - bank.opening(1 - PEAK, -1) > SILENT;
        perAsked = talks ? Math.max(LEAST_PER_ASKED, Math.min(MOST_PER_ASKED, own / Math.max(LEAST_PEAK, peak))) : 1;
    }

    /** The look that is shown, −1 for none. */
    int current() {
        return current;
    }

    /** Goes on where another attempt ended. */
    void resume(int look) {
        isResumed = true;
        current = look < looks.size() ? look : -1;
        if (current >= 0) {
            sourceShot = looks.get(current).shot;
            slots[0].show(looks.get(current));
        }
    }

    /**
     * The looks for a frame, the one that leaves before the one that comes.
     *
     * @param light luma of the skin
     */
    List<Look> follow(Frame frame, Face face, FaceAxes axes, Cue cue, float light) {
        long number = cue.number();
        if (isResumed) {
            isResumed = false;
            shot = face.shot();
        } else if (face.shot() != shot) {
            shot = face.shot();
            sourceShot = bank.shotLike(frame);
            current = -1;
            decided = Long.MIN_VALUE;
        }
        shown.clear();
        if (sourceShot < 0) {
            return shown;
        }
        boolean isDue = number % stepFrames == 0 || number < decided || number - decided >= stepFrames;
        if (decided == Long.MIN_VALUE || (isDue && (number == 0 || cue.left() >= stepFrames))) {
            decide(cue, axes, face.yaw(), light);
            decided = number;
        }
        float part = previous < 0 ? 1 : Math.min(1, (number - decided + 1f) / stepFrames);
        if (part < 1) {
            shown.add(moved(slots[1], looks.get(previous), cue.larger(perAsked).now(), axes, face.yaw(), 1));
        }
        shown.add(moved(
                slots[0],
                looks.get(current),
                cue.larger(perAsked).now(),
                axes,
                face.yaw(),
                part * part * (3 - 2 * part)));
        return shown;
    }

    private void decide(Cue cue, FaceAxes axes, float yaw, float light) {
        int next = path.next(current, cue.larger(perAsked), stepFrames, axes, yaw, light, sourceShot);
        previous = next == current ? -1 : current;
        if (next != current || current < 0) {
            Look leaving = slots[0];
            slots[0] = slots[1];
            slots[1] = leaving;
            slots[0].show(looks.get(next));
            current = next;
        }
    }

    /** Moves a look's mouth to what is asked; the further that is, and the more the head is turned otherwise, the less it counts. */
    private Look moved(Look look, OwnLook own, MouthShape shape, FaceAxes axes, float yaw, float part) {
        float gap = own.lips.gap;
        float wanted = shape.opening() > own.opening
                ? gap + GAP_OVER_OPENING * (shape.opening() - own.opening)
                : shut(gap, own.opening > 0 ? shape.opening() / own.opening : 0);
        look.motion.near(look.lips, shape, wanted, range.width(shape));
        look.inner = wanted < SMALL_GAP ? 1 : fade(share(gap, wanted), INSIDE_ALL, INSIDE_NONE);
        look.missing = gap < SMALL_GAP ? 0 : LipLine.missing(gap) * fade(share(wanted, gap), SQUEEZED, UNSQUEEZED);
        float near = wanted > gap ? fade(wanted - gap, OPENS, OPENS_TOO_FAR) : fade(gap - wanted, SHUTS, SHUTS_TOO_FAR);
        look.strength = part * near * look.likeness(axes, yaw);
        return look;
    }

    /** The gap of a mouth that is to be open by this part of what it is; teeth are not squeezed into a bright line. */
    private static float shut(float gap, float part) {
        return gap * part * (gap < SMALL_GAP ? 1 : 1 - fade(part, SQUEEZED, UNSQUEEZED));
    }

    private static float share(float part, float whole) {
        return part / Math.max(whole, 1e-4f);
    }

    /** 1 up to the first value, 0 from the second on. */
    private static float fade(float value, float whole, float none) {
        float t = Math.max(0, Math.min(1, (none - value) / (none - whole)));
        return t * t * (3 - 2 * t);
    }

    /** The width that the mouth is given. */
    float width(MouthShape shape) {
        return range.width(shape);
    }
}
