package io.lipdrop.sync.warp;

import io.lipdrop.media.Frame;
import java.util.Arrays;

/**
 * The inner mouth of one frame, kept in the face's coordinates: the upper teeth, which belong to the skull, above a line, and what
 * goes with the jaw below it.
 */
final class MouthTexture {
    private static final int COLUMNS = 160;
    private static final int ROWS = 128;
    private static final float REACH = 0.34f;
    private static final float STEP = 2 * REACH / (COLUMNS - 1);
    private static final float ROW_STEP = 0.0033f;
    /** Kept away from the lips' edges, so that no lip is taken for mouth. */
    private static final float RIM = 0.007f;

    /** Where the mouth is less open than this its corners begin. */
    private static final float OPEN = 0.02f;
    /** Columns beyond a corner over which it gets dark. */
    private static final float BEYOND = 14;

    private static final float SOFT = 0.012f;
    /** Columns to each side of the middle where the incisors are. */
    private static final int CENTRAL = 26;
    /** This part of a row of teeth is darker than what counts as its brightness. */
    private static final float BETWEEN_GAPS = 0.75f;
    /** A mouth as open as this shows itself well enough to be kept even without teeth. */
    private static final float WIDE = 0.12f;
    /** Teeth are brighter than lips by this part of the skin's brightness. */
    private static final float DISTINCT = 0.2f;

    private final float[] luma = new float[COLUMNS * ROWS];
    private final float[] cb = new float[COLUMNS * ROWS];
    private final float[] cr = new float[COLUMNS * ROWS];
    /** For each column: where the mouth begins, where the upper teeth end, where the mouth ends. */
    private final float[] upper = new float[COLUMNS];

    private final float[] bite = new float[COLUMNS];
    private final float[] lower = new float[COLUMNS];
    private final float[] scratch = new float[ROWS];
    private final Histogram histogram = new Histogram();

    /** The columns between which the mouth is open; beyond them it goes on as it is there, darker. */
    private float firstOpen;

    private float lastOpen;
    private float top;
    private float skinLuma = 1;
    private float lipsOverSkin;
    private float shade = 1;
    /** The colour last read. */
    float readLuma;

    float readCb;
    float readCr;
    /** How bright the teeth are, over the skin; 0 if none are seen. */
    float teethOverSkin;
    /** How bright the darkest of the mouth is, over the skin. */
    float cavityLuma;

    void take(Frame frame, FaceAxes axes, LipCurves lips, SkinTone skin) {
        skinLuma = Math.max(1, skin.luma - 16);
        lipsOverSkin = (skin.lipLuma - 16) / skinLuma;
        top = Float.MAX_VALUE;
        for (int i = 0; i < COLUMNS; i++) {
            float offset = i * STEP - REACH;
            upper[i] = lips.upperInner.value(offset) + RIM;
            lower[i] = lips.lowerInner.value(offset) - RIM;
            top = Math.min(top, upper[i]);
        }
        top -= ROW_STEP;
        findCorners();
        histogram.clear();
        for (int row = 0; row < ROWS; row++) {
            float v = top + row * ROW_STEP;
            for (int i = 0; i < COLUMNS; i++) {
                float u = lips.middle + i * STEP - REACH;
                int at = row * COLUMNS + i;
                float x = axes.x(u, v);
                float y = axes.y(u, v);
                luma[at] = Samples.bilinear(frame, 0, x, y);
                cb[at] = Samples.bilinear(frame, 1, x / 2, (y - 0.5f) / 2);
                cr[at] = Samples.bilinear(frame, 2, x / 2, (y - 0.5f) / 2);
                if (v > upper[i] && v < lower[i]) {
                    histogram.add(luma[at]);
                }
            }
        }
        findBite();
    }

    /**
     * Finds where the upper teeth end: below the upper lip, the brightness of the middle of the mouth rises to that of teeth and
     * falls again. The line follows the lip, nearer to it towards the corners.
     */
    private void findBite() {
        float dark = histogram.quantile(0.15f);
        float bright = histogram.quantile(0.9f);
        cavityLuma = (dark - 16) / skinLuma;
        float middleGap = lower[COLUMNS / 2] - upper[COLUMNS / 2];
        float depth = bright - 16 < TeethEdge.DULLEST_TOOTH * skinLuma
                ? 0
                : TeethEdge.depth(scratch, profile(middleGap), skinLuma) * ROW_STEP;
        teethOverSkin = depth > 0 ? (bright - 16) / skinLuma : 0;
        boolean closed = depth >= 0.85f * middleGap;
        if (closed) {
            cavityLuma = InnerMouth.DARK;
        }
        for (int i = 0; i < COLUMNS; i++) {
            float gap = Math.max(0, lower[i] - upper[i]);
            float share = Math.min(1, gap / Math.max(1e-3f, middleGap));
            bite[i] = upper[i] + (closed ? gap : Math.min(gap, depth * (0.4f + 0.6f * share)));
        }
    }

