package io.lipdrop.sync;

import io.lipdrop.job.Failure;
import io.lipdrop.job.Folders;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxException;
import io.lipdrop.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The models of the default engine, opened at their first use and kept open. */
@Component
class EngineModels implements DisposableBean {
    static final String DETECTOR = "face_detection_back_256x256.onnx";
    static final String MESH = "face_landmark_with_attention.onnx";
    static final String VOICE = "voice_to_mouth.onnx";
    static final List<String> ALL = List.of(DETECTOR, MESH, VOICE);

    private final Folders folders;
    private final Device device;
    private final Map<String, OnnxModel> open = new ConcurrentHashMap<>();

    EngineModels(Folders folders, SyncSettings settings) {
        this.folders = folders;
        this.device = Device.choose(settings.device(), 0);
    }

    Device device() {
        return device;
    }

    Path file(String name) {
        return folders.models().resolve(name);
    }

    void openAll() {
        ALL.forEach(this::model);
    }

    /**
     * An open model.
     *
     * @throws Failure {@code model-missing}, {@code model-invalid} or {@code out-of-memory}
     */
    OnnxModel model(String name) {
        try {
            return open.computeIfAbsent(name, missing -> OnnxModel.open(file(missing), device));
        } catch (OnnxException e) {
            throw Causes.ofModel(e);
        }
    }

    @Override
    public void destroy() {
        open.values().forEach(OnnxModel::close);
        open.clear();
    }
}
