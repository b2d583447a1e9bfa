package io.lipdrop.sync.warp.shape;

import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.Landmarks;
import io.lipdrop.sync.face.Landmarks.LipRing;

/** The edges of the lips and the jaw that a frame has, as curves v(u) in the face's coordinates. */
public final class LipCurves {
    private static final int[] JAW = Landmarks.jaw();

    /** Minimum distance between points of a curve along u, in units. */
    private static final float MIN_STEP = 0.004f;
    /** An open mouth's inner edges are taken this much wider, so that no rim of teeth sticks to the lips. */
    private static final float RIM = 0.008f;
    /** The full rim applies from a gap of this many rims on. */
    private static final float RIMS_OPEN = 3;

    public final Curve upperOuter = new Curve();
    public final Curve upperInner = new Curve();
    public final Curve lowerInner = new Curve();
    public final Curve lowerOuter = new Curve();
    final Curve jaw = new Curve();

    /** Where the mouth's middle is along u; all curves are about it. */
    public float middle;
    /** Offsets of the inner corners from the middle: negative, positive. */
    public float leftInner;

    public float rightInner;
    /** Offsets of the outer corners. */
    public float leftOuter;

    public float rightOuter;
    /** Largest gap between the inner edges, 0 when closed. */
    public float gap;

    private final float[] offsets = new float[JAW.length];
    private final float[] heights = new float[JAW.length];
    private final float[] slopes = new float[JAW.length];

    /** Where the upper lip's middle is along u. */
    public static float middleOf(Face face, FaceAxes axes) {
        return axes.u(face.x(Landmarks.UPPER_LIP_MIDDLE), face.y(Landmarks.UPPER_LIP_MIDDLE));
    }

    /** Halfway between the corners of the mouth along u. */
    public float center() {
        return middle + (leftOuter + rightOuter) / 2;
    }

    /**
     * Takes the curves of a face.
     *
     * @param newMiddle where the mouth's middle is along u; the curves are tabulated about it
     */
    public void fit(Face face, FaceAxes axes, float newMiddle) {
        middle = newMiddle;
        half(face, axes, LipRing.OUTER, false, lowerOuter);
        half(face, axes, LipRing.OUTER, true, upperOuter);
        leftOuter = offsets[0];
        rightOuter = offsets[Landmarks.LIP_ALONG - 1];
        half(face, axes, LipRing.INNER, false, lowerInner);
        half(face, axes, LipRing.INNER, true, upperInner);
        leftInner = offsets[0];
        rightInner = offsets[Landmarks.LIP_ALONG - 1];
        for (int k = 0; k < JAW.length; k++) {
            point(face.x(JAW[k]), face.y(JAW[k]), axes, k);
        }
        jaw.through(offsets, heights, slopes, JAW.length);
        putInOrder();
    }

    /** The width of the mouth, outer corner to outer corner. */
    public float width() {
        return rightOuter - leftOuter;
    }

    /** How much of both lips is seen in the middle, from edge to edge. */
    public float thickness() {
        return lowerOuter.value(0) - lowerInner.value(0) + upperInner.value(0) - upperOuter.value(0);
    }

    /** Where closed lips would meet in the middle: the upper lip goes down less than the lower one comes up. */
    public float seam() {
        return upperInner.value(0) + MouthMotion.UPPER_SHARE * (lowerInner.value(0) - upperInner.value(0));
    }

    /** Becomes equal to other curves. */
    public void copy(LipCurves from) {
        upperOuter.copy(from.upperOuter);
        upperInner.copy(from.upperInner);
        lowerInner.copy(from.lowerInner);
        lowerOuter.copy(from.lowerOuter);
        jaw.copy(from.jaw);
        middle = from.middle;
        leftInner = from.leftInner;
        rightInner = from.rightInner;
        leftOuter = from.leftOuter;
        rightOuter = from.rightOuter;
        gap = from.gap;
    }

    private void half(Face face, FaceAxes axes, LipRing ring, boolean upper, Curve to) {
        for (int k = 0; k < Landmarks.LIP_ALONG; k++) {
            int point = upper ? ring.upper(k) : ring.lower(k);
            point(face.lips()[2 * point], face.lips()[2 * point + 1], axes, k);
        }
        to.through(offsets, heights, slopes, Landmarks.LIP_ALONG);
    }

    private void point(float x, float y, FaceAxes axes, int k) {
        float offset = axes.u(x, y) - middle;
        offsets[k] = k == 0 ? offset : Math.max(offset, offsets[k - 1] + MIN_STEP);
        heights[k] = axes.v(x, y);
    }

    /** Outer edges outside, inner edges inside, an open mouth's rim given to the mouth. */
    private void putInOrder() {
        gap = 0;
        for (int i = 0; i < Curve.SAMPLES; i++) {
            float offset = Curve.at(i);
            float open = lowerInner.values[i] - upperInner.values[i];
            if (open <= 0 || offset <= leftInner || offset >= rightInner) {
                float shut = (lowerInner.values[i] + upperInner.values[i]) / 2;
                upperInner.values[i] = shut;
                lowerInner.values[i] = shut;
                open = 0;
            }
            float rim = RIM * Math.min(1, open / (RIMS_OPEN * RIM));
            upperInner.values[i] -= rim;
            lowerInner.values[i] += rim;
            upperOuter.values[i] = Math.min(upperOuter.values[i], upperInner.values[i]);
            lowerOuter.values[i] = Math.max(lowerOuter.values[i], lowerInner.values[i]);
            gap = Math.max(gap, open);
        }
    }
}
