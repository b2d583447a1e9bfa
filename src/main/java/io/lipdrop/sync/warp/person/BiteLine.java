package io.lipdrop.sync.warp.person;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.warp.person.MouthTexture.COLUMNS;
import static io.lipdrop.sync.warp.person.MouthTexture.ROWS;
import static io.lipdrop.sync.warp.person.MouthTexture.ROW_STEP;

import io.lipdrop.sync.pixel.Levels;
import io.lipdrop.sync.warp.shape.FaceAxes;
import java.util.Arrays;

/**
 * Finds in a captured mouth where the upper teeth end, and how teeth and cavity look. Lengths are in units of {@link FaceAxes}; the numbers
 * are set by eye.
 */
final class BiteLine {
    /** Columns to each side of the middle where the incisors are. */
    private static final int CENTRAL = 26;
    /** This part of a row of teeth is darker than what counts as its brightness. */
    private static final float BETWEEN_GAPS = 0.75f;
    /** Teeth beside the incisors may reach further down than the line, by at most this part of the incisors. */
    private static final float LONGER = 0.6f;
    /** How fast the line rises again beside a tooth's end, for each column. */
    private static final float FLANK = 0.5f * ROW_STEP;

    /** Where the darkest is brighter than this part of the skin, nothing but teeth is seen. */
    private static final float BRIGHTEST_CAVITY = 0.45f;

    /** Teeth that fill this part of the opening are shut. */
    private static final float SHUT = 0.85f;
    /** At the corners, where a mouth is not open, upper teeth reach down this part of what they do in the middle. */
    private static final float CORNER_TEETH = 0.4f;

    private static final float MIN_GAP = 1e-3f;

    private final float[] longer = new float[COLUMNS];
    private final float[] profile = new float[ROWS];
    private final float[] across = new float[2 * CENTRAL + 1];

    /**
     * Finds where the upper teeth end: below the upper lip, the brightness of the middle of the mouth rises to that of teeth and
     * falls again; or it rises only where the lower teeth begin. The line follows the lip, nearer to it towards the corners.
     *
     * @param dark the luma of the mouth's cavity
     * @param bright the luma of its teeth, if it shows any
     */
    void find(MouthTexture into, float dark, float bright) {
        float middleGap = into.gap(MouthTexture.MIDDLE);
        TeethEdge teeth = TeethEdge.find(profile, profile(into, middleGap), into.skinLuma);
        float depth = bright - Levels.BLACK < TeethEdge.DULLEST_TOOTH * into.skinLuma ? 0 : teeth.depth() * ROW_STEP;
        into.lowerOnly = depth > 0 && !teeth.areUpper();
        into.teethOverSkin = depth > 0 ? (bright - Levels.BLACK) / into.skinLuma : 0;
        boolean closed = depth >= SHUT * middleGap;
        float cavity = (dark - Levels.BLACK) / into.skinLuma;
        into.cavityLuma = closed || cavity > BRIGHTEST_CAVITY ? MouthTexture.DARK : cavity;
        for (int i = 0; i < COLUMNS; i++) {
            float gap = Math.max(0, into.gap(i));
            float share = Math.min(1, gap / Math.max(MIN_GAP, middleGap));
            into.bite[i] =
                    into.upper[i] + (closed ? gap : Math.min(gap, depth * (CORNER_TEETH + (1 - CORNER_TEETH) * share)));
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
            longer[i] = Math.abs(i - MouthTexture.MIDDLE) > CENTRAL && v < end ? v - into.bite[i] : 0;
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
        for (int i = MouthTexture.MIDDLE - CENTRAL; i <= MouthTexture.MIDDLE + CENTRAL; i++) {
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
            for (int i = MouthTexture.MIDDLE - CENTRAL; i <= MouthTexture.MIDDLE + CENTRAL; i++) {
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
