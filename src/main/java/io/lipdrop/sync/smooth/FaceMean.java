package io.lipdrop.sync.smooth;

import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.Landmarks;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The mean of a face over neighbouring frames, in which a neighbour counts the less the more it differs: a still face becomes
 * steady, a moving one is left as it is (a bilateral filter over time). Where the head is, how it is shaped and how the lips stand
 * are weighed each by itself, and both neighbours at one distance alike, so that even motion is not delayed.
 */
final class FaceMean {
    /** How much the mesh trembles on a still face, in eye distances: place of the head, its shape, the lips. */
    private static final float HEAD_NOISE = 0.006f;

    private static final float SHAPE_NOISE = 0.012f;
    private static final float UPPER_NOISE = 0.012f;
    /** Points no further than this below the nose's base, in eye distances, belong to the upper face, which does not speak. */
    private static final float UPPER_FACE = 0.03f;

    private static final float LIPS_NOISE = 0.012f;

    private static final int MAX = 2 * TrackSmoother.LOOK_AHEAD + 1;

    private final float[] headWeight = new float[MAX];
    private final float[] shapeWeight = new float[MAX];
    private final float[] upperWeight = new float[MAX];
    private final float[] lipsWeight = new float[MAX];
    private final Poses poses = new Poses(MAX);

    /** The smoothed face of frame {@code at}, over {@code reach} frames to each side, none of which is null. */
    Face around(List<@Nullable Face> window, int at, int reach) {
        Face middle = present(window.get(at));
        if (reach == 0) {
            return middle;
        }
        for (int i = -reach; i <= reach; i++) {
            poses.set(present(window.get(at + i)), middle, i + reach);
        }
        float eyes = middle.eyeDistance();
        for (int i = 1; i <= reach; i++) {
            float head = 1;
            float shape = 1;
            float lips = 1;
            float upper = 1;
            for (int side = -1; side <= 1; side += 2) {
                Face other = present(window.get(at + side * i));
                int k = reach + side * i;
                head = Math.min(head, weight(poses.distance(k, reach, eyes), HEAD_NOISE * eyes));
                shape = Math.min(shape, weight(distance(other.mesh(), middle.mesh(), k, reach), SHAPE_NOISE * eyes));
                upper = Math.min(upper, weight(upperDistance(other, middle, k, reach), UPPER_NOISE * eyes));
                lips = Math.min(lips, weight(distance(other.lips(), middle.lips(), k, reach), LIPS_NOISE * eyes));
            }
            headWeight[reach - i] = headWeight[reach + i] = head;
            shapeWeight[reach - i] = shapeWeight[reach + i] = shape;
            upperWeight[reach - i] = upperWeight[reach + i] = upper;
            lipsWeight[reach - i] = lipsWeight[reach + i] = lips;
        }
        headWeight[reach] = shapeWeight[reach] = upperWeight[reach] = lipsWeight[reach] = 1;
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
            cx += headWeight[k] * poses.centerX[k];
            cy += headWeight[k] * poses.centerY[k];
            tx += headWeight[k] * poses.turnX[k];
            ty += headWeight[k] * poses.turnY[k];
        }
        normalise(shapeWeight, frames);
        normalise(upperWeight, frames);
        normalise(lipsWeight, frames);
        boolean[] upper = upperFace(middle);
        float[] mesh = new float[middle.mesh().length];
        float[] depth = new float[middle.depth().length];
        float[] lips = new float[middle.lips().length];
        for (int k = 0; k < frames; k++) {
            Face face = present(window.get(at + k - reach));
            for (int i = 0; i < depth.length; i++) {
                float weight = upper[i] ? upperWeight[k] : shapeWeight[k];
                poses.add(face.mesh(), mesh, i, weight, k);
                depth[i] += weight * face.depth()[i];
            }
            for (int i = 0; i < Face.LIP_POINTS; i++) {
                poses.add(face.lips(), lips, i, lipsWeight[k], k);
            }
        }
        Poses.place(mesh, cx, cy, tx, ty);
        Poses.place(lips, cx, cy, tx, ty);
        for (int i = 0; i < Face.LIP_POINTS; i++) {
            mesh[2 * Landmarks.meshPoint(i)] = lips[2 * i];
            mesh[2 * Landmarks.meshPoint(i) + 1] = lips[2 * i + 1];
        }
        return new Face(mesh, depth, lips, middle.score(), middle.shot());
    }

    /** Root mean square distance of two sets of points once both are in the middle frame's pose. */
    private float distance(float[] points, float[] middle, int k, int m) {
        double sum = 0;
        for (int i = 0; i < points.length / 2; i++) {
            sum += poses.squaredDistance(points, middle, i, k, m);
        }
        return (float) Math.sqrt(2 * sum / points.length);
    }

    private float upperDistance(Face face, Face middle, int k, int m) {
        double sum = 0;
        for (int point : Poses.STABLE) {
            sum += poses.squaredDistance(face.mesh(), middle.mesh(), point, k, m);
        }
        return (float) Math.sqrt(sum / Poses.STABLE.length);
    }

    private static boolean[] upperFace(Face face) {
        boolean[] upper = new boolean[Face.POINTS];
        float sin = (float) Math.sin(face.roll());
        float cos = (float) Math.cos(face.roll());
        float most = UPPER_FACE * face.eyeDistance();
        for (int i = 0; i < Face.POINTS; i++) {
            float dx = face.x(i) - face.x(Landmarks.NOSE_BASE);
            float dy = face.y(i) - face.y(Landmarks.NOSE_BASE);
            upper[i] = dy * cos - dx * sin < most;
        }
        return upper;
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
        for (int point : Poses.STABLE) {
            sum += (float) Math.hypot(a.x(point) - b.x(point), a.y(point) - b.y(point));
        }
        return sum / Poses.STABLE.length;
    }
}
