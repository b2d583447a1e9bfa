package io.lipdrop.sync.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxException;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.onnx.OnnxTroubles;
import io.lipdrop.onnx.TinyModels;
import io.lipdrop.onnx.TinyModels.Paints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device with memory for three faces at a time, and one with none; that the runtime says so is in BatchTest. */
class NeuralModelTest {
    @TempDir
    Path folder;

    private final List<String> runs = new ArrayList<>();

    @Test
    void halvesTheBatchWhereThereIsNoMemoryForItAndRemembersThat() throws IOException {
        try (NeuralModel model = open(-1)) {
            model.run(memoryFor(3), 16);
            assertThat(runs)
                    .containsExactly("0+16", "0+8", "0+4", "0+2", "2+2", "4+2", "6+2", "8+2", "10+2", "12+2", "14+2");

            runs.clear();
            model.run(memoryFor(3), 5);
            assertThat(runs).containsExactly("0+2", "2+2", "4+1");
        }
    }

    @Test
    void failsWhereThereIsNoMemoryForOne() throws IOException {
        try (NeuralModel model = open(-1)) {
            OnnxException e = catchThrowableOfType(OnnxException.class, () -> model.run(memoryFor(0), 4));

            assertThat(e.kind()).isEqualTo(OnnxException.Kind.OUT_OF_MEMORY);
            assertThat(runs).containsExactly("0+4", "0+2", "0+1");
        }
    }

    @Test
    void failsAtOnceWhereTheNetworkHasABatchOfItsOwn() throws IOException {
        try (NeuralModel model = open(4)) {
            OnnxException e = catchThrowableOfType(OnnxException.class, () -> model.run(memoryFor(3), 4));

            assertThat(e.kind()).isEqualTo(OnnxException.Kind.OUT_OF_MEMORY);
            assertThat(runs).containsExactly("0+4");
        }
    }

    @Test
    void triesANetworkWhenItIsOpened() throws IOException {
        Path file = network(Paints.FAILS, -1);

        OnnxException e = catchThrowableOfType(OnnxException.class, () -> open(file));

        assertThat(e.kind()).isEqualTo(OnnxException.Kind.INVALID);
    }

    @Test
    void tellsWhatAGraphicsCardFailedOf() throws IOException {
        Path file = network(Paints.NOTHING, -1);
        Network network = Network.of(OnnxModel.look(file)).orElseThrow();
        try (NeuralModel model =
                new NeuralModel(OnnxModel.open(file, Device.CPU), network, new Device("cuda:0", "found", 0))) {
            assertThat(model.cardFailure()).isEmpty();
            OnnxException e = catchThrowableOfType(
                    OnnxException.class,
                    () -> model.run(
                            (first, count) -> {
                                throw OnnxTroubles.of(OnnxException.Kind.INVALID);
                            },
                            4));

            assertThat(e.kind()).isEqualTo(OnnxException.Kind.DEVICE_FAILED);
            assertThat(model.cardFailure()).contains("cuda:0 failed: as on another machine");
        }
    }

    @Test
    void doesNotTryOtherFailuresAgain() throws IOException {
        try (NeuralModel model = open(-1)) {
            OnnxException invalid = OnnxTroubles.of(OnnxException.Kind.INVALID);
            OnnxException e = catchThrowableOfType(
                    OnnxException.class,
                    () -> model.run(
                            (first, count) -> {
                                runs.add("once");
                                throw invalid;
                            },
                            4));

            assertThat(e).isSameAs(invalid);
            assertThat(runs).containsExactly("once");
        }
    }

    private NeuralModel.Runs memoryFor(int faces) {
        return (first, count) -> {
            runs.add(first + "+" + count);
            if (count > faces) {
                throw OnnxTroubles.of(OnnxException.Kind.OUT_OF_MEMORY);
            }
        };
    }

    private NeuralModel open(long batch) throws IOException {
        return open(network(Paints.NOTHING, batch));
    }

    private Path network(Paints what, long batch) throws IOException {
        List<String> names = List.of("source", "target", "output");
        return TinyModels.wav2lip(folder.resolve("m.onnx"), what, 96, batch, false, names);
    }

    private static NeuralModel open(Path file) {
        return NeuralModel.open(file, Network.of(OnnxModel.look(file)).orElseThrow(), Device.CPU, 1);
    }
}
