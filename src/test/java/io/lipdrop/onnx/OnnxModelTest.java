package io.lipdrop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxModelTest {
    private static final Path DETECTOR = Path.of("models", "face_detection_back_256x256.onnx");

    @TempDir
    Path folder;

    @Test
    void saysThatAModelIsMissing() {
        OnnxException e = failure(folder.resolve("none.onnx"));

        assertThat(e.kind()).isEqualTo(OnnxException.Kind.MISSING);
        assertThat(e).hasMessageContaining("none.onnx");
    }

    @Test
    void saysThatAFileIsNoModel() throws IOException {
        Path file = Files.writeString(folder.resolve("poem.onnx"), "shall I compare thee");

        OnnxException e = failure(file);

        assertThat(e.kind()).isEqualTo(OnnxException.Kind.INVALID);
        assertThat(e).hasMessageContaining("poem.onnx");
    }

    @Test
    void givesEachOutputByName() {
        try (OnnxModel model = OnnxModel.open(DETECTOR, Device.CPU)) {
            FloatBuffer input = OnnxModel.buffer(256 * 256 * 3);
            Map<String, float[]> output = model.run("input:0", input, 1, 256, 256, 3);

            assertThat(output).containsOnlyKeys("Identity:0", "Identity_1:0", "Identity_2:0", "Identity_3:0");
            assertThat(output.get("Identity_2:0")).hasSize(512 * 16);
        }
    }

    @Test
    void refusesAnInputOfTheWrongShape() {
        try (OnnxModel model = OnnxModel.open(DETECTOR, Device.CPU)) {
            FloatBuffer input = OnnxModel.buffer(128 * 128 * 3);

            OnnxException e =
                    catchThrowableOfType(OnnxException.class, () -> model.run("input:0", input, 1, 128, 128, 3));

            assertThat(e.kind()).isEqualTo(OnnxException.Kind.INVALID);
        }
    }

    /** A session that is freed under a run ends the process. */
    @Test
    void closingWaitsForARunThatIsUnderWay() throws Exception {
        Graph graph = new Graph(false).input("in", 1, 512, 512).output("out", 1, 512, 512);
        String last = "in";
        for (int i = 0; i < 100; i++) {
            last = graph.node("MatMul", List.of(last, "in"));
        }
        graph.named("out", "Identity", List.of(last));
        OnnxModel model = OnnxModel.open(graph.write(folder.resolve("slow.onnx")), Device.CPU);
        FloatBuffer input = OnnxModel.buffer(512 * 512);
        CompletableFuture<Map<String, float[]>> run =
                CompletableFuture.supplyAsync(() -> model.run("in", input, 1, 512, 512));
        // On a fast machine it is over in a tenth of a second, which is how often Awaitility looks of itself.
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> model.use.getReadLockCount() > 0);

        model.close();

        assertThat(run).succeedsWithin(Duration.ofSeconds(1)).extracting("out").isEqualTo(new float[512 * 512]);
        assertThatThrownBy(() -> model.run("in", input, 1, 512, 512)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUBLAS_STATUS_ALLOC_FAILED",
                "CUDNN failure 5003: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED",
                "CUDA failure 2: out of memory ; GPU=0",
                "Failed to allocate memory for requested buffer of size 301989888",
                "bfc_arena.cc:376 Available memory of 2147483648 is smaller than requested bytes of 2415919104"
            })
    void knowsHowTheRuntimeSaysThatThereIsNoMemory(String message) {
        try (OnnxModel model = OnnxModel.open(DETECTOR, Device.CPU)) {
            assertThat(model.failure("failed", new OrtException(message)).kind())
                    .isEqualTo(OnnxException.Kind.OUT_OF_MEMORY);
        }
    }

    @Test
    void refusesABufferInTheWrongByteOrder() {
        try (OnnxModel model = OnnxModel.open(DETECTOR, Device.CPU)) {
            assertThatThrownBy(() -> model.run("input:0", FloatBuffer.allocate(256 * 256 * 3), 1, 256, 256, 3))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static OnnxException failure(Path file) {
        return catchThrowableOfType(OnnxException.class, () -> OnnxModel.open(file, Device.CPU));
    }
}
