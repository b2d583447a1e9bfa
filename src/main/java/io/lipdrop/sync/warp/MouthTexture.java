package io.lipdrop.sync.warp;

import io.lipdrop.media.Frame;

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

    private static final float SOFT = 0.012f;
    /** Teeth are brighter than this part of the skin's brightness. */
    private static final float DULLEST_TOOTH = 0.5f;
    /** Columns to each side of the middle where the incisors are. */
    private static final int CENTRAL = 26;

    private final float[] luma = new float[COLUMNS * ROWS];
    private final float[] cb = new float[COLUMNS * ROWS];
    private final float[] cr = new float[COLUMNS * ROWS];
    /** For each column: where the mouth begins, where the upper teeth end, where the mouth ends. */
    private final float[] upper = new float[COLUMNS];

    private final float[] bite = new float[COLUMNS];
    private final float[] lower = new float[COLUMNS];
    private final float[] scratch = new float[ROWS];
    private final Histogram histogram = new Histogram();

    private float top;
    private float skinLuma = 1;
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
        top = Float.MAX_VALUE;
        for (int i = 0; i < COLUMNS; i++) {
            float offset = i * STEP - REACH;
            upper[i] = lips.upperInner.value(offset) + RIM;
            lower[i] = lips.lowerInner.value(offset) - RIM;
            top = Math.min(top, upper[i]);
        }
        top -= ROW_STEP;
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
     * Finds where the upper teeth end: below the upper lip, the mean brightness of the middle of the mouth rises to that of teeth and
     * falls again. The line follows the lip, nearer to it towards the corners.
     */
    private void findBite() {
        float dark = histogram.quantile(0.15f);
        float bright = histogram.quantile(0.9f);
        cavityLuma = (dark - 16) / skinLuma;
        float middleGap = lower[COLUMNS / 2] - upper[COLUMNS / 2];
        float depth = bright - 16 < DULLEST_TOOTH * skinLuma ? 0 : depthOfTeeth(middleGap);
        teethOverSkin = depth > 0 ? (bright - 16) / skinLuma : 0;
        boolean closed = depth >= 0.9f * middleGap;
        if (closed) {
            cavityLuma = InnerMouth.DARK;
        }
        for (int i = 0; i < COLUMNS; i++) {
            float gap = Math.max(0, lower[i] - upper[i]);
            float share = Math.min(1, gap / Math.max(1e-3f, middleGap));
            bite[i] = upper[i] + (closed ? gap : Math.min(gap, depth * (0.4f + 0.6f * share)));
        }
    }

    private float depthOfTeeth(float gap) {
        int steps = (int) (gap / ROW_STEP);
        float most = 0;
        int peak = -1;
        for (int k = 0; k < steps; k++) {
            scratch[k] = meanAtDepth(k * ROW_STEP);
            if (k <= 0.6f * steps && scratch[k] > most) {
                most = scratch[k];
                peak = k;
            }
        }
        if (peak < 0 || most - 16 < DULLEST_TOOTH * skinLuma) {
            return 0;
        }
        float least = most;
        for (int k = peak; k < steps; k++) {
            least = Math.min(least, scratch[k]);
        }
        if (most - least < 0.18f * skinLuma) {
            return gap;
        }
        int end = peak;
        while (scratch[end] > (most + least) / 2) {
            end++;
        }
        return end * ROW_STEP;
    }

    private float meanAtDepth(float depth) {
        float sum = 0;
        int count = 0;
        for (int i = COLUMNS / 2 - CENTRAL; i <= COLUMNS / 2 + CENTRAL; i++) {
            float v = upper[i] + depth;
            if (v < lower[i]) {
                sum += luma[Math.min(ROWS - 1, (int) ((v - top) / ROW_STEP)) * COLUMNS + i];
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
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
        readLuma = 16 + (between(luma, at, x, y) - 16) * light / skinLuma;
        readCb = between(cb, at, x, y);
        readCr = between(cr, at, x, y);
    }

    private static float between(float[] values, int at, float x, float y) {
        float above = values[at] + x * (values[at + 1] - values[at]);
        float below = values[at + COLUMNS] + x * (values[at + COLUMNS + 1] - values[at + COLUMNS]);
        return above + y * (below - above);
    }

    private static float column(float offset) {
        return Math.max(0, Math.min(COLUMNS - 1.01f, (offset + REACH) / STEP));
    }

    private static float at(float[] values, float column) {
        int i = (int) column;
        return values[i] + (column - i) * (values[i + 1] - values[i]);
    }

    private static float clamp(float value) {
        return Math.max(0, Math.min(1, value));
    }
}
