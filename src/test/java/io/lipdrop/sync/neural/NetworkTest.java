package io.lipdrop.sync.neural;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.onnx.Port;
import io.lipdrop.onnx.Ports;
import io.lipdrop.onnx.TinyModels;
import io.lipdrop.onnx.TinyModels.Paints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
    private static final List<Long> MEL = List.of(Port.FREE, 1L, 80L, 16L);
    private static final List<Long> FACES = List.of(Port.FREE, 6L, 96L, 96L);
    private static final List<Long> OUT = List.of(Port.FREE, 3L, 96L, 96L);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "96, -1, false, source, target, output",
        "96, 1, false, mel_spectrogram, face_sequences, generated",
        "256, 8, true, x, a, y",
        "288, -1, true, 1, 0, 2",
        "384, 1, false, audio, video, image"
    })
    void recognisesWav2LipWhateverItsNamesOrderBatchAndPrecision(
            int side, long batch, boolean isHalf, String mel, String faces, String output) throws IOException {
        Path file = TinyModels.wav2lip(
                folder.resolve("m.onnx"), Paints.NOTHING, side, batch, isHalf, List.of(mel, faces, output));

        assertThat(Network.of(OnnxModel.look(file)))
                .contains(new Network(Family.WAV2LIP, side, mel, faces, null, output));
    }

    @Test
    void recognisesEdTalk() throws IOException {
        Path file = TinyModels.edtalk(folder.resolve("m.onnx"), Paints.NOTHING);

        assertThat(Network.of(OnnxModel.look(file)))
                .contains(new Network(Family.EDTALK, 256, "source", "target", "weight", "output"));
    }

    @Test
    void recognisesAnOutputWhoseShapeTheFileDoesNotSay() {
        List<Long> free = List.of(Port.FREE, Port.FREE, Port.FREE, Port.FREE);

        assertThat(Network.of(ports(MEL, FACES, free))).isPresent();
    }

    @Test
    void recognisesNothingElse() throws IOException {
        assertThat(Network.of(OnnxModel.look(Path.of("models", "voice_to_mouth.onnx"))))
                .isEmpty();
        assertThat(Network.of(ports(MEL, FACES, List.of(Port.FREE, 3L, 192L, 192L))))
                .isEmpty();
        assertThat(Network.of(ports(List.of(1L, 1L, 80L, 20L), FACES, OUT))).isEmpty();
        assertThat(Network.of(ports(MEL, List.of(1L, 6L, 128L, 128L), OUT))).isEmpty();
        assertThat(Network.of(ports(MEL, List.of(1L, 6L, 96L, 256L), OUT))).isEmpty();
        assertThat(Network.of(ports(MEL, MEL, OUT))).isEmpty();
        assertThat(Network.of(new Ports(
                        List.of(port("a", MEL), new Port("b", Port.Kind.OTHER, FACES)), List.of(port("c", OUT)))))
                .isEmpty();
        assertThat(Network.of(ports(List.of(), FACES, OUT))).isEmpty();
        assertThat(Network.of(new Ports(List.of(), List.of()))).isEmpty();
    }

    private static Ports ports(List<Long> mel, List<Long> faces, List<Long> output) {
        return new Ports(List.of(port("a", mel), port("b", faces)), List.of(port("c", output)));
    }

    private static Port port(String name, List<Long> shape) {
        return new Port(name, Port.Kind.FLOAT32, shape);
    }
}
