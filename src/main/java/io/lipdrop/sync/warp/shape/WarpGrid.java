package io.lipdrop.sync.warp.shape;

import static io.lipdrop.sync.pixel.Scalars.bilinear;
import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.window;

/**
 * Where the pixels of the new picture come from: two fields of displacements on a grid in the face's coordinates, one for all
 * above the mouth's seam, one for all below; between its nodes by straight lines.
 */
public final class WarpGrid {
    /** Least displacement that counts as motion, pixels, x and y of both fields together: where the fields agree half of it each. */
    private static final float MOVES = 0.1f;

    /** The part of the grid that counts as mouth extends this far beyond its edges, in units of {@link FaceAxes}. */
    private static final float MOUTH_MARGIN = 0.03f;
    /** Minimum distance above the mouth, and distance below it, at which sideways motion has faded out, in units; by eye. */
    private static final float MIN_SIDE_ABOVE = 0.1f;

    private static final float SIDE_BELOW = 0.33f;
    /** Components of a node. */
    private static final int FIELDS = 4;
    /** A place at the last column or row is read just before it, so that there is a next one. */
    private static final float LAST = 1.001f;

    public final int columns;
    public final int rows;
    /** Displacements towards the source, in pixels: x and y of the upper field, x and y of the lower one, per node. */
    final float[] nodes;

    private final boolean[] moving;
    /** Offset of the first column from the mouth's middle, and v of the first row. */
    public float left;

    public float top;
    public float columnStep;
    public float rowStep;
    private float perColumn;
    private float perRow;
    /** Above and below this there is neither seam nor inner mouth. */
    public float mouthTop;

    public float mouthBottom;
    /** Beyond this to the sides neither. */
    public float mouthReach;
    /** Largest displacement along x or y, pixels. */
    public float largest;

    private final ColumnShift shifts = new ColumnShift();

    /** A grid of this many nodes; at least two each way. */
    public WarpGrid(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        nodes = new float[columns * rows * FIELDS];
        moving = new boolean[columns * rows];
    }

    /** A face's coordinates and where its mouth's middle is in them. */
    public record Place(FaceAxes axes, float middle) {}

    /** Sets the part of the face that the grid spans: offsets from the mouth's middle, and heights. */
    public void span(float newLeft, float right, float newTop, float bottom) {
        left = newLeft;
        top = newTop;
        columnStep = (right - newLeft) / (columns - 1);
        rowStep = (bottom - newTop) / (rows - 1);
        perColumn = 1 / columnStep;
        perRow = 1 / rowStep;
    }

    /**
     * Computes the displacements from a place in the new picture to where its pixels come from in the source.
     *
     * @param outline what holds the pixels where the face ends
     */
    public void fit(MouthMotion motion, Place picture, Place source, Outline outline) {
        mouthTop = Math.min(motion.upperInner.least(), motion.seam.least()) - MOUTH_MARGIN;
        mouthBottom = Math.max(motion.lowerInner.most(), motion.seam.most()) + MOUTH_MARGIN;
        float mouth = motion.seam.value(0);
        largest = 0;
        for (int column = 0; column < columns; column++) {
            column(column, mouth, motion, picture, source, outline);
        }
    }

    /** Notes which cells anything moves to: those with a displacement at a corner, and those of the mouth, {@code reach} to each side. */
    public void findMoving(float reach) {
        mouthReach = reach;
        for (int row = 0; row < rows - 1; row++) {
            float at = top + row * rowStep;
            for (int column = 0; column < columns - 1; column++) {
                float offset = Math.abs(left + column * columnStep);
                boolean mouth = at + rowStep > mouthTop && at < mouthBottom && offset < mouthReach;
                int node = row * columns + column;
                moving[node] = mouth
                        || isMoving(node)
                        || isMoving(node + 1)
                        || isMoving(node + columns)
                        || isMoving(node + columns + 1);
            }
        }
    }

    /** Whether anything moves at a place of the face. */
    public boolean moves(float offset, float at) {
        float x = (offset - left) * perColumn;
        float y = (at - top) * perRow;
        int column = (int) x;
        int row = (int) y;
        return x >= 0 && y >= 0 && column < columns - 1 && row < rows - 1 && moving[row * columns + column];
    }

    /** Whether a place of the face is inside the grid. */
    public boolean spans(float offset, float at) {
        float x = (offset - left) * perColumn;
        float y = (at - top) * perRow;
        return x >= 0 && y >= 0 && x <= columns - 1 && y <= rows - 1;
    }

    /** Looks up the four displacements at a place of the face, of which the nearest inside the grid is taken. */
    public void look(float offset, float at, float[] shifts, int first) {
        float x = clamp((offset - left) * perColumn, 0, columns - LAST);
        float y = clamp((at - top) * perRow, 0, rows - LAST);
        int column = (int) x;
        int row = (int) y;
        x -= column;
        y -= row;
        int a = FIELDS * (row * columns + column);
        int b = a + FIELDS * columns;
        for (int k = 0; k < FIELDS; k++, a++, b++) {
            shifts[first + k] = bilinear(nodes[a], nodes[a + FIELDS], nodes[b], nodes[b + FIELDS], x, y);
        }
    }

    /** A quantity that each node has one of, at a place of the face. */
    public float between(float[] values, float offset, float at) {
        float x = clamp((offset - left) * perColumn, 0, columns - LAST);
        float y = clamp((at - top) * perRow, 0, rows - LAST);
        int column = (int) x;
        int row = (int) y;
        int a = row * columns + column;
        int b = a + columns;
        return bilinear(values[a], values[a + 1], values[b], values[b + 1], x - column, y - row);
    }

    private boolean isMoving(int node) {
        int i = node * FIELDS;
        return Math.abs(nodes[i]) + Math.abs(nodes[i + 1]) + Math.abs(nodes[i + 2]) + Math.abs(nodes[i + 3]) > MOVES;
    }

    private void column(int column, float mouth, MouthMotion motion, Place picture, Place source, Outline outline) {
        float offset = left + column * columnStep;
        shifts.fit(motion, offset);
        float side = motion.sideShift.value(offset);
        for (int row = 0; row < rows; row++) {
            float at = top + row * rowStep;
            int node = (row * columns + column) * FIELDS;
            float window = window((at - mouth) / (at < mouth ? Math.max(MIN_SIDE_ABOVE, mouth) : SIDE_BELOW));
            float moves = outline.moves(motion, offset, at);
            float u = offset - moves * side * window;
            if (at <= mouthBottom + rowStep) {
                put(node, picture, offset, at, source, u, at - moves * shifts.above(at));
            }
            if (at >= mouthTop - rowStep) {
                put(node + 2, picture, offset, at, source, u, at - moves * shifts.below(at));
            } else {
                nodes[node + 2] = nodes[node];
                nodes[node + 3] = nodes[node + 1];
            }
            if (at > mouthBottom + rowStep) {
                nodes[node] = nodes[node + 2];
                nodes[node + 1] = nodes[node + 3];
            }
        }
    }

    private void put(int node, Place picture, float offset, float at, Place source, float u, float fromV) {
        float x = source.axes.x(source.middle + u, fromV) - picture.axes.x(picture.middle + offset, at);
        float y = source.axes.y(source.middle + u, fromV) - picture.axes.y(picture.middle + offset, at);
        nodes[node] = x;
        nodes[node + 1] = y;
        largest = Math.max(largest, Math.max(Math.abs(x), Math.abs(y)));
    }
}
