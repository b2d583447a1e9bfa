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

/** The JSON documents in {@code work/}, {@code outbox/} and {@code error/}: indented, times in ISO 8601, paths unchanged. */
public final class Documents {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addSerializer(Path.class, new PathWriter())
                    .addDeserializer(Path.class, new PathReader()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Documents() {}

    public static <T> T read(Path file, Class<T> type) throws IOException {
        return JSON.readValue(Files.readAllBytes(file), type);
    }

    /** Writes atomically; the document is on disk when this returns. */
    public static void write(Path file, Object document) throws IOException {
        DurableFiles.write(file, bytes(document));
    }

    public static byte[] bytes(Object document) throws IOException {
        return JSON.writeValueAsBytes(document);
    }

    private static final class PathWriter extends StdScalarSerializer<Path> {
        PathWriter() {
            super(Path.class, false);
        }

        @Override
        public void serialize(Path path, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(path.toString());
        }
    }

    private static final class PathReader extends StdScalarDeserializer<Path> {
        PathReader() {
            super(Path.class);
        }

        @Override
        public Path deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return Path.of(json.getValueAsString());
        }
    }
}
