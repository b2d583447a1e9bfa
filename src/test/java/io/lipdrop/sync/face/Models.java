package io.lipdrop.sync.face;

import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxModel;
import java.nio.file.Path;

/** The face models of the project, opened once for all tests. */
public final class Models {
    public static final OnnxModel DETECTOR = open("face_detection_back_256x256.onnx");
    public static final OnnxModel MESH = open("face_landmark_with_attention.onnx");
    public static final OnnxModel PLAIN_MESH = open("face_landmark.onnx");

    private Models() {}

    public static FaceTracker tracker(FaceChoice choice) {
        return new FaceTracker(DETECTOR, MESH, PLAIN_MESH, choice);
    }

    private static OnnxModel open(String name) {
        return OnnxModel.open(Path.of("models", name), Device.CPU);
    }
}
