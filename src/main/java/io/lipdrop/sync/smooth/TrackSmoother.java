package io.lipdrop.sync.smooth;

import static io.lipdrop.sync.pixel.Scalars.smoothstep;

import io.lipdrop.sync.face.Face;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Steadies the faces of one clip without lag: each comes out {@link #LOOK_AHEAD} frames later, smoothed over as many frames
 * before as after it. Short losses are bridged; where the face comes or goes for longer the strength fades.
 */
public final class TrackSmoother {
    /** Frames that a face waits for those after it. */
    public static final int LOOK_AHEAD = 8;

    /** Longest loss that is bridged, frames. */
    private static final int LONGEST_BRIDGE = 3;
    /** Frames over which the effect comes and goes; with the longest bridge less than the frames that wait. */
    private static final int FADE = 4;
    /** A bridge or a window never spans a jump of the head of more than this, in eye distances a frame. */
    private static final float JUMP = 0.35f;

    private static final float HIDDEN = 0.5f;
    /** A face is out of line by more than this, in eye distances, and by more than this multiple of its neighbours' motion; by eye. */
    private static final float SLIPPED = 0.08f;

    private static final float SLIPPED_PER_MOVED = 2;

    private final List<@Nullable Face> window = new ArrayList<>();
    private final FaceMean mean = new FaceMean();
    private int waiting;

    /** Takes the next frame's face, null if it has none, and gives the one {@link #LOOK_AHEAD} frames earlier, if any. */
    public Optional<Tracked> push(@Nullable Face face) {
        window.add(face);
        waiting++;
        bridge();
        straighten();
        if (waiting <= LOOK_AHEAD) {
            return Optional.empty();
        }
        return Optional.of(next());
    }

    /** The frames that still wait, in order; the clip is over. */
    public List<Tracked> flush() {
        List<Tracked> rest = new ArrayList<>();
        while (waiting > 0) {
            rest.add(next());
        }
        window.clear();
        return rest;
    }

    private Tracked next() {
        int at = window.size() - waiting;
        Face face = window.get(at);
        Tracked tracked = new Tracked(face == null ? null : mean.around(window, at, reach(at)), strength(at));
        waiting--;
        while (window.size() - waiting > LOOK_AHEAD) {
            window.remove(0);
        }
        return tracked;
    }

    /** Fills a short gap that the newest face ends. */
    private void bridge() {
        int end = window.size() - 1;
        int start = end - 1;
        while (start >= 0 && window.get(start) == null) {
            start--;
        }
        int missing = end - start - 1;
        if (start < 0 || missing == 0 || missing > LONGEST_BRIDGE) {
            return;
        }
        Face before = window.get(start);
        Face after = window.get(end);
        if (belong(before, after)) {
            for (int i = 1; i <= missing; i++) {
                window.set(start + i, before.towards(after, (float) i / (missing + 1)));
            }
        }
    }

    /** Replaces the face before the newest if it alone is out of line: the tracker slipped for one frame. */
    private void straighten() {
        int end = window.size() - 1;
        if (end < 2 || waiting < 2) {
            return;
        }
        Face before = window.get(end - 2);
        Face odd = window.get(end - 1);
        Face after = window.get(end);
        if (odd == null || !belong(before, after)) {
            return;
        }
        Face expected = before.towards(after, 0.5f);
        float off = FaceMean.distance(odd, expected) / expected.eyeDistance();
        float moved = FaceMean.distance(before, after) / expected.eyeDistance();
        if (off > SLIPPED && off > SLIPPED_PER_MOVED * moved) {
            window.set(end - 1, expected);
        }
    }

    /** Frames to each side of this one that show the same face in the same shot. */
    private int reach(int at) {
        int most = Math.min(LOOK_AHEAD, Math.min(at, window.size() - 1 - at));
        for (int i = 1; i <= most; i++) {
            if (!belong(window.get(at - i), window.get(at - i + 1))
                    || !belong(window.get(at + i - 1), window.get(at + i))) {
                return i - 1;
            }
        }
        return most;
    }

    private static boolean belong(@Nullable Face a, @Nullable Face b) {
        return a != null
                && b != null
                && a.shot() == b.shot()
                && FaceMean.distance(a, b) < JUMP * Math.max(a.eyeDistance(), b.eyeDistance());
    }

    private static boolean isHidden(@Nullable Face face) {
        return face == null || face.score() < HIDDEN;
    }

    private float strength(int at) {
        if (isHidden(window.get(at))) {
            return 0;
        }
        float least = 1;
        for (int i = Math.max(0, at - FADE); i <= Math.min(window.size() - 1, at + FADE); i++) {
            if (isHidden(window.get(i))) {
                least = Math.min(least, (float) Math.abs(i - at) / (FADE + 1));
            }
        }
        return smoothstep(least);
    }
}
