package io.lipdrop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
