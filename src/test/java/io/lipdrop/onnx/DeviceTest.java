package io.lipdrop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DeviceTest {
    @Test
    void takesTheProcessorWhereItIsAskedFor() {
        assertThat(Device.choose("CPU ", 0)).isEqualTo(Device.CPU);
    }

    @Test
    void withoutAGraphicsCardItTakesTheProcessorAndSaysWhy() {
        Device device = Device.choose("auto", 0);
        assumeTrue(device.isCpu(), "this machine has a graphics card that can be used");

        assertThat(device.reason()).matches(".*(graphics card|CUDA|-Pgpu).*");
    }

    @Test
    void aGraphicsCardThatWasAskedForAndIsNotThereIsNamedInTheReason() {
        Device device = Device.choose("cuda:1", 0);
        assumeTrue(device.isCpu(), "this machine has a second graphics card");

        assertThat(device.reason()).startsWith("cuda:1 was asked for: ");
    }

    @Test
    void aModelThatAGraphicsCardRefusesRunsOnTheProcessorAndSaysWhy() {
        Device unusable = new Device("cuda:97", "found", 1 << 20);

        try (OnnxModel model = OnnxModel.open(Path.of("models", "face_detection_back_256x256.onnx"), unusable)) {
            assertThat(model.device().isCpu()).isTrue();
            assertThat(model.device().reason()).startsWith("cuda:97 refused the model: ");
        }
    }

    @Test
    void aLongReasonIsCutToOneLine() {
        String reason = Cuda.reason(new OrtException("libcudnn.so.9: cannot\n open " + "x".repeat(1000)));

        assertThat(reason)
                .startsWith("CUDA cannot be used: libcudnn.so.9: cannot open x")
                .hasSizeLessThan(400);
    }

    @Test
    void refusesADeviceThatDoesNotExist() {
        assertThatThrownBy(() -> Device.choose("abacus", 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
