package io.lipdrop.sync.face;

import io.lipdrop.media.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the people of a clip apart, so that nothing of one is shown on another: a picture may cut, dissolve or slide into the next, or the
 * camera move on. Each face is compared with what was seen of the one before, and of some earlier ones, while the head was turned alike.
 * One clip, in order.
 */
final class FamiliarFaces {
    /**
     * It is another's face if so many of its places look other in so many frames, one after the other. These and the next by 26 people: each
     * followed alone, and dissolving into each other.
     */
    private static final float ANOTHER = 0.5f;

    private static final int FRAMES_TO_TELL = 3;
    /** Where more than this look other, it may be a mixture of two: it is not remembered, unless it stays for so many frames. */
    private static final float FAMILIAR = 0.15f;

    private static final int FRAMES_TO_REMEMBER = 20;
    private static final int MAX_KNOWN = 6;

    private final FaceLook now = new FaceLook();
    /** The one that was seen last is the last. */
    private final List<KnownFace> known = new ArrayList<>();

    private int next;
    private boolean cut = true;
    private int framesOther;
    private int framesUnfamiliar;

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
        now.take(frame, face);
        if (cut) {
            cut = false;
            begin(now.isSeen() ? knownBefore() : null);
        } else if (now.isSeen()) {
            compare();
        }
        if (now.isSeen() && framesOther == 0 && (framesUnfamiliar == 0 || framesUnfamiliar >= FRAMES_TO_REMEMBER)) {
            current().remember(now);
        }
        return current().shot;
    }

    private void compare() {
        float other = current().other(now);
        boolean isFamiliar = other <= FAMILIAR;
        KnownFace before = isFamiliar ? null : knownBefore();
        framesUnfamiliar = isFamiliar ? 0 : framesUnfamiliar + 1;
        framesOther = other > ANOTHER || before != null ? framesOther + 1 : 0;
        if (framesOther == FRAMES_TO_TELL) {
            begin(before);
        }
    }

    private void begin(@Nullable KnownFace again) {
        KnownFace face = again == null ? new KnownFace(next++) : again;
        known.remove(face);
        known.add(face);
        if (known.size() > MAX_KNOWN) {
            known.remove(0);
        }
        framesOther = 0;
        framesUnfamiliar = 0;
    }

    private KnownFace current() {
        return known.get(known.size() - 1);
    }

    /** The face that was known before the last one and is like this one, at about its size: the camera is the same. */
    private @Nullable KnownFace knownBefore() {
        KnownFace best = null;
        float least = FAMILIAR;
        for (KnownFace one : known.subList(0, Math.max(0, known.size() - 1))) {
            float other = one.otherAtSize(now);
            if (other < least) {
                least = other;
                best = one;
            }
        }
        return best;
    }
}
