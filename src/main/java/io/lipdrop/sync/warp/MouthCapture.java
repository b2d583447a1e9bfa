package io.lipdrop.sync.warp;

import static io.lipdrop.sync.warp.MouthTexture.COLUMNS;
import static io.lipdrop.sync.warp.MouthTexture.ROWS;
import static io.lipdrop.sync.warp.MouthTexture.ROW_STEP;

import io.lipdrop.media.Frame;
import java.util.Arrays;

/** Takes the inner mouth from a frame, and finds in it where the upper teeth end. */
final class MouthCapture {
    /** Kept away from the lips' edges, so that no lip is taken for mouth. */
    private static final float RIM = 0.007f;
    /** Lips blur into the mouth over about this many pixels. */
    private static final float BLUR = 0.8f;
    /** Where the mouth is less open than this its corners begin. */
    private static final float OPEN = 0.02f;

    private static final int MIDDLE = COLUMNS / 2;
    /** Columns to each side of the middle where the incisors are. */
    private static final int CENTRAL = 26;
    /** This part of a row of teeth is darker than what counts as its brightness. */
    private static final float BETWEEN_GAPS = 0.75f;
    /** A mouth as open as this shows itself well enough to be kept even without teeth. */
    private static final float WIDE = 0.12f;
    /** Teeth are brighter than lips by this part of the skin's brightness. */
    private static final float DISTINCT = 0.2f;

    private final float[] profile = new float[ROWS];
    private final float[] across = new float[2 * CENTRAL + 1];
    private final Histogram histogram = new Histogram();
    private float rim;

    /**
     * Fills {@code into} from a frame.
     *
     * @return whether enough is seen to go by: a mouth that is hardly open is mostly the shade of its lips, unless teeth stand out from
     *     them
     */
    boolean take(MouthTexture into, Frame frame, FaceAxes axes, LipCurves lips, SkinTone skin) {
        into.skinLuma = Math.max(1, skin.luma - 16);
        rim = Math.max(RIM, BLUR / axes.unit);
        findEdges(into, lips);
        findCorners(into);
        copy(into, frame, axes, lips.middle);
        findBite(into);
        float lipsOverSkin = (skin.lipLuma - 16) / into.skinLuma;
        return gap(into, MIDDLE) + 2 * rim > WIDE || into.teethOverSkin > lipsOverSkin + DISTINCT;
    }

    private void findEdges(MouthTexture into, LipCurves lips) {
        into.top = Float.MAX_VALUE;
        for (int i = 0; i < COLUMNS; i++) {
            float offset = MouthTexture.offset(i);
            into.upper[i] = lips.upperInner.value(offset) + rim;
            into.lower[i] = lips.lowerInner.value(offset) - rim;
            into.top = Math.min(into.top, into.upper[i]);
        }
        into.top -= ROW_STEP;
    }

    private static void findCorners(MouthTexture into) {
        int first = MIDDLE - 1;
        while (first > 0 && gap(into, first - 1) > OPEN) {
            first--;
        }
        int last = MIDDLE;
        while (last < COLUMNS - 2 && gap(into, last + 1) > OPEN) {
            last++;
        }
        into.firstOpen = first;
        into.lastOpen = last;
    }

    private static float gap(MouthTexture texture, int column) {
        return texture.lower[column] - texture.upper[column];
    }

    private void copy(MouthTexture into, Frame frame, FaceAxes axes, float middle) {
        histogram.clear();
        for (int row = 0; row < ROWS; row++) {
            float v = into.top + row * ROW_STEP;
            for (int i = 0; i < COLUMNS; i++) {
                float u = middle + MouthTexture.offset(i);
                int at = row * COLUMNS + i;
                float x = axes.x(u, v);
                float y = axes.y(u, v);
                into.luma[at] = Samples.bilinear(frame, 0, x, y);
                into.cb[at] = Samples.bilinear(frame, 1, x / 2, (y - 0.5f) / 2);
                into.cr[at] = Samples.bilinear(frame, 2, x / 2, (y - 0.5f) / 2);
                if (v > into.upper[i] && v < into.lower[i]) {
                    histogram.add(into.luma[at]);
                }
            }
        }
    }

    /**
     * Finds where the upper teeth end: below the upper lip, the brightness of the middle of the mouth rises to that of teeth and
     * falls again. The line follows the lip, nearer to it towards the corners.
     */
    private void findBite(MouthTexture into) {
        float dark = histogram.quantile(0.15f);
        float bright = histogram.quantile(0.9f);
        into.cavityLuma = (dark - 16) / into.skinLuma;
        float middleGap = gap(into, MIDDLE);
        float depth = bright - 16 < TeethEdge.DULLEST_TOOTH * into.skinLuma
                ? 0
                : TeethEdge.depth(profile, profile(into, middleGap), into.skinLuma) * ROW_STEP;
        into.teethOverSkin = depth > 0 ? (bright - 16) / into.skinLuma : 0;
        boolean closed = depth >= 0.85f * middleGap;
        if (closed) {
            into.cavityLuma = InnerMouth.DARK;
        }
        for (int i = 0; i < COLUMNS; i++) {
            float gap = Math.max(0, gap(into, i));
            float share = Math.min(1, gap / Math.max(1e-3f, middleGap));
            into.bite[i] = into.upper[i] + (closed ? gap : Math.min(gap, depth * (0.4f + 0.6f * share)));
        }
        findColour(into, (dark + bright) / 2);
    }

    /** The mean chroma of what is bright between lip and bite, where the incisors are. */
    private static void findColour(MouthTexture into, float bright) {
        float cb = 0;
        float cr = 0;
        int count = 0;
        for (int i = MIDDLE - CENTRAL; i <= MIDDLE + CENTRAL; i++) {
            int last = Math.min(ROWS - 1, (int) ((into.bite[i] - into.top) / ROW_STEP));
            for (int row = (int) ((into.upper[i] - into.top) / ROW_STEP); row <= last; row++) {
                int at = row * COLUMNS + i;
                if (into.luma[at] > bright) {
                    cb += into.cb[at];
                    cr += into.cr[at];
                    count++;
                }
            }
        }
        into.teethCb = count == 0 ? 128 : cb / count;
        into.teethCr = count == 0 ? 128 : cr / count;
    }

    /**
     * How bright the middle of the mouth is at each depth below the upper lip, between the teeth's own gaps; gives how many depths there
     * are.
     */
    private int profile(MouthTexture of, float gap) {
        int steps = (int) (gap / ROW_STEP);
        for (int k = 0; k < steps; k++) {
            int count = 0;
            for (int i = MIDDLE - CENTRAL; i <= MIDDLE + CENTRAL; i++) {
                float v = of.upper[i] + k * ROW_STEP;
                if (v < of.lower[i]) {
                    int row = Math.min(ROWS - 1, (int) ((v - of.top) / ROW_STEP));
                    across[count++] = of.luma[row * COLUMNS + i];
                }
            }
            Arrays.sort(across, 0, count);
            profile[k] = count == 0 ? 0 : across[(int) (BETWEEN_GAPS * count)];
        }
        return steps;
    }
}
