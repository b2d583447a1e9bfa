package io.lipdrop.home;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.lipdrop.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** The JSON documents in {@code work/}, {@code outbox/} and {@code error/}: indented, times in ISO 8601, paths unchanged. */
public final class Documents {
    private static final JsonMapper JSON = mapper(Path::toString, Path::of);

    private Documents() {}

    /**
     * Reads a document; unknown fields are ignored.
     *
     * @throws IOException if it is missing or damaged
     */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        return read(Files.readAllBytes(file), type);
    }

    public static <T> T read(byte[] document, Class<T> type) throws IOException {
        return JSON.readValue(document, type);
    }

    /** A document on one line. */
    public static byte[] line(Object document) throws IOException {
        return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(document);
    }

    /** Writes atomically; the document is on disk when this returns. */
    public static void write(Path file, Object document) throws IOException {
        DurableFiles.write(file, bytes(document));
    }

    /** The document as {@link #write} writes it, UTF-8. */
    public static byte[] bytes(Object document) throws IOException {
        return JSON.writeValueAsBytes(document);
    }

    /** A mapper for documents in which paths are written in another form. */
    static JsonMapper mapper(Function<Path, String> write, Function<String, Path> read) {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule()
                        .addSerializer(Path.class, new PathWriter(write))
                        .addDeserializer(Path.class, new PathReader(read)))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    private static final class PathWriter extends StdScalarSerializer<Path> {
        private final transient Function<Path, String> form;

        PathWriter(Function<Path, String> form) {
            super(Path.class, false);
            this.form = form;
        }

        @Override
        public void serialize(Path path, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(form.apply(path));
        }
    }

    private static final class PathReader extends StdScalarDeserializer<Path> {
        private final transient Function<String, Path> form;

        PathReader(Function<String, Path> form) {
            super(Path.class);
            this.form = form;
        }

        @Override
        public Path deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return form.apply(json.getValueAsString());
        }
    }
}
