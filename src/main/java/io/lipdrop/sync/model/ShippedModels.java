package io.lipdrop.sync.model;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.files.Checksum;
import io.lipdrop.home.Folders;
import io.lipdrop.job.Failure;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxException;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.sync.face.FaceChoice;
import io.lipdrop.sync.face.FaceTracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The models that ship with Lipdrop, opened at their first use and kept open; all workers share them, on the CPU. */
@Component
public class ShippedModels implements DisposableBean {
    public static final String DETECTOR = "face_detection_back_256x256.onnx";
    public static final String MESH = "face_landmark_with_attention.onnx";
    public static final String PLAIN_MESH = "face_landmark.onnx";
    public static final String VOICE = "voice_to_mouth.onnx";
    public static final List<String> ALL = List.of(DETECTOR, MESH, PLAIN_MESH, VOICE);

    private final Folders folders;
    private final Map<String, OnnxModel> open = new ConcurrentHashMap<>();

    public ShippedModels(Folders folders) {
        this.folders = folders;
    }

    Path file(String name) {
        return folders.models().resolve(name);
    }

    /** What the sidecar says of one that was used. */
    public UsedModel used(String name) throws IOException {
        return new UsedModel(name, Checksum.sha256(file(name), () -> {}), "Apache-2.0", null, null, null);
    }

    /**
     * Opens all of them, as far as they are not open.
     *
     * @throws Failure as {@link #model} does
     */
    public void openAll() {
        ALL.forEach(this::model);
    }

    /**
     * An open model.
     *
     * @throws Failure {@code model-missing}, {@code model-invalid} or {@code out-of-memory}
     */
    public OnnxModel model(String name) {
        try {
            return open.computeIfAbsent(name, missing -> OnnxModel.open(file(missing), Device.CPU));
        } catch (OnnxException e) {
            throw Diagnosis.ofModel(e);
        }
    }

    /** Follows a face through one clip. */
    public FaceTracker tracker(FaceChoice choice) {
        return new FaceTracker(model(DETECTOR), model(MESH), model(PLAIN_MESH), choice);
    }

    @Override
    public void destroy() {
        open.values().forEach(OnnxModel::close);
        open.clear();
    }
}
