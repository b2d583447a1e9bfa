package io.lipdrop.sync.warp.person;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.warp.person.MouthTexture.COLUMNS;
import static io.lipdrop.sync.warp.person.MouthTexture.ROWS;
import static io.lipdrop.sync.warp.person.MouthTexture.ROW_STEP;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.pixel.Histogram;
import io.lipdrop.sync.pixel.Levels;
import io.lipdrop.sync.pixel.Samples;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.LipCurves;
import java.util.Arrays;

/**
 * Takes the inner mouth from a frame, and finds in it where the upper teeth end. Lengths are in units of {@link FaceAxes}; the numbers are
 * set by eye.
 */
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

    /** Teeth beside the incisors may reach further down than the line, by at most this part of the incisors. */
    private static final float LONGER = 0.6f;
    /** How fast the line rises again beside a tooth's end, for each column. */
    private static final float FLANK = 0.5f * ROW_STEP;

    /** Where the darkest is brighter than this part of the skin, nothing but teeth is seen. */
    private static final float BRIGHTEST_CAVITY = 0.45f;

    /** What is darker than this part of a mouth is its cavity, what is brighter than this part its teeth. */
    private static final float DARK_PART = 0.15f;

    private static final float BRIGHT_PART = 0.9f;
    /** Teeth that fill this part of the opening are shut. */
    private static final float SHUT = 0.85f;
    /** At the corners, where a mouth is not open, upper teeth reach down this part of what they do in the middle. */
    private static final float CORNER_TEETH = 0.4f;

    private static final float MIN_GAP = 1e-3f;

    private final float[] longer = new float[COLUMNS];
    private final float[] profile = new float[ROWS];
    private final float[] across = new float[2 * CENTRAL + 1];
    private final Histogram histogram = new Histogram();

    /**
     * Fills {@code into} from a frame.
     *
     * @return whether enough is seen to go by: a mouth that is hardly open is mostly the shade of its lips, unless teeth stand out from
     *     them
     */
    boolean take(MouthTexture into, Frame frame, FaceAxes axes, LipCurves lips, SkinTone skin) {
        into.skinLuma = Math.max(1, skin.luma - Levels.BLACK);
        float rim = Math.max(RIM, BLUR / axes.unit);
        findEdges(into, lips, rim);
        findCorners(into);
        copy(into, frame, axes, lips.middle);
        findBite(into);
        float lipsOverSkin = (skin.lipLuma - Levels.BLACK) / into.skinLuma;
        return gap(into, MIDDLE) + 2 * rim > WIDE || into.teethOverSkin > lipsOverSkin + DISTINCT;
    }

    private static void findEdges(MouthTexture into, LipCurves lips, float rim) {
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
     * falls again; or it rises only where the lower teeth begin. The line follows the lip, nearer to it towards the corners.
     */
    private void findBite(MouthTexture into) {
        float dark = histogram.quantile(DARK_PART);
        float bright = histogram.quantile(BRIGHT_PART);
        float middleGap = gap(into, MIDDLE);
        TeethEdge teeth = TeethEdge.find(profile, profile(into, middleGap), into.skinLuma);
        float depth = bright - Levels.BLACK < TeethEdge.DULLEST_TOOTH * into.skinLuma ? 0 : teeth.depth() * ROW_STEP;
        into.lowerOnly = depth > 0 && !teeth.areUpper();
        into.teethOverSkin = depth > 0 ? (bright - Levels.BLACK) / into.skinLuma : 0;
        boolean closed = depth >= SHUT * middleGap;
        float cavity = (dark - Levels.BLACK) / into.skinLuma;
        into.cavityLuma = closed || cavity > BRIGHTEST_CAVITY ? MouthTexture.DARK : cavity;
        for (int i = 0; i < COLUMNS; i++) {
            float gap = Math.max(0, gap(into, i));
            float share = Math.min(1, gap / Math.max(MIN_GAP, middleGap));
            into.bite[i] = into.upper[i] + (closed ? gap : Math.min(gap, depth * (CORNER_TEETH + (1 - CORNER_TEETH) * share)));
        }
        if (depth > 0 && !into.lowerOnly && !closed) {
            followTeeth(into, (dark + bright) / 2, LONGER * depth);
        }
        findColour(into, (dark + bright) / 2);
    }

    /**
     * Takes the bite beside the incisors down to where each column's tooth ends in the dark, if that is no further than this: what were
     * left of it would go with the jaw.
     */
    private void followTeeth(MouthTexture into, float bright, float furthest) {
        for (int i = 0; i < COLUMNS; i++) {
            float end = Math.min(into.lower[i], into.bite[i] + furthest);
            float v = into.bite[i];
            while (v < end && into.luma[row(into, v) * COLUMNS + i] > bright) {
                v += ROW_STEP;
            }
            longer[i] = Math.abs(i - MIDDLE) > CENTRAL && v < end ? v - into.bite[i] : 0;
        }
        for (int i = 0; i < COLUMNS; i++) {
            float most = 0;
            for (int k = 0; k < COLUMNS; k++) {
                most = Math.max(most, longer[k] - FLANK * Math.abs(i - k));
            }
            into.bite[i] = Math.max(into.bite[i], Math.min(into.lower[i], into.bite[i] + most));
        }
    }

    private static int row(MouthTexture of, float v) {
        return clamp((int) ((v - of.top) / ROW_STEP), 0, ROWS - 1);
    }

    /** The mean chroma of what is bright where the incisors are. */
    private static void findColour(MouthTexture into, float bright) {
        float cb = 0;
        float cr = 0;
        int count = 0;
        for (int i = MIDDLE - CENTRAL; i <= MIDDLE + CENTRAL; i++) {
            int last = row(into, into.lower[i]);
            for (int row = row(into, into.upper[i]); row <= last; row++) {
                int at = row * COLUMNS + i;
                if (into.luma[at] > bright) {
                    cb += into.cb[at];
                    cr += into.cr[at];
                    count++;
                }
            }
        }
        into.teethCb = count == 0 ? Levels.GREY : cb / count;
        into.teethCr = count == 0 ? Levels.GREY : cr / count;
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
                    across[count++] = of.luma[row(of, v) * COLUMNS + i];
                }
            }
            Arrays.sort(across, 0, count);
            profile[k] = count == 0 ? 0 : across[(int) (BETWEEN_GAPS * count)];
        }
        return steps;
    }
}
