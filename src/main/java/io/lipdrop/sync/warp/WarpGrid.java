package io.lipdrop.sync.warp;

/**
 * Where the pixels of the new picture come from: two fields of displacements on a grid in the face's coordinates, one for all
 * above the mouth's seam, one for all below; between its nodes by straight lines.
 */
final class WarpGrid {
    static final int COLUMNS = 97;
    static final int ROWS = 97;
    /** How far below the chin its motion has died away. */
    static final float BELOW_CHIN = 0.24f;

    /** Displacements towards the source, in pixels: x and y of the upper field, x and y of the lower one, per node. */
    final float[] nodes = new float[COLUMNS * ROWS * 4];

    private final boolean[] moving = new boolean[COLUMNS * ROWS];

    float left;
    float top;
    float columnStep;
    float rowStep;
    /** Above and below this there is neither seam nor inner mouth. */
    float mouthTop;

    float mouthBottom;
    /** Largest displacement along x or y, pixels. */
    float largest;

    private final float[] v = new float[5];
    private final float[] shift = new float[5];
    private final float[] slopes = new float[5];
    private final float[] aboveV = new float[3];
    private final float[] aboveShift = new float[3];
    private final float[] aboveSlopes = new float[3];

    void of(LipCurves lips, MouthMotion motion, FaceAxes axes) {
        float reach = Curve.REACH;
        left = lips.middle - reach;
        columnStep = 2 * reach / (COLUMNS - 1);
        top = 0;
        float bottom = 0;
        for (float height : motion.jaw.values) {
            bottom = Math.max(bottom, height);
        }
        bottom += BELOW_CHIN + 0.02f;
        rowStep = (bottom - top) / (ROWS - 1);
        float mouth = motion.seam.value(0);
        largest = 0;
        for (int column = 0; column < COLUMNS; column++) {
            column(column, mouth, motion, axes);
        }
        findMoving(lips, motion);
    }

    /** The cell of a place that something moves to, −1 if nothing does; place in columns and rows of the grid. */
    int cell(float column, float row) {
        if (!(column >= 0 && row >= 0 && column < COLUMNS - 1 && row < ROWS - 1)) {
            return -1;
        }
        int cell = ((int) row) * COLUMNS + (int) column;
        return moving[cell] ? cell : -1;
    }

    /** The displacement at a place of a cell along x ({@code component} 0) or y (1) in the upper field, 2 or 3 in the lower. */
    float shift(int cell, int component, float column, float row) {
        float x = column - (int) column;
        float y = row - (int) row;
        int a = cell * 4 + component;
        int b = a + COLUMNS * 4;
        float upper = nodes[a] + x * (nodes[a + 4] - nodes[a]);
        float lower = nodes[b] + x * (nodes[b + 4] - nodes[b]);
        return upper + y * (lower - upper);
    }

    /** Notes which cells anything moves to: those with a displacement at a corner, and those of the mouth. */
    private void findMoving(LipCurves lips, MouthMotion motion) {
        mouthTop = Math.min(motion.upperInner.least(), motion.seam.least()) - 0.03f;
        mouthBottom = Math.max(motion.lowerInner.most(), motion.seam.most()) + 0.03f;
        float reach = Math.max(-lips.leftOuter, lips.rightOuter) + 0.15f;
        for (int row = 0; row < ROWS - 1; row++) {
            float v = top + row * rowStep;
            for (int column = 0; column < COLUMNS - 1; column++) {
                float offset = Math.abs(column * columnStep - Curve.REACH);
                boolean mouth = v > mouthTop && v < mouthBottom && offset < reach;
                int node = row * COLUMNS + column;
                moving[node] = mouth
                        || isMoving(node)
                        || isMoving(node + 1)
                        || isMoving(node + COLUMNS)
                        || isMoving(node + COLUMNS + 1);
            }
        }
    }

    private boolean isMoving(int node) {
        int i = node * 4;
        return Math.abs(nodes[i]) + Math.abs(nodes[i + 1]) + Math.abs(nodes[i + 2]) + Math.abs(nodes[i + 3]) > 0.01f;
    }

    private void column(int column, float mouth, MouthMotion motion, FaceAxes axes) {
        float offset = column * columnStep - Curve.REACH;
        knots(offset, motion);
        float side = motion.sideShift.value(offset);
        int below = 0;
        for (int row = 0; row < ROWS; row++) {
            float at = top + row * rowStep;
            while (below < 3 && at > v[below + 1]) {
                below++;
            }
            int above = at > aboveV[1] ? 1 : 0;
            float up = MonotoneCubic.value(aboveV, aboveShift, aboveSlopes, 3, above, at);
            float down = MonotoneCubic.value(v, shift, slopes, 5, below, at);
            float window = window((at - mouth) / (at < mouth ? Math.max(0.1f, mouth) : 0.33f));
            float across = side * window;
            int node = (row * COLUMNS + column) * 4;
            put(node, -across, -up, axes);
            put(node + 2, -across, -down, axes);
        }
    }

    /** The knots of a column's displacement: nose, upper lip's edges; lower lip's edges, fold, chin, neck. */
    private void knots(float offset, MouthMotion motion) {
        aboveV[1] = Math.max(0.06f, motion.upperOuter.value(offset));
        aboveV[0] = Math.min(0.02f, aboveV[1] - 0.04f);
        aboveV[2] = Math.max(aboveV[1] + 0.01f, motion.upperInner.value(offset));
        aboveShift[0] = 0;
        aboveShift[1] = motion.upperOuterShift.value(offset);
        aboveShift[2] = motion.upperInnerShift.value(offset);
        MonotoneCubic.slopes(aboveV, aboveShift, aboveSlopes, 3, true);

        v[0] = motion.lowerInner.value(offset);
        v[1] = Math.max(v[0] + 0.01f, motion.lowerOuter.value(offset));
        v[3] = Math.max(v[1] + 0.08f, motion.jaw.value(offset));
        v[2] = v[1] + 0.4f * (v[3] - v[1]);
        v[4] = Math.max(v[3] + 0.08f, motion.jaw.value(offset) - motion.jawShift.value(offset) + BELOW_CHIN);
        shift[0] = motion.lowerInnerShift.value(offset);
        shift[1] = motion.lowerOuterShift.value(offset);
        shift[2] = motion.foldShift.value(offset);
        shift[3] = motion.jawShift.value(offset);
        shift[4] = 0;
        MonotoneCubic.slopes(v, shift, slopes, 5, true);
    }

    private void put(int node, float du, float dv, FaceAxes axes) {
        float x = axes.shiftX(du, dv);
        float y = axes.shiftY(du, dv);
        nodes[node] = x;
        nodes[node + 1] = y;
        largest = Math.max(largest, Math.max(Math.abs(x), Math.abs(y)));
    }

    private static float window(float x) {
        return Math.abs(x) < 1 ? (1 - x * x) * (1 - x * x) : 0;
    }
}
