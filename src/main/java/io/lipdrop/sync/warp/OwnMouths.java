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
    /** Where the gap of the look is this part of what is wanted, nothing of its inside is shown, or all. */
    private static final float INSIDE_NONE = 0.35f;

    private static final float INSIDE_ALL = 0.65f;
    /** Smaller gaps show nothing to speak of. */
    private static final float SMALL_GAP = 0.02f;
    /** The gap between the curves over the opening, which is a mean of three places. */
    private static final float GAP_OVER_OPENING = 1.1f;

    private final List<OwnLook> looks;
    private final MouthBank bank;
    private final OwnRange range;
    private final MouthPath path;
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
        Look now = slots[0];
        float part = previous < 0 ? 1 : Math.min(1, (number - decided + 1f) / stepFrames);
        if (part < 1) {
            weigh(slots[1], previous, axes, face.yaw(), 1);
            shown.add(slots[1]);
        }
        weigh(now, current, axes, face.yaw(), part * part * (3 - 2 * part));
        shown.add(now);
        return shown;
    }

    private void decide(Cue cue, FaceAxes axes, float yaw, float light) {
        int next = path.next(current, cue, stepFrames, axes, yaw, light, sourceShot);
        previous = next == current ? -1 : current;
        if (next != current || current < 0) {
            Look leaving = slots[0];
            slots[0] = slots[1];
            slots[1] = leaving;
            slots[0].show(looks.get(next));
            current = next;
        }
    }

    private static void weigh(Look look, int index, FaceAxes axes, float yaw, float part) {
        look.strength = part * look.likeness(axes, yaw);
    }

    /** Moves a look's mouth to what is asked. */
    void move(Look look, MouthShape shape) {
        OwnLook own = looks.get(look == slots[0] ? current : previous);
        float gap = own.lips.gap;
        float wanted = shape.opening() > own.opening
                ? gap + GAP_OVER_OPENING * (shape.opening() - own.opening)
                : own.opening > 0 ? gap * shape.opening() / own.opening : 0;
        look.motion.near(look.lips, shape, wanted, range.width(shape));
        float share = gap / Math.max(wanted, 1e-4f);
        float inner = wanted < SMALL_GAP ? 1 : (share - INSIDE_NONE) / (INSIDE_ALL - INSIDE_NONE);
        look.inner = Math.max(0, Math.min(1, inner));
    }

    float width(MouthShape shape) {
        return range.width(shape);
    }
}
