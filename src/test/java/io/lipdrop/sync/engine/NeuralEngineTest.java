package io.lipdrop.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.media.frame.Colour;
import io.lipdrop.media.frame.Orientation;
import io.lipdrop.media.frame.Rational;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.onnx.TinyModels;
import io.lipdrop.onnx.TinyModels.Paints;
import io.lipdrop.sync.model.ModelFile;
import io.lipdrop.sync.model.WarmModel;
import io.lipdrop.sync.neural.Network;
import io.lipdrop.sync.neural.NeuralModel;
import io.lipdrop.sync.render.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many faces go through a network at a time. */
class NeuralEngineTest {
    private static final VideoStream SMALL = video(64, 48);
    /** No heap has room for hundreds of its frames. */
    private static final VideoStream VAST = video(40_000, 30_000);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 4", // as suits the processor
        "-1, 6, 6", // as the setting says
        "1, 0, 4",
        "3, 0, 6",
        "16, 0, 16",
        "16, 20, 32",
    })
    void aNetworkWithABatchOfItsOwnIsGivenWholeOnes(long own, int setting, int faces) throws IOException {
        try (NeuralModel model = open(own)) {
            Engine engine = engine(model, setting);

            assertThat(engine.framesInside(SMALL)).isEqualTo(NeuralDrawing.GROUPS * faces);
            assertThat(engine.warnings(SMALL)).isEmpty();
        }
    }

    @Test
    void whereMemoryHasNoRoomForABatchItSaysThatItIsSlow() throws IOException {
        try (NeuralModel model = open(512)) {
            Engine engine = engine(model, 0);

            int faces = engine.framesInside(VAST) / NeuralDrawing.GROUPS;
            assertThat(faces).isBetween(1, 511);
            assertThat(engine.warnings(VAST))
                    .containsExactly(
                            "m.onnx has a fixed batch of 512 faces, but memory is enough for only %d frames of this size: it is slow."
                                    .formatted(faces));
        }
    }

    @ParameterizedTest
    @CsvSource({"cpu, 96, 4", "cpu, 256, 2", "cpu, 384, 1", "cuda:0, 96, 16", "cuda:0, 256, 9", "cuda:0, 384, 4"})
    void ofLargeFacesFewerGoTogether(String device, int side, int faces) {
        assertThat(NeuralEngine.suiting(new Device(device, "found", 0), side)).isEqualTo(faces);
    }

    private Engine engine(NeuralModel model, int batch) throws IOException {
        DeviceSlot slot = new DeviceSlot(1, "cpu", new DeviceSlot.Common(1, 0, null, left -> {}));
        Path path = folder.resolve("m.onnx");
        ModelFile file =
                new ModelFile(List.of(path), Files.size(path), Files.getLastModifiedTime(path), model.network(), "");
        return new NeuralEngine(slot, new WarmModel.Loaded(file, "", model), batch, List.of());
    }

    private NeuralModel open(long batch) throws IOException {
        List<String> names = List.of("source", "target", "output");
        Path file = TinyModels.wav2lip(folder.resolve("m.onnx"), Paints.NOTHING, 96, batch, false, names);
        return NeuralModel.open(file, Network.of(OnnxModel.look(file)).orElseThrow(), Device.CPU, 1);
    }

    static VideoStream video(int width, int height) {
        return new VideoStream(
                0,
                "h264",
                width,
                height,
                Rational.ONE,
                new Rational(25, 1),
                1,
                Orientation.UPRIGHT,
                false,
                100,
                Colour.UNSPECIFIED,
                "yuv420p",
                0,
                0);
    }
}
