package io.lipdrop.sync.face;

import io.lipdrop.media.Frame;
import io.lipdrop.onnx.OnnxModel;
import java.util.Map;

/**
 * Places the mesh on a face with MediaPipe's attention mesh (Grishchenko et al., 2020; model card in {@code models/}):
 * {@code [1, 3, 192, 192]} RGB in 0 … 1 to 468 points, 80 refined lip points and a score. One owner at a time.
 */
final class FaceMesh {
    private static final int SIDE = 192;

    private final OnnxModel model;
    private final Crop crop = new Crop(SIDE, Crop.Layout.FIRST_UNSIGNED);

    FaceMesh(OnnxModel model) {
        this.model = model;
    }

    Face place(Frame frame, Square square, int shot) {
        Map<String, float[]> output = model.run("input", crop.of(frame, square), 1, 3, SIDE, SIDE);
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
            int point = Lips.meshPoint(i);
            mesh[2 * point] = lips[2 * i];
            mesh[2 * point + 1] = lips[2 * i + 1];
        }
        return new Face(mesh, depth, lips, score, shot);
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
