package io.lipdrop.sync.warp.person;

import static io.lipdrop.sync.pixel.Scalars.lerp;

/** The width of this person's mouth at rest: what it mostly is, followed slowly. */
public final class RestWidth {
    /** How fast it is followed, a frame; by eye. */
    private static final float FOLLOWING = 0.01f;
    /** In the first frames the estimate moves faster. */
    private static final int FIRST_FRAMES = 15;

    private float width;
    private int frames;

    /** Takes the width of the next frame's mouth, in units of the face's axes, and returns the estimate. */
    public float follow(float now) {
        frames = Math.min(frames + 1, FIRST_FRAMES * 100);
        float part = Math.max(FOLLOWING, 1f / (frames + FIRST_FRAMES));
        width = frames == 1 ? now : lerp(width, now, part);
        return width;
    }
}
