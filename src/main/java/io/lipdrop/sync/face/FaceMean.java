package io.lipdrop.sync.face;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The mean of a face over neighbouring frames, in which a neighbour counts the less the more it differs: a still face becomes
 * steady, a moving one is left as it is (a bilateral filter over time). Where the head is, how it is shaped and how the lips stand
 * are weighed each by itself, and both neighbours at one distance alike, so that even motion is not delayed.
 */
final class FaceMean {
    /** Points that neither speech nor mimicry moves much: eye corners, nose, brow, temples. */
    private static final int[] STABLE = {33, 133, 362, 263, 168, 6, 197, 195, 5, 4, 10, 151, 9, 127, 356, 234, 454};
    /** How much the mesh trembles on a still face, in eye distances: place of the head, its shape, the lips. */
    private static final float HEAD_NOISE = 0.006f;

    private static final float SHAPE_NOISE = 0.012f;
    private static final float LIPS_NOISE = 0.012f;

    private static final int MOST = 2 * TrackSmoother.LOOK_AHEAD + 1;

    private final float[] headWeight = new float[MOST];
    private final float[] shapeWeight = new float[MOST];
    private final float[] lipsWeight = new float[MOST];
    /** Each frame's pose relative to the middle frame: centre, and turn and scale as a complex number. */
    private final float[] centerX = new float[MOST];

    private final float[] centerY = new float[MOST];
    private final float[] turnX = new float[MOST];
    private final float[] turnY = new float[MOST];

    /** The smoothed face of frame {@code at}, over {@code reach} frames to each side, none of which is null. */
    Face around(List<@Nullable Face> window, int at, int reach) {
        Face middle = present(window.get(at));
        if (reach == 0) {
            return middle;
        }
        for (int i = -reach; i <= reach; i++) {
            pose(present(window.get(at + i)), middle, i + reach);
        }
        float eyes = middle.eyeDistance();
        for (int i = 1; i <= reach; i++) {
            float head = 1;
            float shape = 1;
            float lips = 1;
            for (int side = -1; side <= 1; side += 2) {
                Face other = present(window.get(at + side * i));
                int k = reach + side * i;
                head = Math.min(head, weight(poseDistance(k, reach, eyes), HEAD_NOISE * eyes));
                shape = Math.min(shape, weight(distance(other.mesh(), middle.mesh(), k, reach), SHAPE_NOISE * eyes));
                lips = Math.min(lips, weight(distance(other.lips(), middle.lips(), k, reach), LIPS_NOISE * eyes));
            }
            headWeight[reach - i] = headWeight[reach + i] = head;
            shapeWeight[reach - i] = shapeWeight[reach + i] = shape;
            lipsWeight[reach - i] = lipsWeight[reach + i] = lips;
        }
        headWeight[reach] = shapeWeight[reach] = lipsWeight[reach] = 1;
        return mean(window, at, reach, middle);
    }

    private Face mean(List<@Nullable Face> window, int at, int reach, Face middle) {
        int frames = 2 * reach + 1;
        normalise(headWeight, frames);
        float cx = 0;
        float cy = 0;
        float tx = 0;
        float ty = 0;
        for (int k = 0; k < frames; k++) {
            cx += headWeight[k] * centerX[k];
            cy += headWeight[k] * centerY[k];
            tx += headWeight[k] * turnX[k];
            ty += headWeight[k] * turnY[k];
        }
        normalise(shapeWeight, frames);
        normalise(lipsWeight, frames);
        float[] mesh = new float[middle.mesh().length];
        float[] depth = new float[middle.depth().length];
        float[] lips = new float[middle.lips().length];
        for (int k = 0; k < frames; k++) {
            Face face = present(window.get(at + k - reach));
            add(face.mesh(), mesh, shapeWeight[k], k);
            add(face.lips(), lips, lipsWeight[k], k);
            for (int i = 0; i < depth.length; i++) {
                depth[i] += shapeWeight[k] * face.depth()[i];
            }
        }
        place(mesh, cx, cy, tx, ty);
        place(lips, cx, cy, tx, ty);
        for (int i = 0; i < Face.LIP_POINTS; i++) {
            mesh[2 * Lips.meshPoint(i)] = lips[2 * i];
            mesh[2 * Lips.meshPoint(i) + 1] = lips[2 * i + 1];
        }
        return new Face(mesh, depth, lips, middle.score(), middle.shot());
    }

