package io.lipdrop.sync.face;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.onnx.OnnxModel;
import java.util.Map;

/**
 * Places the mesh on a face with MediaPipe's attention mesh (Grishchenko et al., 2020; model card in {@code models/}):
 * {@code [1, 3, 192, 192]} RGB in 0 … 1 to 468 points, 80 refined lip points and a score. One owner at a time.
 */
final class FaceMesh {
    private static final int SIDE = 192;

    /** How squares are moved and enlarged, in sides, to measure a mouth. */
    private static final float[][] LOOKS = {{0.02f, 0, 1.03f}, {-0.02f, 0.015f, 0.97f}, {0, -0.02f, 1.06f}};

    private final OnnxModel model;
    private final Crop crop = new Crop(SIDE, Crop.Layout.FIRST_UNSIGNED);

    FaceMesh(OnnxModel model) {
        this.model = model;
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
     * How large the mouth is, in the mean of several looks through slightly different squares and of both ways in which the network sees
     * lips, with all points and refined: each errs by itself (figures in docs/decisions.md).
     */
    MouthSize size(Frame frame, Square square) {
        float opening = 0;
        float width = 0;
        float apart = 0;
        for (float[] moved : LOOKS) {
            Map<String, float[]> output = model.run("input", crop.take(frame, moved(square, moved)), 1, 3, SIDE, SIDE);
            float[] points = values(output, "landmarks", Face.POINTS * 3);
            float[] lips = values(output, "lips", Face.LIP_POINTS * 2);
            float eyes = distance(points, 3, Landmarks.RIGHT_EYE, Landmarks.LEFT_EYE);
            float refined = 0;
            float plain = 0;
            for (int k = 4; k <= 6; k++) {
                int upper = Landmarks.LipRing.INNER.upper(k);
                int lower = Landmarks.LipRing.INNER.lower(k);
                refined += distance(lips, 2, upper, lower) / 3;
                plain += distance(points, 3, Landmarks.meshPoint(upper), Landmarks.meshPoint(lower)) / 3;
            }
            opening += (refined + plain) / 2 / eyes / LOOKS.length;
            apart += (refined - plain) / eyes / LOOKS.length;
            int right = Landmarks.LipRing.OUTER.lower(0);
            int left = Landmarks.LipRing.OUTER.lower(Landmarks.LIP_ALONG - 1);
            float wide = distance(lips, 2, right, left)
                    + distance(points, 3, Landmarks.meshPoint(right), Landmarks.meshPoint(left));
            width += wide / 2 / eyes / LOOKS.length;
        }
        return new MouthSize(opening, width, apart);
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
