package io.lipdrop.sync.warp;

/**
 * Makes the mouth that a voice asks for, whoever's it is, one person's: larger or smaller.
 *
 * @param opening factor for the opening
 * @param width factor for the change of width
 */
public record MouthScale(float opening, float width) {
    /** What voices usually ask for: the peak of the opening and the range of the width. */
    static final float USUAL_PEAK = 0.1f;

    static final float USUAL_WIDTHS = 0.085f;

    /** Voices that ask for less are hardly voices; the person is not to shout them. */
    static final float LEAST_PEAK = 0.06f;

    static final float LEAST_WIDTHS = 0.04f;

    private static final float LEAST = 0.2f;
    private static final float MOST = 2.2f;
    private static final float LEAST_WIDER = 0.9f;
    private static final float MOST_WIDER = 1.5f;
    /** From the first on lips that press come together, and touch from the second on, however lively the person. */
    private static final float PRESSING = 0.2f;

    private static final float PRESSED = 0.45f;

    /** As voices ask. */
    static final MouthScale NONE = new MouthScale(1, 1);

    /** What suits a person, within what people do. */
    static MouthScale of(float opening, float width) {
        return new MouthScale(
                Math.max(LEAST, Math.min(MOST, opening)), Math.max(LEAST_WIDER, Math.min(MOST_WIDER, width)));
    }

    MouthScale times(float strength) {
        return new MouthScale(strength * opening, strength * width);
    }

    /** The shape, drawn to scale; lips that the voice presses together stay together. */
    public MouthShape of(MouthShape shape) {
        float t = Math.max(0, Math.min(1, (PRESSED - shape.press()) / (PRESSED - PRESSING)));
        float larger = Math.max(0, opening - 1) * t + Math.min(1, opening);
        return new MouthShape(
                larger * shape.opening(), width * shape.width(), shape.press(), shape.tuck(), shape.teeth());
    }
}
