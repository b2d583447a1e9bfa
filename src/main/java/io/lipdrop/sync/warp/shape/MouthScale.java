package io.lipdrop.sync.warp.shape;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.sync.voice.MouthShape;

/**
 * Makes the mouth that a voice asks for, whoever's it is, one person's: larger or smaller.
 *
 * @param opening factor for the opening
 * @param width factor for the change of width
 */
public record MouthScale(float opening, float width) {
    /** As the voice asks. */
    public static final MouthScale NONE = new MouthScale(1, 1);

    /** From the first on lips that press come together, and touch from the second on, however lively the person. */
    private static final float PRESSING = 0.2f;

    private static final float PRESSED = 0.45f;

    MouthScale times(float strength) {
        return new MouthScale(strength * opening, strength * width);
    }

    /** The shape, drawn to scale; lips that the voice presses together open no further. */
    public MouthShape of(MouthShape shape) {
        float t = clamp((PRESSED - shape.press()) / (PRESSED - PRESSING));
        float larger = Math.max(0, opening - 1) * t + Math.min(1, opening);
        return new MouthShape(
                larger * shape.opening(), width * shape.width(), shape.press(), shape.tuck(), shape.teeth());
    }
}
