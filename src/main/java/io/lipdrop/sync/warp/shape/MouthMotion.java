package io.lipdrop.sync.warp.shape;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.sync.voice.MouthShape;

/**
 * Where each edge of the mouth goes, for one frame and one {@link MouthShape}: first the mouth that the frame has is taken back
 * to closed, then the wanted shape is applied. Curves are over the offset in the <em>new</em> mouth.
 */
public final class MouthMotion {
    /** How the opening is shared; the upper lip is held by the skull, the lower lip goes with the jaw (prototype). */
    static final float UPPER_SHARE = 0.22f;

    private static final float LOWER_SHARE = 1 - UPPER_SHARE;
    /** The upper lip rises no further than this, however wide the mouth. */
    private static final float MAX_RAISED = 0.055f;
    /**
     * Lips that part a little part by this part of what is asked, so that the face mesh sees them as far apart as was asked (fifteen
     * faces). Wide mouths need more of it, and none opens further than {@link #WIDEST}.
     */
    private static final float ASKED_TO_REAL = 1.12f;

    private static final float WIDEST = 0.5f;
    /** Nor is any taller than this part of its width at rest. */
    private static final float TALLEST = 0.9f;

    private static final float MIN_WIDTH = 0.2f;

    /** The same of a change of width. */
    private static final float ASKED_TO_REAL_WIDTH = 1.2f;
    /** No mouth spreads or rounds by more than this. */
    private static final float WIDEST_SPREAD = 0.19f;
    /** The more a mouth opens the narrower the mesh sees it, which is not so of real ones. */
    private static final float OPEN_SEEMS_NARROW = 0.17f;
    /** The chin goes this part of the lower lip's way. */
    private static final float CHIN_SHARE = 0.72f;
    /** A lip's share of its thickness that pressing hides. */
    private static final float PRESS = 0.25f;
    /** A lower lip's share of its thickness that goes behind the teeth. */
    private static final float TUCK = 0.45f;

    private static final float TUCK_GAP = 0.022f;
    /** Lips that are so far apart are not pressed. */
    private static final float PRESSED_OPEN = 0.03f;
    /** The teeth show on a tucked lip in its middle only. */
    private static final float TUCKED_NARROW = 0.12f;
    /** A lip that is held under the teeth is not rounded by this part of what is asked. */
    private static final float TUCKED_STRAIGHT = 0.6f;
    /** The part of the way to the corners over which lips part that hardly open, and how fast it grows with the opening. */
    private static final float PARTED = 0.93f;

    private static final float PARTING = 0.4f;
    /** The corners sink by this part of the opening. */
    private static final float CORNER_SHARE = 0.14f;
    /** A mouth that the frame has open comes back with its corners no lower than this below the middle of its seam. */
    private static final float LOWEST_CORNER = 0.01f;

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
    public void of(LipCurves lips, MouthShape shape, float restWidth, float effect) {
        float spread = shape.width() < 0 ? shape.width() * (1 - TUCKED_STRAIGHT * shape.tuck()) : shape.width();
        float wanted = restWidth + real(spread) + OPEN_SEEMS_NARROW * shape.opening();
        float side = effect * (wanted - lips.width()) / 2;
        float widest = Math.min(WIDEST, TALLEST * Math.max(MIN_WIDTH, restWidth));
        opening = widest * (1 - (float) Math.exp(-ASKED_TO_REAL * shape.opening() / widest)) + TUCK_GAP * shape.tuck();
        float drop = LOWER_SHARE * (opening * (1 - 0.45f * shape.teeth()) - lips.gap);
        float leftSink = sink(lips, lips.leftInner);
        float rightSink = sink(lips, lips.rightInner);
        // Lips part from the middle on; a rounded mouth opens there only.
        float parted = Math.min(1, PARTED + PARTING * opening);
        float narrow = parted * (1 + 2.2f * clamp(spread, -0.16f, 0) - TUCKED_NARROW * shape.tuck());
        for (int i = 0; i < Curve.SAMPLES; i++) {
            float offset = Curve.at(i);
            float shift = side * sideways(offset, lips, side);
            sideShift.values[i] = shift;
            float sink = (offset < 0 ? leftSink : rightSink) * corner(offset - shift, lips);
            edges(i, offset - shift, sink, lips, shape, narrow, effect);
            jawShift.values[i] = effect * CHIN_SHARE * drop * EdgeAlignment.chin(offset);
            jaw.values[i] = lips.jaw.value(offset) + jawShift.values[i];
        }
        settleOuterEdges();
    }

    /** Skin is stretched more evenly than lips: the outer edges take the inner ones' motion without its steps at the corners. */
    private void settleOuterEdges() {
        soften(upperOuterShift, upperOuter, 0.025f);
        soften(lowerOuterShift, lowerOuter, 0.03f);
        foldShift.smoothed(lowerOuterShift, 0.07f, scratch);
        for (int i = 0; i < Curve.SAMPLES; i++) {
            foldShift.values[i] = 0.75f * foldShift.values[i] + 0.25f * jawShift.values[i];
        }
    }

