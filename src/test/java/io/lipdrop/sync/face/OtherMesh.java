package io.lipdrop.sync.face;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.onnx.OnnxModel;
import java.util.Objects;

/**
 * A second opinion on a face that was found: another mesh network, {@code [1, 3, 192, 192]} RGB in
 * 0 … 1 to {@code landmarks}, 468 × (x, y, z).
 */
public final class OtherMesh {
    private static final int SIDE = 192;

    private final OnnxModel model;
    private final Crop crop = new Crop(SIDE, Crop.Layout.FIRST_UNSIGNED);

    public OtherMesh(OnnxModel model) {
        this.model = model;
    }

    /** 468 × (x, y) in pixels of the network's own crop, which is good for proportions only. */
    public float[] place(Frame frame, Face face) {
        float[] points =
                Objects.requireNonNull(model.run("input", crop.take(frame, Square.around(face)), 1, 3, SIDE, SIDE)
                        .get("landmarks"));
        float[] mesh = new float[Face.POINTS * 2];
        for (int i = 0; i < Face.POINTS; i++) {
            mesh[2 * i] = points[3 * i];
            mesh[2 * i + 1] = points[3 * i + 1];
        }
        return mesh;
    }
}
