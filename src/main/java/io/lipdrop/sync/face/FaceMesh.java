package io.lipdrop.sync.face;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.onnx.OnnxModel;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Places the mesh on a face with MediaPipe's attention mesh (Grishchenko et al., 2020; model card in {@code models/}):
 * {@code [1, 3, 192, 192]} RGB in 0 … 1 to 468 points, 80 refined lip points and a score. One owner at a time.
 */
final class FaceMesh {
    private static final int SIDE = 192;

    /** How squares are moved and enlarged, in sides, to measure a mouth. */
    private static final float[][] LOOKS = {{0.02f, 0, 1.03f}, {-0.02f, 0.015f, 0.97f}, {0, -0.02f, 1.06f}};

    /** What the plain mesh sees between lips that are shut; median of fifteen people. */
    private static final float PLAIN_SHUT = 0.015f;
    /** From this opening on, lips are parted for sure. */
    private static final float PARTED = 0.04f;

    private final OnnxModel model;
    private final OnnxModel plain;
    private final Crop crop = new Crop(SIDE, Crop.Layout.FIRST_UNSIGNED);

    /**
     * A mesh for one clip.
     *
     * @param model the attention mesh
     * @param plain MediaPipe's plain mesh, {@code [1, 3, 192, 192]} to 468 points, which only measures mouths
     */
    FaceMesh(OnnxModel model, OnnxModel plain) {
        this.model = model;
        this.plain = plain;
    }

    Face place(Frame frame, Square square) {
        Map<String, float[]> output = model.run("input", crop.take(frame, square), 1, 3, SIDE, SIDE);
        float[] points = values(output, "landmarks", Face.POINTS * 3);
        float[] lipPoints = values(output, "lips", Face.LIP_POINTS * 2);
        float score = values(output, "score", 1)[0];

        float step = square.side() / SIDE;
        float dx = (float) Math.cos(square.roll()) * step;
        float dy = (float) Math.sin(square.roll()) * step;
        float[] mesh = new float[Face.POINTS * 2];
        float[] depth = new float[Face.POINTS];
        for (int i = 0; i < Face.POINTS; i++) {
            place(points[3 * i], points[3 * i + 1], square, dx, dy, mesh, i);
            depth[i] = points[3 * i + 2] * step;
        }
        float[] lips = new float[Face.LIP_POINTS * 2];
        for (int i = 0; i < Face.LIP_POINTS; i++) {
            place(lipPoints[2 * i], lipPoints[2 * i + 1], square, dx, dy, lips, i);
            int point = Landmarks.meshPoint(i);
            mesh[2 * point] = lips[2 * i];
            mesh[2 * point + 1] = lips[2 * i + 1];
        }
        return new Face(mesh, depth, lips, score, 0);
    }

    /**
     * How large the mouth is, in the mean of several looks through slightly different squares and of two networks, the first of which
     * sees lips in two ways, with all points and refined: each errs by itself (figures in docs/decisions.md).
     */
    MouthSize size(Frame frame, Square square) {
        float opening = 0;
        float width = 0;
        float apart = 0;
        for (float[] moved : LOOKS) {
            FloatBuffer picture = crop.take(frame, moved(square, moved));
            Map<String, float[]> output = model.run("input", picture, 1, 3, SIDE, SIDE);
            float[] points = values(output, "landmarks", Face.POINTS * 3);
            Lips whole = Lips.of(points, 3, Landmarks::meshPoint, eyesOf(points));
            Lips refined = Lips.of(values(output, "lips", Face.LIP_POINTS * 2), 2, point -> point, eyesOf(points));
            float[] others = values(plain.run("input", picture, 1, 3, SIDE, SIDE), "landmarks", Face.POINTS * 3);
            Lips other = Lips.of(others, 3, Landmarks::meshPoint, eyesOf(others));
            float otherOpening = Math.max(0, other.opening - PLAIN_SHUT);
            opening += together((refined.opening + whole.opening) / 2, otherOpening) / LOOKS.length;
            width += (refined.width + whole.width + 2 * other.width) / 4 / LOOKS.length;
            apart += (refined.opening - whole.opening) / LOOKS.length;
        }
        return new MouthSize(opening, width, apart);
    }

    /** The mean of two openings; near the shut mouth the larger one, because lips are shut only if both see that. */
    private static float together(float one, float other) {
        float mean = (one + other) / 2;
        return mean + Math.abs(one - other) / 2 * Math.max(0, 1 - mean / PARTED);
    }

    /** Opening and width in distances of the outer eye corners. */
    private record Lips(float opening, float width) {
        static Lips of(float[] points, int each, IntUnaryOperator point, float eyes) {
            float opening = 0;
            for (int k = 4; k <= 6; k++) {
                int upper = point.applyAsInt(Landmarks.LipRing.INNER.upper(k));
                int lower = point.applyAsInt(Landmarks.LipRing.INNER.lower(k));
                opening += distance(points, each, upper, lower) / 3 / eyes;
            }
            int right = point.applyAsInt(Landmarks.LipRing.OUTER.lower(0));
            int left = point.applyAsInt(Landmarks.LipRing.OUTER.lower(Landmarks.LIP_ALONG - 1));
            return new Lips(opening, distance(points, each, right, left) / eyes);
        }
    }

    private static float eyesOf(float[] points) {
        return distance(points, 3, Landmarks.RIGHT_EYE, Landmarks.LEFT_EYE);
    }

    private static Square moved(Square square, float[] by) {
        float side = square.side();
        return new Square(
                square.centerX() + by[0] * side, square.centerY() + by[1] * side, side * by[2], square.roll());
    }

    private static float distance(float[] points, int each, int a, int b) {
        return (float) Math.hypot(points[each * a] - points[each * b], points[each * a + 1] - points[each * b + 1]);
    }

    private static void place(float u, float v, Square square, float dx, float dy, float[] to, int point) {
        float x = u - SIDE / 2f;
        float y = v - SIDE / 2f;
        to[2 * point] = square.centerX() + x * dx - y * dy;
        to[2 * point + 1] = square.centerY() + x * dy + y * dx;
    }

    private static float[] values(Map<String, float[]> output, String name, int count) {
        float[] values = output.get(name);
        if (values == null || values.length != count) {
            throw new IllegalArgumentException("The face mesh has no output " + name + " of " + count + " numbers");
        }
        return values;
    }
}
