package io.lipdrop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalDataTest {
    private static final int FLOAT = 1;

    @TempDir
    Path folder;

    private Path models;

    @BeforeEach
    void files() throws IOException {
        models = Files.createDirectory(folder.resolve("models"));
        Files.write(models.resolve("w.data"), weights());
        Files.write(folder.resolve("secret"), weights());
    }

    @Test
    void weightsBesideTheModelAreUsed() throws IOException {
        Files.createDirectory(models.resolve("sub"));
        Files.write(models.resolve("sub/w.data"), weights());
        for (String name : new String[] {"w.data", "./w.data", "sub/w.data", "sub/../w.data"}) {
            try (OnnxModel model = OnnxModel.open(model(inGraph(tensor(name))), Device.CPU)) {
                FloatBuffer input = OnnxModel.buffer(2).put(0, 1).put(1, 2);
                assertThat(model.run("in", input, 2).get("out")).as(name).containsExactly(4, 7);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "sub/../../secret",
                "./../models/../secret",
                "../models2/w.data",
                "ABSOLUTE",
                "LINK",
                "LINKED/secret"
            })
    void filesOutsideModelsAreNotOpened(String name) throws IOException {
        Files.createDirectory(models.resolve("sub"));
        Files.write(Files.createDirectory(folder.resolve("models2")).resolve("w.data"), weights());
        Files.createSymbolicLink(models.resolve("LINK"), folder.resolve("secret"));
        Files.createSymbolicLink(models.resolve("LINKED"), folder);
        String named = name.equals("ABSOLUTE") ? folder.resolve("secret").toString() : name;

        OnnxException e = failure(model(inGraph(tensor(named))));

        assertThat(e.kind()).isEqualTo(OnnxException.Kind.INVALID);
        assertThat(e)
                .hasMessageContaining("m.onnx")
                .hasMessageContaining(named)
                .hasMessageContaining("outside models/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.data", "", "*/_ORT_MEM_ADDR_/*", "sub"})
    void whatIsNoFileIsNamed(String name) throws IOException {
        Files.createDirectories(models.resolve("*/_ORT_MEM_ADDR_"));
        Files.write(models.resolve("*/_ORT_MEM_ADDR_/*"), weights());
        OnnxException e = failure(model(inGraph(tensor(name))));

        assertThat(e.kind()).isEqualTo(OnnxException.Kind.INVALID);
        assertThat(e).hasMessageContaining("'" + name + "'");
    }

    @Test
    void aModelMayItselfBeALink() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.move(model(inGraph(tensor("w.data"))), elsewhere.resolve("m.onnx"));
        Files.createSymbolicLink(models.resolve("m.onnx"), elsewhere.resolve("m.onnx"));
        Files.createSymbolicLink(folder.resolve("home"), models);

        assertThatCode(() -> OnnxModel.look(models.resolve("m.onnx"))).doesNotThrowAnyException();
        assertThatCode(() -> OnnxModel.look(folder.resolve("home/m.onnx"))).doesNotThrowAnyException();
    }

    static Stream<Arguments> everyPlaceOfATensor() {
        Map<String, Function<Protobuf, Protobuf>> places = Map.ofEntries(
                Map.entry("initializer", tensor -> inGraph(tensor)),
                Map.entry(
                        "sparse values",
                        tensor -> graph(new Protobuf().message(15, new Protobuf().message(1, tensor)))),
                Map.entry(
                        "sparse indices",
                        tensor -> graph(new Protobuf().message(15, new Protobuf().message(2, tensor)))),
                Map.entry("attribute", tensor -> graph(node(new Protobuf().message(5, tensor)))),
                Map.entry("attribute's list", tensor -> graph(node(new Protobuf().message(10, tensor)))),
                Map.entry(
                        "sparse attribute",
                        tensor -> graph(node(new Protobuf().message(22, new Protobuf().message(1, tensor))))),
                Map.entry(
                        "list of sparse ones",
                        tensor -> graph(node(new Protobuf().message(23, new Protobuf().message(1, tensor))))),
                Map.entry(
                        "subgraph",
                        tensor -> graph(node(new Protobuf().message(6, new Protobuf().message(5, tensor))))),
                Map.entry(
                        "one of several subgraphs",
                        tensor -> graph(node(new Protobuf().message(11, new Protobuf().message(5, tensor))))),
                Map.entry(
                        "function",
                        tensor -> new Protobuf()
                                .message(
                                        25,
                                        new Protobuf()
                                                .message(
                                                        7,
                                                        new Protobuf().message(5, new Protobuf().message(5, tensor))))),
                Map.entry(
                        "function's default",
                        tensor -> new Protobuf()
                                .message(25, new Protobuf().message(11, new Protobuf().message(5, tensor)))),
                Map.entry(
                        "training",
                        tensor -> new Protobuf()
                                .message(20, new Protobuf().message(2, new Protobuf().message(5, tensor)))),
                Map.entry(
                        "second graph of a model",
                        tensor -> new Protobuf()
                                .message(7, new Protobuf())
                                .message(7, new Protobuf().message(5, tensor))));
        return places.entrySet().stream().map(place -> Arguments.of(place.getKey(), place.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyPlaceOfATensor")
    void isFoundWhereverATensorMayBe(String place, Function<Protobuf, Protobuf> in) throws IOException {
        Path file = Files.write(
                models.resolve("p.onnx"),
                new Protobuf()
                        .number(1, 8)
                        .bytes(2, new byte[70_000])
                        .message(99, new Protobuf())
                        .bytes());
        Files.write(file, in.apply(tensor("../secret")).bytes(), java.nio.file.StandardOpenOption.APPEND);

        assertThat(ExternalData.names(file)).as(place).containsExactly("../secret");
        assertThat(failure(file)).hasMessageContaining("outside models/");
    }

    @Test
    void theLastOfTwoNamesCounts() throws IOException {
        Protobuf entry = new Protobuf()
                .text(2, "w.data")
                .text(1, "offset")
                .text(1, "location")
                .text(2, "../secret");
        assertThat(failure(model(inGraph(new Protobuf().message(13, entry))))).hasMessageContaining("../secret");
    }

    /** Weights of gigabytes are not read: such a file is looked through at once, with any heap. */
    @Test
    void whatIsInsideTheFileIsSkipped() throws IOException {
        long bytes = 1_900_000_000L;
        Path file = models.resolve("large.onnx");
        Protobuf tail =
                new Protobuf().message(13, new Protobuf().text(1, "location").text(2, "../secret"));
        long tensor = 6 + bytes + tail.bytes().length;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(header(7, header(5, new byte[0], tensor).length + tensor));
            sparse.write(header(5, new byte[0], tensor));
            sparse.write(header(9, bytes));
            sparse.seek(sparse.getFilePointer() + bytes);
            sparse.write(tail.bytes());
        }
        assertThat(ExternalData.names(file)).containsExactly("../secret");
    }

    @Test
    void brokenFilesAreRefusedAndNeverFollowed() throws IOException {
        byte[] good = Files.readAllBytes(model(inGraph(tensor("w.data"))));
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            byte[] broken = good.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(models.resolve("b.onnx"), broken);
            try {
                ExternalData.requireInFolderOf(file);
            } catch (OnnxException e) {
                assertThat(e.kind()).isEqualTo(OnnxException.Kind.INVALID);
            }
        }
        Protobuf deep = new Protobuf();
        for (int i = 0; i < 300; i++) {
            deep = new Protobuf().message(1, new Protobuf().message(5, new Protobuf().message(6, deep)));
        }
        assertThat(failure(model(new Protobuf().message(7, deep)))).hasMessageContaining("nested too deeply");
    }

    private static byte[] header(int field, long length) {
        return header(field, new byte[0], length);
    }

    private static byte[] header(int field, byte[] none, long length) {
        ByteBuffer header = ByteBuffer.allocate(11).put(none).put((byte) ((field << 3) | 2));
        long rest = length;
        for (; rest > 127; rest >>>= 7) {
            header.put((byte) ((rest & 127) | 128));
        }
        header.put((byte) rest);
        return java.util.Arrays.copyOf(header.array(), header.position());
    }

    private static OnnxException failure(Path file) {
        return catchThrowableOfType(OnnxException.class, () -> OnnxModel.look(file));
    }

    private Path model(Protobuf content) throws IOException {
        return Files.write(models.resolve("m.onnx"), content.bytes());
    }

    /** in + w, as a model whose w is the tensor. */
    private static Protobuf inGraph(Protobuf tensor) {
        Protobuf add = new Protobuf().text(1, "in").text(1, "w").text(2, "out").text(4, "Add");
        Protobuf graph = new Protobuf()
                .message(1, add)
                .text(2, "graph")
                .message(5, tensor)
                .message(11, port("in"))
                .message(12, port("out"));
        return new Protobuf().number(1, 8).message(7, graph).message(8, new Protobuf().number(2, 13));
    }

    private static Protobuf graph(Protobuf content) {
        return new Protobuf().message(7, content);
    }

    private static Protobuf node(Protobuf attribute) {
        return new Protobuf().message(1, new Protobuf().text(4, "Constant").message(5, attribute));
    }

    private static Protobuf port(String name) {
        Protobuf shape = new Protobuf().message(1, new Protobuf().number(1, 2));
        Protobuf tensor = new Protobuf().number(1, FLOAT).message(2, shape);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }

    private static Protobuf tensor(String location) {
        return new Protobuf()
                .number(1, 2)
                .number(2, FLOAT)
                .text(8, "w")
                .message(13, new Protobuf().text(1, "location").text(2, location))
                .message(13, new Protobuf().text(1, "length").text(2, "8"))
                .number(14, 1);
    }

    private static byte[] weights() {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(3)
                .putFloat(5)
                .array();
    }
}
