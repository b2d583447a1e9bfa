package io.lipdrop.onnx;

import io.lipdrop.onnx.WireReader.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The weight files that a model names. The runtime opens any named file, so the names are read first, from every place where
 * a model may have a tensor: messages and field numbers are those of onnx.proto3.
 */
final class ExternalData {
    /** How deep protocol buffers may nest, for the runtime too. */
    private static final int MAX_DEPTH = 100;

    /** Longer than any path. */
    private static final int MAX_NAME_BYTES = 1 << 16;

    /** The runtime's marker for "at this address in memory", not allowed in files. */
    private static final String IN_MEMORY = "_ORT_MEM_ADDR_";

    private enum Message {
        MODEL,
        TRAINING,
        GRAPH,
        FUNCTION,
        NODE,
        ATTRIBUTE,
        SPARSE_TENSOR,
        TENSOR,
        ENTRY
    }

    /** Which fields of a message lead to tensors. */
    private static final Map<Message, Map<Integer, Message>> LEADING = Map.of(
            Message.MODEL, Map.of(7, Message.GRAPH, 20, Message.TRAINING, 25, Message.FUNCTION),
            Message.TRAINING, Map.of(1, Message.GRAPH, 2, Message.GRAPH),
            Message.GRAPH, Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE_TENSOR),
            Message.FUNCTION, Map.of(7, Message.NODE, 11, Message.ATTRIBUTE),
            Message.NODE, Map.of(5, Message.ATTRIBUTE),
            Message.ATTRIBUTE,
                    Map.of(
                            5, Message.TENSOR,
                            6, Message.GRAPH,
                            10, Message.TENSOR,
                            11, Message.GRAPH,
                            22, Message.SPARSE_TENSOR,
                            23, Message.SPARSE_TENSOR),
            Message.SPARSE_TENSOR, Map.of(1, Message.TENSOR, 2, Message.TENSOR),
            Message.TENSOR, Map.of(13, Message.ENTRY));

    private final WireReader reader;
    private final Set<String> names = new HashSet<>();

    private ExternalData(WireReader reader) {
        this.reader = reader;
    }

    /**
     * Checks that all files that a model names are in its folder. The model itself may be a link to anywhere, made by its
     * owner.
     *
     * @throws OnnxException if a file is elsewhere or missing, or if the file is not a model
     */
    static void requireInFolderOf(Path model) {
        Path folder = model.toAbsolutePath().resolveSibling("");
        try {
            for (String name : names(model)) {
                requireWithin(folder, name, model);
            }
        } catch (IOException e) {
            String why = e.getMessage();
            throw new OnnxException(
                    OnnxException.Kind.INVALID,
                    "The model " + model.getFileName() + " cannot be opened: " + (why == null ? e : why),
                    e);
        }
    }

    /** The names of a model's weight files; none if the weights are in the model. */
    static Set<String> names(Path model) throws IOException {
        try (WireReader reader = new WireReader(model)) {
            ExternalData data = new ExternalData(reader);
            data.read(Message.MODEL, reader.size(), 0);
            return data.names;
        }
    }

    private void read(Message message, long end, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("it is nested too deeply");
        }
        Map<Integer, Message> leading = LEADING.getOrDefault(message, Map.of());
        while (reader.position() < end) {
            Field field = reader.field();
            Message inner = field.type() == WireReader.LENGTH_DELIMITED ? leading.get(field.number()) : null;
            if (inner == Message.ENTRY) {
                readEntry(reader.end(end));
            } else if (inner != null) {
                read(inner, reader.end(end), depth + 1);
            } else {
                reader.skip(field, end);
            }
        }
    }

    /** A key (1) and a value (2); where one comes twice the last counts, for the runtime too. */
    private void readEntry(long end) throws IOException {
        String key = "";
        String value = "";
        while (reader.position() < end) {
            Field field = reader.field();
            if (field.type() != WireReader.LENGTH_DELIMITED || field.number() > 2) {
                reader.skip(field, end);
                continue;
            }
            long textEnd = reader.end(end);
            if (textEnd - reader.position() > MAX_NAME_BYTES) {
                throw new IOException("a file name in it is too long");
            }
            String text = reader.text(textEnd);
            key = field.number() == 1 ? text : key;
            value = field.number() == 2 ? text : value;
        }
        if (key.equals("location")) {
            names.add(value);
        }
    }

    private static void requireWithin(Path folder, String name, Path model) throws IOException {
        Path named;
        try {
            named = folder.resolve(name);
        } catch (InvalidPathException e) {
            throw invalid(model, name, "which is not a file name");
        }
        if (name.contains(IN_MEMORY) || name.isEmpty() || !Files.isRegularFile(named)) {
            throw invalid(model, name, "which does not exist: put that file next to the model");
        }
        if (Path.of(name).isAbsolute() || !named.toRealPath().startsWith(folder.toRealPath())) {
            throw invalid(model, name, "which is outside models/: only files in models/ are read");
        }
    }

    private static OnnxException invalid(Path model, String name, String why) {
        return new OnnxException(
                OnnxException.Kind.INVALID,
                "The model %s has its weights in '%s', %s.".formatted(model.getFileName(), name, why));
    }
}
