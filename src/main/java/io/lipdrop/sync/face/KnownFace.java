package io.lipdrop.sync.face;

import static io.lipdrop.sync.pixel.Scalars.lerp;
import static io.lipdrop.sync.pixel.Scalars.square;

import org.jspecify.annotations.Nullable;

/** What is remembered of one face: its look from several sides, and how much each place of it usually changes. */
final class KnownFace {
    /**
     * A place looks other if it differs by more than this, as a part of the upper face's brightness, or in chroma of 255, beyond what it
     * usually does. By 26 people: each followed alone, and dissolving into each other.
     */
    private static final float OTHER_LUMA = 0.13f;

    private static final float OTHER_CHROMA = 2.5f;
    /** What was seen is remembered apart for each such part of a turn, radians. */
    private static final float YAW_STEP = 0.12f;

    private static final int STEPS = (int) (FaceLook.MAX_YAW / YAW_STEP + 0.5f);
    /** Turned by more than this from what is remembered, skin may differ more, by this a radian up to the third. */
    private static final float SAME_POSE = 0.06f;

    private static final float PER_RADIAN = 4;
    private static final float MOST_TOLERANT = 1.8f;

    /** A view that was seen less often is not compared with. */
    private static final int MIN_SEEN = 5;
    /** Means are over about as many frames. */
    private static final int REMEMBERED = 100;

    /** Sizes that differ by less may be of the same camera. */
    private static final float SAME_SIZE = 1.3f;

    final int shot;
    private final @Nullable View[] views = new View[2 * STEPS + 1];
    private final float[] usualLuma = new float[FaceLook.PLACES.length];
    private final float[] usualChroma = new float[FaceLook.PLACES.length];
    private int usualSeen;

    /** The face from one side. */
    private static final class View {
        final FaceLook mean = new FaceLook();
        int seen;
    }

    KnownFace(int shot) {
        this.shot = shot;
    }

    /** The share of places that look other than in the view that is most like this look; 0 as long as none is known. */
    float other(FaceLook now) {
        return other(now, Float.MAX_VALUE, 0);
    }

    /** The same, compared with views of about this size; 1 where none is known. */
    float otherAtSize(FaceLook now) {
        return other(now, SAME_SIZE, 1);
    }

    private float other(FaceLook now, float ratio, float unknown) {
        float least = 1;
        boolean isKnown = false;
        for (View view : views) {
            if (view != null
                    && view.seen >= MIN_SEEN
                    && Math.max(now.size, view.mean.size) <= ratio * Math.min(now.size, view.mean.size)) {
                isKnown = true;
                least = Math.min(least, otherThan(view.mean, now));
            }
        }
        return isKnown ? least : unknown;
    }

    /** Of all places or of the upper ones, whichever is less. */
    private float otherThan(FaceLook mean, FaceLook now) {
        float tolerance = tolerance(Math.abs(now.yaw - mean.yaw));
        float paler = now.paler(mean);
        int others = 0;
        float upper = 0;
        for (int i = 0; i < FaceLook.PLACES.length; i++) {
            float chroma = square(paler * now.cb[i] - mean.cb[i]) + square(paler * now.cr[i] - mean.cr[i]);
            boolean isOther = Math.abs(now.luma[i] - mean.luma[i]) > OTHER_LUMA * tolerance + usualLuma[i]
                    || chroma > square(OTHER_CHROMA * tolerance + usualChroma[i]);
            others += isOther ? 1 : 0;
            if (i == FaceLook.UPPER_PLACES - 1) {
                upper = (float) others / FaceLook.UPPER_PLACES;
            }
        }
        return Math.min(upper, (float) others / FaceLook.PLACES.length);
    }

    private static float tolerance(float turn) {
        return Math.min(MOST_TOLERANT, 1 + PER_RADIAN * Math.max(0, turn - SAME_POSE));
    }

    void remember(FaceLook now) {
        int step = Math.round(now.yaw / YAW_STEP) + STEPS;
        View view = views[step];
        if (view == null) {
            view = new View();
            views[step] = view;
        }
        if (view.seen > 1) {
            float part = 1f / Math.min(++usualSeen, REMEMBERED);
            for (int i = 0; i < FaceLook.PLACES.length; i++) {
                float chroma = (float) Math.hypot(now.cb[i] - view.mean.cb[i], now.cr[i] - view.mean.cr[i]);
                usualLuma[i] = lerp(usualLuma[i], Math.abs(now.luma[i] - view.mean.luma[i]), part);
                usualChroma[i] = lerp(usualChroma[i], chroma, part);
            }
        }
        view.mean.approach(now, 1f / Math.min(++view.seen, REMEMBERED));
    }
}