    private void findCorners() {
        int first = COLUMNS / 2 - 1;
        while (first > 0 && lower[first - 1] - upper[first - 1] > OPEN) {
            first--;
        }
        int last = COLUMNS / 2;
        while (last < COLUMNS - 2 && lower[last + 1] - upper[last + 1] > OPEN) {
            last++;
        }
        firstOpen = first;
        lastOpen = last;
    }

    /**
     * How bright the middle of the mouth is at each depth below the upper lip, between the teeth's own gaps; gives how many depths there
     * are.
     */
    private int profile(float gap) {
        int steps = (int) (gap / ROW_STEP);
        float[] across = new float[2 * CENTRAL + 1];
        for (int k = 0; k < steps; k++) {
            int count = 0;
            for (int i = COLUMNS / 2 - CENTRAL; i <= COLUMNS / 2 + CENTRAL; i++) {
                float v = upper[i] + k * ROW_STEP;
                if (v < lower[i]) {
                    across[count++] = luma[Math.min(ROWS - 1, (int) ((v - top) / ROW_STEP)) * COLUMNS + i];
                }
            }
            Arrays.sort(across, 0, count);
            scratch[k] = count == 0 ? 0 : across[(int) (BETWEEN_GAPS * count)];
        }
        return steps;
    }

    /** Whether enough is seen to go by: a mouth that is hardly open is mostly the shade of its lips, unless teeth stand out from them. */
    boolean isConvincing() {
        float gap = lower[COLUMNS / 2] - upper[COLUMNS / 2] + 2 * RIM;
        return gap > WIDE || teethOverSkin > lipsOverSkin + DISTINCT;
    }

    /** How much of the upper teeth covers this place, whose v is the skull's; reads their colour. */
    float readUpper(float offset, float v, float light) {
        float column = column(offset);
        float from = at(upper, column);
        float to = at(bite, column);
        float cover = cover(offset, column, Math.min(to - v, (to - from) * 0.7f));
        if (cover > 0) {
            read(column, Math.max(from, v), light);
        }
        return cover;
    }

    /** How much of what goes with the jaw covers this place; {@code v} counts up from the lower lip. */
    float readLower(float offset, float aboveLip, float light) {
        float column = column(offset);
        float to = at(lower, column);
        float v = to - aboveLip;
        float from = at(bite, column);
        float cover = cover(offset, column, Math.min(v - from, (to - from) * 0.7f));
        if (cover > 0) {
            read(column, Math.min(to, v), light);
        }
        return cover;
    }

    private float cover(float offset, float column, float inside) {
        float open = at(lower, column) - at(upper, column);
        float sides = Math.min((REACH - Math.abs(offset)) / 0.03f, open / 0.02f);
        return clamp(Math.min(inside / SOFT + 0.3f, sides));
    }

    private void read(float column, float v, float light) {
        float row = Math.max(0, Math.min(ROWS - 1.01f, (v - top) / ROW_STEP));
        int i = (int) column;
        int j = (int) row;
        float x = column - i;
        float y = row - j;
        int at = j * COLUMNS + i;
        readLuma = 16 + shade * (between(luma, at, x, y) - 16) * light / skinLuma;
        readCb = between(cb, at, x, y);
        readCr = between(cr, at, x, y);
    }

    private static float between(float[] values, int at, float x, float y) {
        float above = values[at] + x * (values[at + 1] - values[at]);
        float below = values[at + COLUMNS] + x * (values[at + COLUMNS + 1] - values[at + COLUMNS]);
        return above + y * (below - above);
    }

    private float column(float offset) {
        float column = (offset + REACH) / STEP;
        float inside = Math.max(firstOpen, Math.min(lastOpen, column));
        shade = 1 - 0.6f * clamp(Math.abs(column - inside) / BEYOND);
        return inside;
    }

    private static float at(float[] values, float column) {
        int i = (int) column;
        return values[i] + (column - i) * (values[i + 1] - values[i]);
    }

    private static float clamp(float value) {
        return Math.max(0, Math.min(1, value));
    }
}
