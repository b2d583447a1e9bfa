package io.lipdrop.sync.neural;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.smoothstep;

import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.Landmarks;

/**
 * How much of each pixel of a patch belongs to the lower face: 1 inside, 0 outside, soft along the contour of the face, with
 * room below the chin for a jaw that opens.
 */
final class FaceMask {
    private static final int[] CONTOUR = Landmarks.contour();

    /** How far the contour is drawn in at the sides and out below, in parts of its distance from the nose. */
    private static final float DRAWN_IN = 0.09f;

    private static final float DRAWN_OUT = 0.06f;
    /** Radius of the softness, in parts of the face's height. */
    private static final float SOFT = 0.035f;
    /** It begins at the tip of the nose, at least this far above its base, in parts of the face's height. */
    private static final float ABOVE_NOSE_BASE = 0.04f;
    /** It fades towards the border of the picture over this part of its side. */
    private static final float BORDER = 0.04f;

    private final int side;
    private final float[] x = new float[CONTOUR.length];
    private final float[] y = new float[CONTOUR.length];
    private final float[] crossings = new float[CONTOUR.length];

    FaceMask(int side) {
        this.side = side;
    }

    /** Fills the field with the mask of a face that lies in the window. */
    void draw(Face face, Window window, PixelGrid into) {
        float noseX = u(face, Landmarks.NOSE_BASE, window);
        float noseY = v(face, Landmarks.NOSE_BASE, window);
        for (int i = 0; i < CONTOUR.length; i++) {
            float dx = u(face, CONTOUR[i], window) - noseX;
            float dy = v(face, CONTOUR[i], window) - noseY;
            float down = Math.max(0, dy / (float) Math.hypot(dx, dy));
            float scale = 1 - DRAWN_IN + (DRAWN_IN + DRAWN_OUT) * down * down;
            x[i] = noseX + scale * dx;
            y[i] = noseY + scale * dy;
        }
        fill(into);
        float height = Math.abs(v(face, Landmarks.CHIN, window) - v(face, Landmarks.FOREHEAD, window));
        int radius = Math.max(1, Math.round(SOFT * height));
        into.blur(radius);
        into.blur(radius);
        float top = Math.min(v(face, Landmarks.NOSE_TIP, window), noseY - ABOVE_NOSE_BASE * height);
        soften(into, top, noseY);
    }

    /** Fills the contour, a row at a time. */
    private void fill(PixelGrid into) {
        into.fill(0);
        for (int row = 0; row < side; row++) {
            int count = 0;
            for (int i = 0, j = CONTOUR.length - 1; i < CONTOUR.length; j = i++) {
                if (y[i] > row != y[j] > row) {
                    crossings[count++] = x[i] + (row - y[i]) / (y[j] - y[i]) * (x[j] - x[i]);
                }
            }
            if (count < 2) {
                continue;
            }
            float left = Float.MAX_VALUE;
            float right = -Float.MAX_VALUE;
            for (int i = 0; i < count; i++) {
                left = Math.min(left, crossings[i]);
                right = Math.max(right, crossings[i]);
            }
            for (int column = Math.max(0, (int) left); column <= Math.min(side - 1, right + 1); column++) {
                // The part of the pixel that lies inside, so that the contour does not jump from pixel to pixel.
                float inside = Math.min(column + 0.5f, right) - Math.max(column - 0.5f, left);
                into.values[row * side + column] = clamp(inside);
            }
        }
    }

    /** Nothing above the nose's tip, all below its base; nothing at the border of the picture. */
    private void soften(PixelGrid into, float top, float bottom) {
        float border = BORDER * side;
        for (int row = 0; row < side; row++) {
            float below = smoothstep((row - top) / (bottom - top));
            for (int column = 0; column < side; column++) {
                int nearest = Math.min(Math.min(column, side - 1 - column), side - 1 - row);
                into.values[row * side + column] *= below * smoothstep(nearest / border);
            }
        }
    }

    private float u(Face face, int point, Window window) {
        return window.u(face.x(point), face.y(point)) * side - 0.5f;
    }

    private float v(Face face, int point, Window window) {
        return window.v(face.x(point), face.y(point)) * side - 0.5f;
    }
}
