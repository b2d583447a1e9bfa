package io.lipdrop.sync.warp.shape;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.sync.voice.MouthShape;

/**
 * Where each edge of the mouth goes, for one frame and one {@link MouthShape}: first the mouth that the frame has is taken back
 * to closed, then the wanted shape is applied. Curves are over the offset in the <em>new</em> mouth.
 *
 * <p>Lengths are in units of {@link FaceAxes}. Where nothing else is said, numbers are set by eye.
 */
public final class MouthMotion {
    /** How the opening is shared; the upper lip is held by the skull, the lower lip goes with the jaw (prototype). */
    static final float UPPER_SHARE = 0.22f;

    private static final float LOWER_SHARE = 1 - UPPER_SHARE;
    /** The upper lip rises no further than this, however wide the mouth, and comes near it the sooner the greater the second. */
    private static final float MAX_RAISED = 0.055f;

    private static final float RAISED_SOON = 1.6f;
    /** The chin goes this part of the lower lip's way, and this part of the way less where the teeth are together. */
    private static final float CHIN_SHARE = 0.72f;

    private static final float TEETH_TOGETHER = 0.45f;
    /** Lips with a larger gap are not pressed. */
    private static final float PRESSED_OPEN = 0.03f;
    /** The corners sink by this part of the opening. */
    private static final float CORNER_SHARE = 0.14f;
    /**
     * A mouth that the frame has open comes back with its corners no lower than this below the middle of its seam, but they rise by no more
     * than the second part of its gap.
     */
    private static final float LOWEST_CORNER = 0.01f;

    private static final float MAX_CORNER_RISE = 0.4f;
    /** The arches of the edges: see {@link MouthProfile#arch}; the last of a mouth that opens further than its own look. */
    private static final double UPPER_BROAD = 2.1;

    private static final double UPPER_BLUNT = 0.9;
    private static final double LOWER_BROAD = 2.5;
    private static final double LOWER_BLUNT = 0.92;
    private static final double FURTHER_BROAD = 2.3;
    private static final double FURTHER_BLUNT = 0.9;
    /** The motion of the outer edges, and of the fold below the lower lip, is smoothed over this distance to each side. */
    private static final float UPPER_SOFT = 0.025f;

    private static final float LOWER_SOFT = 0.03f;
    private static final float FOLD_SOFT = 0.07f;
    /** The fold goes this part of its way with the lip, the rest with the chin. */
    static final float FOLD_WITH_LIP = 0.75f;

    /** The edges after the motion. */
    public final Curve upperInner = new Curve();

    public final Curve lowerInner = new Curve();
    public final Curve upperOuter = new Curve();
    public final Curve lowerOuter = new Curve();
    public final Curve jaw = new Curve();

    /** How far each edge has gone down. */
    final Curve upperInnerShift = new Curve();

    final Curve lowerInnerShift = new Curve();
    final Curve upperOuterShift = new Curve();
    final Curve lowerOuterShift = new Curve();
    final Curve foldShift = new Curve();
    final Curve jawShift = new Curve();
    /** How far the skin at mouth level has gone along u. */
    public final Curve sideShift = new Curve();

    /** Where the closed lips would meet, in the new mouth. */
    public final Curve seam = new Curve();
    /** The opening in the middle, after all. */
    public float opening;

    private final Curve softened = new Curve();
    private final float[] scratch = new float[Curve.SAMPLES];

    /**
     * Works out how far each column of the lips moves.
     *
     * @param restWidth the width of this person's mouth at rest
     * @param effect 0 leaves the mouth as it is, 1 moves it all the way
     */
    public void fit(LipCurves lips, MouthShape shape, float restWidth, float effect) {
        AskedMouth asked = AskedMouth.of(shape, restWidth);
        opening = asked.opening();
        float side = effect * (asked.width() - lips.width()) / 2;
        float drop = LOWER_SHARE * (opening * (1 - TEETH_TOGETHER * shape.teeth()) - lips.gap);
        float leftSink = sink(lips, lips.leftInner);
        float rightSink = sink(lips, lips.rightInner);
        float raised = raised();
        LipRoll roll = new LipRoll(shape.press(), shape.tuck(), effect);
        for (int i = 0; i < Curve.SAMPLES; i++) {
            float offset = Curve.at(i);
            float shift = side * MouthProfile.sideways(offset, lips, side);
            sideShift.values[i] = shift;
            float from = offset - shift;
            float sink = (offset < 0 ? leftSink : rightSink) * MouthProfile.corner(from, lips);
            float upper = lips.upperInner.value(from);
            float shut = upper + UPPER_SHARE * (lips.lowerInner.value(from) - upper) + sink;
            float x = Math.abs(from / ((from < 0 ? lips.leftInner : lips.rightInner) * asked.parted()));
            float newUpper = shut - raised * MouthProfile.arch(x, UPPER_BROAD, UPPER_BLUNT);
            float newLower = shut + (opening - raised) * MouthProfile.arch(x, LOWER_BROAD, LOWER_BLUNT);
            roll.edges(this, i, from, lips, newUpper, newLower);
            seam.values[i] = shut;
            jawShift.values[i] = effect * CHIN_SHARE * drop * EdgeAlignment.chin(offset);
            jaw.values[i] = lips.jaw.value(offset) + jawShift.values[i];
        }
        settleOuterEdges();
    }

