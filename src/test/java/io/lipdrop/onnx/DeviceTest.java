package io.lipdrop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceTest {
    @Test
    void aSettingIsOneDeviceOrAListOfThem() {
        for (String setting :
                List.of("auto", "cpu", "CUDA", "cuda:3", "cuda:0,cuda:1", "cpu, cpu", "cuda:0,cuda:0,cpu")) {
            assertThatCode(() -> Device.check(List.of(setting.split(","))))
                    .as(setting)
                    .doesNotThrowAnyException();
        }
        for (String setting : List.of("gpu", "cuda:", "cuda:0,auto", "auto,auto", "cpu,", "cuda:0;cuda:1")) {
            assertThatThrownBy(() -> Device.check(List.of(setting.split(",", -1))))
                    .as(setting)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("lipdrop.device")
                    .hasMessageEndingWith("not " + setting);
        }
        assertThatThrownBy(() -> Device.check(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesTheProcessorWhereItIsAskedFor() {
        assertThat(Device.choose("CPU ", 0)).isEqualTo(Device.CPU);
    }

    @Test
    void withoutAGraphicsCardItTakesTheProcessorAndSaysWhy() {
        Device device = Device.choose("auto", 0);
        assumeTrue(device.isCpu(), "this machine has a graphics card that can be used");

        assertThat(device.reason()).matches(".*(NVIDIA GPU|CUDA|-Pgpu).*");
    }

    @Test
    void aGraphicsCardThatWasAskedForAndIsNotThereIsNamedInTheReason() {
        Device device = Device.choose("cuda:1", 0);
        assumeTrue(device.isCpu(), "this machine has a second graphics card");

        assertThat(device.reason()).startsWith("cuda:1 was requested: ");
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
    void theReasonIsWhatIsMissingAndNotWhereTheRuntimeNoticedIt() {
        // What onnxruntime_gpu 1.23.2 says on a machine without CUDA.
        String reason =
                Cuda.reason(new OrtException("Error code - ORT_FAIL - message: /onnxruntime_src/onnxruntime/core/"
                        + "session/provider_bridge_ort.cc:1844 onnxruntime::Provider& onnxruntime::ProviderLibrary::Get() "
                        + "[ONNXRuntimeError] : 1 : FAIL : Failed to load library libonnxruntime_providers_cuda.so with error: "
                        + "libcublasLt.so.12: cannot open shared object file: No such file or directory\n"));

        assertThat(reason)
                .isEqualTo("CUDA cannot be used: Failed to load library libonnxruntime_providers_cuda.so with error: "
                        + "libcublasLt.so.12: cannot open shared object file: No such file or directory"
                        + " (CUDA 12 and cuDNN 9 are required)");
        assertThat(Cuda.reason(
                        new OrtException("/src/cuda_call.cc:129 bool Call() CUDA failure 100: no device ; GPU=-1")))
                .isEqualTo("CUDA cannot be used: CUDA failure 100: no device ; GPU=-1");
        assertThat(Cuda.reason(new OrtException("x".repeat(1000)))).hasSizeLessThan(400);
    }

    @Test
    void refusesAFolderWithoutTheRuntimesLibraries() {
        assertThatThrownBy(() -> Device.useNatives(Path.of("samples")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lipdrop.onnx.native-path")
                .hasMessageContaining("onnxruntime");
    }

    @Test
    void refusesADeviceThatDoesNotExist() {
        assertThatThrownBy(() -> Device.choose("abacus", 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
