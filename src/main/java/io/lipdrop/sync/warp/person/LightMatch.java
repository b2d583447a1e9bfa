package io.lipdrop.sync.warp.person;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.pixel.Samples;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.MouthMotion;
import io.lipdrop.sync.warp.shape.WarpGrid;
import java.util.Arrays;

/**
 * How the light on the skin round the mouth differs from when the look was taken: for luma and both chromas a plane a + b u + c v,
 * fitted by least squares to places just outside the lips, followed over a few frames.
 */
public final class LightMatch {
    private static final int ALONG = 9;
    /** How far outside the lips the skin is compared, in units of {@link FaceAxes}: in the midst of the look's soft edge. */
    private static final float OUTSIDE = 0.07f;

    /** At the corners the places are this far outside, and this much nearer to the lips; in parts of the distance above. */
    private static final float OUTSIDE_CORNER = 0.6f;

    private static final float NEARER_AT_CORNER = 0.4f;
    /** Luma is the mean of four samples at this distance from the place, in units, at least the second, in pixels. */
    private static final float SPREAD = 0.012f;

    private static final float MIN_SPREAD = 0.5f;
    /** How fast the light is followed, a frame. All these numbers are set by eye. */
    private static final float FOLLOWING = 0.3f;
    /** Greater differences, of 255, are something other than light. */
    private static final float MAX = 40;
    /** Keeps slopes small where few places support them (ridge regression). */
    private static final float RIDGE = 0.02f;

    /** Of each plane of the picture: a, b and c. */
    private final float[] terms = new float[9];

    private final float[] sums = new float[9];
    private final float[] shifts = new float[4];
    private boolean known;

    void forget() {
        known = false;
    }

    /**
     * What is added to a value of the look, of 255.
     *
     * @param plane 0 luma, 1 Cb, 2 Cr
     * @param offset from the mouth's middle, in units of {@link FaceAxes}
     * @param v down the face
     */
    public float at(int plane, float offset, float v) {
        return terms[3 * plane] + terms[3 * plane + 1] * offset + terms[3 * plane + 2] * v;
    }

    void fit(Frame frame, WarpGrid.Place picture, MouthMotion target, Look look, WarpGrid frameGrid) {
        Arrays.fill(sums, 0);
        float middle = target.seam.value(0);
        float uu = RIDGE;
        float vv = RIDGE;
        int count = 0;
        for (int half = -1; half <= 1; half += 2) {
            for (int k = 0; k < ALONG; k++) {
                float part = 2f * k / (ALONG - 1) - 1;
                float reach = part < 0 ? -look.lips.leftOuter : look.lips.rightOuter;
                float u = part * (reach + OUTSIDE_CORNER * OUTSIDE);
                float edge = half < 0 ? target.upperOuter.value(u) : target.lowerOuter.value(u);
                float v = edge + half * OUTSIDE * (1 - NEARER_AT_CORNER * part * part);
                float away = v - middle;
                for (int plane = 0; plane < 3; plane++) {
                    float d = difference(frame, picture, plane, u, v, look, frameGrid);
                    sums[3 * plane] += d;
                    sums[3 * plane + 1] += d * u;
                    sums[3 * plane + 2] += d * away;
                }
                uu += u * u;
                vv += away * away;
                count++;
            }
        }
        float part = known ? FOLLOWING : 1;
        known = true;
        for (int plane = 0; plane < 3; plane++) {
            // The places lie about evenly on all sides, so that each slope can be had by itself.
            float b = sums[3 * plane + 1] / uu;
            float c = sums[3 * plane + 2] / vv;
            float a = sums[3 * plane] / count - c * middle;
            terms[3 * plane] = lerp(terms[3 * plane], a, part);
            terms[3 * plane + 1] = lerp(terms[3 * plane + 1], b, part);
            terms[3 * plane + 2] = lerp(terms[3 * plane + 2], c, part);
        }
    }

    /** What the frame, moved to the new mouth, is brighter than the look there. */
    private float difference(
            Frame frame, WarpGrid.Place picture, int plane, float u, float v, Look look, WarpGrid frameGrid) {
        float x = picture.axes().x(picture.middle() + u, v);
        float y = picture.axes().y(picture.middle() + u, v);
        int field = v > 0.5f * (frameGrid.mouthTop + frameGrid.mouthBottom) ? 2 : 0;
        frameGrid.look(u, v, shifts, 0);
        float fromX = x + shifts[field];
        float fromY = y + shifts[field + 1];
        look.grid.look(u, v, shifts, 0);
        float lookX = x + shifts[field];
        float lookY = y + shifts[field + 1];
        float d;
        if (plane == 0) {
            float step = Math.max(MIN_SPREAD, SPREAD * picture.axes().unit);
            d = 0;
            for (int i = 0; i < 4; i++) {
                float dx = (i & 1) == 0 ? -step : step;
                float dy = (i >> 1) == 0 ? -step : step;
                d += Samples.at(frame, 0, fromX + dx, fromY + dy) - look.pixels.luma.at(lookX + dx, lookY + dy);
            }
            d /= 4;
        } else {
            d = Samples.at(frame, plane, fromX, fromY) - look.pixels.at(plane, lookX, lookY);
        }
        return clamp(d, -MAX, MAX);
    }
}
