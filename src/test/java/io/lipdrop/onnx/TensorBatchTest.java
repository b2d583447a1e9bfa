package io.lipdrop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.onnx.TinyModels.Paints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorBatchTest {
    private static final int SIDE = 96;
    private static final Map<String, List<Long>> SHAPES =
            Map.of("source", List.of(1L, 80L, 16L), "target", List.of(6L, 96L, 96L), "output", List.of(3L, 96L, 96L));
    private static final List<String> NAMES = List.of("source", "target", "output");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"-1, false", "1, false", "4, false", "-1, true", "4, true"})
    void givesEachItemItsOwnResult(long batch, boolean isHalf) throws IOException {
        Path file = TinyModels.wav2lip(folder.resolve("m.onnx"), Paints.MEL, SIDE, batch, isHalf, NAMES);
        try (OnnxModel model = OnnxModel.open(file, Device.CPU, 2)) {
            TensorBatch items = new TensorBatch(model, 6, SHAPES);
            assertThat(items.capacity()).isGreaterThanOrEqualTo(6);
            for (int item = 0; item < 6; item++) {
                for (int i = 0; i < 80 * 16; i++) {
                    items.input("source").put(item * 80 * 16 + i, i % 16 == 0 ? item - 3 : 4);
                }
                items.input("target").put((item * 6 + 3) * SIDE * SIDE + 5, item / 10f);
            }
            items.run(0, 4);
            items.run(4, 2);

            for (int item = 0; item < 6; item++) {
                int mouth = (item * 3 * SIDE + 72) * SIDE + 48;
                assertThat(items.output("output").get(mouth)).isCloseTo((item + 1) / 8f, within(1e-3f));
                assertThat(items.output("output").get(item * 3 * SIDE * SIDE + 5))
                        .isCloseTo(item / 10f, within(1e-3f));
            }
        }
    }

    @Test
    void tellsAModelsPortsWithoutKeepingItOpen() throws IOException {
        Path file = TinyModels.wav2lip(folder.resolve("m.onnx"), Paints.NOTHING, SIDE, -1, true, NAMES);

        Ports ports = OnnxModel.look(file);

        assertThat(ports.inputs())
                .containsExactly(
                        new Port("source", Port.Kind.FLOAT16, List.of(Port.FREE, 1L, 80L, 16L)),
                        new Port("target", Port.Kind.FLOAT16, List.of(Port.FREE, 6L, 96L, 96L)));
        assertThat(ports.outputs()).hasToString("[output float16 [?,3,96,96]]");
    }

    /** A network that needs 2⁴⁸ floats for two items, more than any machine can address, and one for one. */
    @Test
    void saysThatThereIsNoMemoryForABatchThatIsTooLarge() throws IOException {
        Graph graph = new Graph(false).input("in", -1, 1).output("out", -1, 1);
        String batch =
                graph.node("Slice", List.of(graph.node("Shape", List.of("in")), graph.integers(0), graph.integers(1)));
        String size = batch;
        for (int i = 0; i < 46; i++) {
            size = graph.node("Mul", List.of(size, batch));
        }
        String shape = graph.node("Concat", "axis", 0, List.of(batch, size));
        String wide = graph.node("Expand", List.of("in", shape));
        graph.named("out", "ReduceMean", List.of(wide), Graph.Attribute.of("axes", 1L));
        try (OnnxModel model = OnnxModel.open(graph.write(folder.resolve("m.onnx")), Device.CPU)) {
            TensorBatch items = new TensorBatch(model, 2, Map.of("in", List.of(1L), "out", List.of(1L)));
            items.input("in").put(0, 7).put(1, 8);

            OnnxException e = catchThrowableOfType(OnnxException.class, () -> items.run(0, 2));
            items.run(1, 1);

            assertThat(e.kind()).isEqualTo(OnnxException.Kind.OUT_OF_MEMORY);
            assertThat(items.output("out").get(1)).isEqualTo(8);
        }
    }
}
