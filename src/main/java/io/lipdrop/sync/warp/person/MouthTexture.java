package io.lipdrop.sync.warp.person;

import static io.lipdrop.sync.pixel.Scalars.bilinear;
import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.sync.pixel.Levels;
import io.lipdrop.sync.warp.shape.FaceAxes;

/**
 * The inner mouth of one frame, kept in the face's coordinates as {@link MouthCapture} filled it: the upper teeth, which belong
 * to the skull, above a line, and what goes with the jaw below it. Lengths are in units of {@link FaceAxes}; the numbers are set by eye.
 */
public final class MouthTexture {
    static final int COLUMNS = 160;
    static final int MIDDLE = COLUMNS / 2;
    static final int ROWS = 128;
    static final float ROW_STEP = 0.0033f;
    /** Brightness of the depth of a mouth of which nothing is known, over that of the skin. */
    public static final float DARK = 0.14f;
    /** How tall a mouth may be. */
    static final float HEIGHT = ROWS * ROW_STEP;

    private static final float REACH = 0.34f;
    private static final float STEP = 2 * REACH / (COLUMNS - 1);

    /** Columns beyond a corner over which it gets dark. */
    private static final float BEYOND = 14;

    /** There it is darker by this part. */
    private static final float BEYOND_SHADE = 0.6f;
    /** The edge between what the skull and what the jaw has is soft over this length, and so much covered where it lies. */
    private static final float SOFT = 0.012f;

    private static final float COVERED_AT_EDGE = 0.3f;
    /** What is thinner counts from this part of its height on. */
    private static final float DEPTH_PART = 0.7f;
    /** Towards the ends of the texture, and where the mouth is less open than the second, it fades. */
    private static final float SIDE_FADE = 0.03f;

    private static final float OPEN = 0.02f;

    final float[] luma = new float[COLUMNS * ROWS];
    final float[] cb = new float[COLUMNS * ROWS];
    final float[] cr = new float[COLUMNS * ROWS];
    /** For each column: where the mouth begins, where the upper teeth end, where the mouth ends. */
    final float[] upper = new float[COLUMNS];

    final float[] bite = new float[COLUMNS];
    final float[] lower = new float[COLUMNS];
    /** The columns between which the mouth is open; beyond them the outermost column is repeated, darker. */
    float firstOpen;

    float lastOpen;
    /** The v of the first row. */
    float top;

    float skinLuma = 1;
    /** How bright the teeth are, over the skin; 0 if none are seen. */
    public float teethOverSkin;
    /** Whether the upper ones are not among them. */
    public boolean lowerOnly;
    /** Their colour, if any are seen. */
    public float teethCb;

    public float teethCr;
    /** How bright the darkest of the mouth is, over the skin. */
    public float cavityLuma;
    /** The colour last read. */
    public float readLuma;

    public float readCb;
    public float readCr;
    private float shade = 1;

    /** How far a column lies from the middle of the mouth, along u. */
    static float offset(int column) {
        return column * STEP - REACH;
    }

    /** How far lips are apart in a column. */
    float gap(int column) {
        return lower[column] - upper[column];
    }

    /** How much of the upper teeth covers this place, whose v is the skull's; reads their colour. */
    public float readUpper(float offset, float v, float light) {
        float column = column(offset);
        float from = at(upper, column);
        float to = at(bite, column);
        float cover = cover(offset, column, Math.min(to - v, (to - from) * DEPTH_PART));
        if (cover > 0) {
            read(column, Math.max(from, v), light);
        }
        return cover;
    }

    /** How much of what goes with the jaw covers this place; {@code v} counts up from the lower lip. */
    public float readLower(float offset, float aboveLip, float light) {
        float column = column(offset);
        float to = at(lower, column);
        float v = to - aboveLip;
        float from = at(bite, column);
        float cover = cover(offset, column, Math.min(v - from, (to - from) * DEPTH_PART));
        if (cover > 0) {
            read(column, Math.min(to, v), light);
        }
        return cover;
    }

    private float cover(float offset, float column, float inside) {
        float open = at(lower, column) - at(upper, column);
        float sides = Math.min((REACH - Math.abs(offset)) / SIDE_FADE, open / OPEN);
        return clamp(Math.min(inside / SOFT + COVERED_AT_EDGE, sides));
    }

    private void read(float column, float v, float light) {
        float row = clamp((v - top) / ROW_STEP, 0, ROWS - 1.01f);
        int i = (int) column;
        int j = (int) row;
        float x = column - i;
        float y = row - j;
        int at = j * COLUMNS + i;
        readLuma = Levels.BLACK + shade * (at(luma, at, x, y) - Levels.BLACK) * light / skinLuma;
        readCb = at(cb, at, x, y);
        readCr = at(cr, at, x, y);
    }

    private static float at(float[] values, int at, float x, float y) {
        return bilinear(values[at], values[at + 1], values[at + COLUMNS], values[at + COLUMNS + 1], x, y);
    }

    private float column(float offset) {
        float column = (offset + REACH) / STEP;
        float inside = clamp(column, firstOpen, lastOpen);
        shade = 1 - BEYOND_SHADE * clamp(Math.abs(column - inside) / BEYOND);
        return inside;
    }

    private static float at(float[] values, float column) {
        int i = (int) column;
        return lerp(values[i], values[i + 1], column - i);
    }
}
