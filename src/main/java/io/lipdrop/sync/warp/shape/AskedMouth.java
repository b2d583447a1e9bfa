package io.lipdrop.sync.warp.shape;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.sync.voice.MouthShape;

/**
 * What a {@link MouthShape} asks of one person's mouth, so that the face mesh sees on the result what was asked. Lengths are in units of
 * {@link FaceAxes}; where nothing else is said, the numbers are set by eye.
 *
 * @param opening the gap between the lips in the middle
 * @param width from corner to corner
 * @param parted the part of the way to the corners over which the lips part
 */
record AskedMouth(float opening, float width, float parted) {
    /**
     * Slightly parted lips open by this multiple of what is asked, fitted on fifteen faces. Wide mouths need more of it, and none opens
     * further than {@link #WIDEST}.
     */
    private static final float ASKED_TO_REAL = 1.12f;

    private static final float WIDEST = 0.5f;
    /** Nor is any taller than this part of its width at rest, which is not below the second. */
    private static final float TALLEST = 0.9f;

    private static final float MIN_WIDTH = 0.2f;
    /** The same of a change of width. */
    private static final float ASKED_TO_REAL_WIDTH = 1.2f;
    /** No mouth spreads or rounds by more than this. */
    private static final float WIDEST_SPREAD = 0.19f;
    /** The more a mouth opens the narrower the mesh sees it, which is not so of real ones. */
    private static final float OPEN_SEEMS_NARROW = 0.17f;
    /** How far lips are apart where the lower one is under the teeth. */
    private static final float TUCK_GAP = 0.022f;
    /** A lip that is held under the teeth is not rounded by this part of what is asked. */
    private static final float TUCKED_STRAIGHT = 0.6f;
    /** Lips that hardly open part over this part of the way to the corners, and over more of it with the opening. */
    private static final float PARTED = 0.93f;

    private static final float PARTING = 0.4f;
    /** A rounded mouth opens in its middle only: what a unit of rounding takes away, and the most that counts. */
    private static final float ROUNDED_NARROW = 2.2f;

    private static final float MAX_ROUNDED = 0.16f;
    /** The teeth show on a tucked lip in its middle only. */
    private static final float TUCKED_NARROW = 0.12f;

    static AskedMouth of(MouthShape shape, float restWidth) {
        float spread = shape.width() < 0 ? shape.width() * (1 - TUCKED_STRAIGHT * shape.tuck()) : shape.width();
        float width = restWidth + real(spread) + OPEN_SEEMS_NARROW * shape.opening();
        float widest = Math.min(WIDEST, TALLEST * Math.max(MIN_WIDTH, restWidth));
        float opening =
                widest * (1 - (float) Math.exp(-ASKED_TO_REAL * shape.opening() / widest)) + TUCK_GAP * shape.tuck();
        float parted = Math.min(1, PARTED + PARTING * opening)
                * (1 + ROUNDED_NARROW * clamp(spread, -MAX_ROUNDED, 0) - TUCKED_NARROW * shape.tuck());
        return new AskedMouth(opening, width, parted);
    }

    /** The change of width that is seen as {@code spread}. */
    private static float real(float spread) {
        return WIDEST_SPREAD * (float) Math.tanh(ASKED_TO_REAL_WIDTH * spread / WIDEST_SPREAD);
    }
}