    /** Skin is stretched more evenly than lips: the outer edges take the inner ones' motion without its steps at the corners. */
    private void settleOuterEdges() {
        soften(upperOuterShift, upperOuter, UPPER_SOFT);
        soften(lowerOuterShift, lowerOuter, LOWER_SOFT);
        foldShift.smoothed(lowerOuterShift, FOLD_SOFT, scratch);
        for (int i = 0; i < Curve.SAMPLES; i++) {
            foldShift.values[i] = FOLD_WITH_LIP * foldShift.values[i] + (1 - FOLD_WITH_LIP) * jawShift.values[i];
        }
    }

    /**
     * Moves a mouth that is already nearly as wanted by what is missing, so that it keeps its own form.
     *
     * @param wanted the gap between the lips, as {@link LipCurves#gap} counts it
     * @param wantedWidth of the mouth, corner to corner
     */
    public void near(LipCurves lips, MouthShape shape, float wanted, float wantedWidth) {
        opening = wanted;
        float side = (wantedWidth - lips.width()) / 2;
        float further = wanted - lips.gap;
        float closing = lips.gap > 0 ? Math.min(1, wanted / lips.gap) : 1;
        LipRoll roll = new LipRoll(shape.press() * Math.max(0, 1 - opening / PRESSED_OPEN), shape.tuck(), 1);
        for (int i = 0; i < Curve.SAMPLES; i++) {
            float offset = Curve.at(i);
            float shift = side * MouthProfile.sideways(offset, lips, side);
            sideShift.values[i] = shift;
            float from = offset - shift;
            float upper = lips.upperInner.value(from);
            float lower = lips.lowerInner.value(from);
            float x = MouthProfile.part(from, lips.leftInner, lips.rightInner);
            float profile = MouthProfile.arch(x, FURTHER_BROAD, FURTHER_BLUNT);
            // A mouth that closes shuts all along; one that opens further does so most in its middle.
            float gap = further < 0 ? (lower - upper) * closing : lower - upper + further * profile;
            float more = gap - (lower - upper);
            float newUpper = upper - UPPER_SHARE * more;
            float newLower = lower + LOWER_SHARE * more;
            seam.values[i] = newUpper + UPPER_SHARE * gap;
            roll.edges(this, i, from, lips, newUpper, newLower);
            jawShift.values[i] = CHIN_SHARE * LOWER_SHARE * further * EdgeAlignment.chin(offset);
            jaw.values[i] = lips.jaw.value(offset) + jawShift.values[i];
        }
        settleOuterEdges();
    }

    /** Takes the corners part of the way to where they make a mouth so wide. */
    public void widen(LipCurves lips, float wantedWidth, float part) {
        float side = (wantedWidth - lips.width()) / 2;
        for (int i = 0; i < Curve.SAMPLES; i++) {
            sideShift.values[i] =
                    lerp(sideShift.values[i], side * MouthProfile.sideways(Curve.at(i), lips, side), part);
        }
    }

    private void soften(Curve shift, Curve edge, float reach) {
        System.arraycopy(shift.values, 0, softened.values, 0, Curve.SAMPLES);
        shift.smoothed(softened, reach, scratch);
        for (int i = 0; i < Curve.SAMPLES; i++) {
            edge.values[i] += shift.values[i] - softened.values[i];
        }
    }

    /** How far a corner goes down: with the new opening; up again from the one that the frame has. */
    private float sink(LipCurves lips, float corner) {
        float middle = lips.upperInner.value(0) + UPPER_SHARE * lips.gap;
        float low = lips.upperInner.value(corner) - middle - LOWEST_CORNER;
        return CORNER_SHARE * opening - clamp(low, 0, MAX_CORNER_RISE * lips.gap);
    }

    /** How far the upper lip's middle rises. */
    private float raised() {
        float most = MAX_RAISED * (1 - (float) Math.exp(-opening * UPPER_SHARE / MAX_RAISED * RAISED_SOON));
        return Math.min(UPPER_SHARE * opening, most);
    }
}
