package io.lipdrop.sync.warp.paint;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.MouthMotion;
import java.util.Arrays;

/** Where the mouth begins and ends along a row of pixels. */
final class MouthEdge {
    /** The edge of the inner mouth is soft over a pixel, or over this length in units of {@link FaceAxes} where that is more. */
    private static final float SOFT = 0.013f;
    /** Lips nearer than this, in pixels, are closed. */
    private static final float CLOSED = 0.05f;

    private MouthEdge() {}

    /**
     * Computes for each pixel of a row how far below the seam it lies, in pixels from half a pixel above it on, and how much of it is
     * inner mouth.
     *
     * @param pixels a unit of {@link FaceAxes} in pixels
     * @param reach beyond this to the sides there is no mouth
     */
    static void see(
            MouthMotion motion, Row row, float pixels, float reach, int from, int to, float[] below, float[] cover) {
        Arrays.fill(cover, from, to, 0);
        float sharp = Math.min(1, 1 / (SOFT * pixels));
        for (int i = from; i < to; i++) {
            float u = row.u(i);
            float v = row.v(i);
            if (u < -reach || u > reach) {
                below[i] = v > motion.seam.value(u) ? 1 : 0;
                continue;
            }
            float upper = motion.upperInner.value(u);
            float lower = motion.lowerInner.value(u);
            below[i] = (v - (upper + lower) / 2) * pixels + 0.5f;
            float gap = (lower - upper) * pixels;
            if (gap >= CLOSED && v > upper - 1 / pixels && v < lower + 1 / pixels) {
                float inside = Math.min(v - upper, lower - v) * pixels * sharp + 0.5f;
                cover[i] = clamp(inside) * Math.min(1, gap);
            }
        }
    }
}
