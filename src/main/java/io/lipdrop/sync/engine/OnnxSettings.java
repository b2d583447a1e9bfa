package io.lipdrop.sync.engine;

import io.lipdrop.onnx.Device;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How ONNX Runtime is used.
 *
 * @param nativePath a folder with its native libraries, to use instead of those in the jar: for example those with CUDA
 * @param memoryLimit how much of a GPU's memory networks may use, 0 for all
 */
@ConfigurationProperties("lipdrop.onnx")
public record OnnxSettings(
        @Nullable Path nativePath, @DefaultValue("0") DataSize memoryLimit) {
    public OnnxSettings {
        if (memoryLimit.isNegative()) {
            throw new IllegalArgumentException("lipdrop.onnx.memory-limit must not be negative");
        }
        if (nativePath != null) {
            Device.useNatives(nativePath);
        }
    }

    public static final OnnxSettings STANDARD = new OnnxSettings(null, DataSize.ofBytes(0));
}