    /** The change of width that is seen as {@code spread}. */
    private static float real(float spread) {
        return WIDEST_SPREAD * (float) Math.tanh(ASKED_TO_REAL_WIDTH * spread / WIDEST_SPREAD);
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
        float press = shape.press() * Math.max(0, 1 - opening / PRESSED_OPEN);
        for (int i = 0; i < Curve.SAMPLES; i++) {
            float offset = Curve.at(i);
            float shift = side * sideways(offset, lips, side);
            sideShift.values[i] = shift;
            float from = offset - shift;
            float upper = lips.upperInner.value(from);
            float lower = lips.lowerInner.value(from);
            float x = Math.abs(from / (from < 0 ? lips.leftInner : lips.rightInner));
            float profile = x < 1 ? (float) Math.pow(1 - Math.pow(x, 2.3), 0.9) : 0;
            // A mouth that closes shuts all along; one that opens further does so most in its middle.
            float gap = further < 0 ? (lower - upper) * closing : lower - upper + further * profile;
            float more = gap - (lower - upper);
            float newUpper = upper - UPPER_SHARE * more;
            float newLower = lower + LOWER_SHARE * more;
            seam.values[i] = newUpper + UPPER_SHARE * gap;
            rolled(i, from, upper, lower, newUpper, newLower, lips, press, shape.tuck(), 1);
            jawShift.values[i] = CHIN_SHARE * LOWER_SHARE * further * EdgeAlignment.chin(offset);
            jaw.values[i] = lips.jaw.value(offset) + jawShift.values[i];
        }
        settleOuterEdges();
    }

    /**
     * The edges of lips whose inner ones go so far. Pressed or tucked lips roll inwards: part of them goes behind the seam, and their outer
     * edges follow.
     */
    private void rolled(
            int i,
            float from,
            float upper,
            float lower,
            float newUpper,
            float newLower,
            LipCurves lips,
            float press,
            float tuck,
            float effect) {
        float lipX = Math.abs(from / (from < 0 ? lips.leftOuter : lips.rightOuter));
        float lip = lipX < 1 ? 1 - lipX * lipX * lipX : 0;
        float upperThickness = upper - lips.upperOuter.value(from);
        float lowerThickness = lips.lowerOuter.value(from) - lower;
        float upperHidden = PRESS * press * lip * upperThickness;
        // A tucked lip stays thinner towards its corners, or it would look like a block.
        float tucked = lipX < 1 ? 1 - (float) Math.pow(lipX, 8) : 0;
        float lowerHidden = (PRESS * press * lip + TUCK * tuck * tucked) * lowerThickness;
        upperInnerShift.values[i] = effect * (newUpper - upper + upperHidden);
        lowerInnerShift.values[i] = effect * (newLower - lower - lowerHidden);
        upperOuterShift.values[i] = effect * (0.85f * (newUpper - upper) + upperHidden * 0.9f);
        lowerOuterShift.values[i] = effect * (0.94f * (newLower - lower) - lowerHidden * 0.9f);
        upperInner.values[i] = upper + effect * (newUpper - upper);
        lowerInner.values[i] = lower + effect * (newLower - lower);
        upperOuter.values[i] = upper - upperThickness + upperOuterShift.values[i];
        lowerOuter.values[i] = lower + lowerThickness + lowerOuterShift.values[i];
    }

    /** Takes the corners part of the way to where they make a mouth so wide. */
    public void widen(LipCurves lips, float wantedWidth, float part) {
        float side = (wantedWidth - lips.width()) / 2;
        for (int i = 0; i < Curve.SAMPLES; i++) {
            sideShift.values[i] = lerp(sideShift.values[i], side * sideways(Curve.at(i), lips, side), part);
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
        return CORNER_SHARE * opening - clamp(low, 0, 0.4f * lips.gap);
    }

    /** 1 at a corner, 0 in the middle and well outside. */
    private static float corner(float offset, LipCurves lips) {
        float x = Math.abs(offset / (offset < 0 ? lips.leftInner : lips.rightInner));
        if (x < 1) {
            return x * x * (2 - x * x);
        }
        float out = (x - 1) / 1.3f;
        return out < 1 ? (1 - out * out) * (1 - out * out) : 0;
    }

    private void edges(int i, float offset, float sink, LipCurves lips, MouthShape shape, float narrow, float effect) {
        float upper = lips.upperInner.value(offset);
        float lower = lips.lowerInner.value(offset);
        float gap = lower - upper;
        float corner = offset < 0 ? lips.leftInner : lips.rightInner;
        float x = Math.abs(offset / (corner * narrow));
        // Pointed at the corners, as real mouths are, where the lips stay together.
        float profile = x < 1 ? (float) Math.pow(1 - Math.pow(x, 2.1), 0.9) : 0;
        float lowerProfile = x < 1 ? (float) Math.pow(1 - Math.pow(x, 2.5), 0.92) : 0;

        float shut = upper + UPPER_SHARE * gap + sink;
        float raised = Math.min(
                UPPER_SHARE * opening,
                MAX_RAISED * (1 - (float) Math.exp(-opening * UPPER_SHARE / MAX_RAISED * 1.6f)));
        float newUpper = shut - raised * profile;
        float newLower = shut + (opening - raised) * lowerProfile;
        rolled(i, offset, upper, lower, newUpper, newLower, lips, shape.press(), shape.tuck(), effect);
        seam.values[i] = shut;
    }

    /** How much of a corner's way a place goes: all of it at the corner, nothing in the middle and far outside. */
    private static float sideways(float offset, LipCurves lips, float side) {
        float corner = (offset < 0 ? lips.leftOuter - side : lips.rightOuter + side);
        float x = offset / Math.max(0.05f, Math.abs(corner));
        float away = Math.abs(x);
        if (away <= 1) {
            // Level at the corner, so that the skin beside it neither folds nor tears.
            return x * (1.5f - 0.5f * x * x);
        }
        float out = (away - 1) / 1.1f;
        float fade = out < 1 ? (1 - out * out) * (1 - out * out) : 0;
        return Math.signum(x) * fade;
    }
}