    /** The least-squares similarity of the stable points, over those of the middle frame. */
    private void pose(Face face, Face middle, int k) {
        float cx = 0;
        float cy = 0;
        float mx = 0;
        float my = 0;
        for (int point : STABLE) {
            cx += face.x(point) / STABLE.length;
            cy += face.y(point) / STABLE.length;
            mx += middle.x(point) / STABLE.length;
            my += middle.y(point) / STABLE.length;
        }
        float real = 0;
        float imaginary = 0;
        float size = 0;
        for (int point : STABLE) {
            float ax = middle.x(point) - mx;
            float ay = middle.y(point) - my;
            float bx = face.x(point) - cx;
            float by = face.y(point) - cy;
            real += ax * bx + ay * by;
            imaginary += ax * by - ay * bx;
            size += ax * ax + ay * ay;
        }
        centerX[k] = cx;
        centerY[k] = cy;
        turnX[k] = real / Math.max(1e-6f, size);
        turnY[k] = imaginary / Math.max(1e-6f, size);
    }

    private float poseDistance(int k, int middle, float eyes) {
        double moved = Math.hypot(centerX[k] - centerX[middle], centerY[k] - centerY[middle]);
        double turned = Math.hypot(turnX[k] - 1, turnY[k]) * eyes / 2;
        return (float) Math.hypot(moved, turned);
    }

    /** Root mean square distance of two sets of points once both are in the middle frame's pose. */
    private float distance(float[] points, float[] middle, int k, int m) {
        float scale = 1 / Math.max(1e-6f, turnX[k] * turnX[k] + turnY[k] * turnY[k]);
        double sum = 0;
        for (int i = 0; i < points.length; i += 2) {
            float x = points[i] - centerX[k];
            float y = points[i + 1] - centerY[k];
            float dx = (x * turnX[k] + y * turnY[k]) * scale - (middle[i] - centerX[m]);
            float dy = (y * turnX[k] - x * turnY[k]) * scale - (middle[i + 1] - centerY[m]);
            sum += dx * dx + dy * dy;
        }
        return (float) Math.sqrt(2 * sum / points.length);
    }

    private void add(float[] points, float[] to, float weight, int k) {
        float scale = weight / Math.max(1e-6f, turnX[k] * turnX[k] + turnY[k] * turnY[k]);
        for (int i = 0; i < points.length; i += 2) {
            float x = points[i] - centerX[k];
            float y = points[i + 1] - centerY[k];
            to[i] += (x * turnX[k] + y * turnY[k]) * scale;
            to[i + 1] += (y * turnX[k] - x * turnY[k]) * scale;
        }
    }

    private static void place(float[] points, float cx, float cy, float tx, float ty) {
        for (int i = 0; i < points.length; i += 2) {
            float x = points[i];
            float y = points[i + 1];
            points[i] = cx + x * tx - y * ty;
            points[i + 1] = cy + x * ty + y * tx;
        }
    }

    private static float weight(float distance, float noise) {
        float x = distance / noise;
        return (float) Math.exp(-x * x / 2);
    }

    private static void normalise(float[] weights, int count) {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i];
        }
        for (int i = 0; i < count; i++) {
            weights[i] /= sum;
        }
    }

    private static Face present(@Nullable Face face) {
        return Objects.requireNonNull(face);
    }

    /** How far the head has gone from one frame to the other, pixels. */
    static float distance(Face a, Face b) {
        float sum = 0;
        for (int point : STABLE) {
            sum += (float) Math.hypot(a.x(point) - b.x(point), a.y(point) - b.y(point));
        }
        return sum / STABLE.length;
    }
}
