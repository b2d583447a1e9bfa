package io.lipdrop.sync;

import io.lipdrop.job.Failure;
import io.lipdrop.job.Folders;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxException;
import io.lipdrop.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The models that ship with Lipdrop, opened at their first use and kept open; and the device for those that do not. */
@Component
class EngineModels implements DisposableBean {
    static final String DETECTOR = "face_detection_back_256x256.onnx";
    static final String MESH = "face_landmark_with_attention.onnx";
    static final String VOICE = "voice_to_mouth.onnx";
    static final List<String> ALL = List.of(DETECTOR, MESH, VOICE);

    private static final Logger log = LoggerFactory.getLogger(EngineModels.class);

    private final Folders folders;
    private final String deviceSetting;
    private final OnnxSettings onnx;
    private final Map<String, OnnxModel> open = new ConcurrentHashMap<>();
    private @Nullable Device device;

    EngineModels(Folders folders, SyncSettings settings, OnnxSettings onnx) {
        this.folders = folders;
        this.deviceSetting = settings.device();
        this.onnx = onnx;
        Device.check(deviceSetting);
        if (onnx.nativePath() != null) {
            Device.useNatives(onnx.nativePath());
        }
    }

    /** The device for large networks; these small ones run on the processor, which is busy with the frames anyway. */
    synchronized Device device() {
        Device chosen = device;
        if (chosen == null) {
            chosen = Device.choose(deviceSetting, onnx.memoryLimit().toBytes());
            device = chosen;
            boolean isReplaced = chosen.isCpu() && chosen.reason().startsWith("cuda");
            log.atLevel(isReplaced ? Level.WARN : Level.INFO)
                    .log("Networks run on {}: {}", chosen.name(), chosen.reason());
        }
        return chosen;
    }

    /** The device, once it was needed. */
    synchronized @Nullable Device deviceIfKnown() {
        return device;
    }

    Path file(String name) {
        return folders.models().resolve(name);
    }

    /** What the sidecar says of one that was used. */
    Sidecar.Model used(String name) throws IOException {
        return new Sidecar.Model(name, Checksum.sha256(file(name), () -> {}), "Apache-2.0", null, null, null);
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
            return open.computeIfAbsent(name, missing -> OnnxModel.open(file(missing), Device.CPU));
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
