package io.lipdrop.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Manifest;
import io.lipdrop.job.Names;
import io.lipdrop.job.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads a manifest strictly: what it does not know it refuses, with the line and the key. */
final class ManifestReader {
    /** A manifest names files; one that is larger than this is something else. */
    private static final long MOST_BYTES = 256 * 1024;

    private static final int MOST_VIDEOS = 1000;
    private static final int MOST_OFFSET_MS = 10_000;

    private final ObjectMapper json = strict(JsonMapper.builder());
    private final ObjectMapper yaml = strict(YAMLMapper.builder(
            YAMLFactory.builder().loaderOptions(new LoaderOptions()).build()));

    /** A manifest's file, what is in it, and how that is read. */
    private static final class Source {
        private final Path file;
        private final byte[] content;
        private final ObjectMapper mapper;

        Source(Path file, byte[] content, ObjectMapper mapper) {
            this.file = file;
            this.content = content;
            this.mapper = mapper;
        }

        ManifestPlaces places() {
            return ManifestPlaces.in(content, mapper);
        }
    }

    /**
     * Reads and checks one manifest.
     *
     * @throws Failure {@code manifest-invalid}, with the line and the key
     */
    Manifest read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw invalid(file, null, "it is larger than %d KiB".formatted(MOST_BYTES / 1024));
        }
        Source source = source(file);
        try {
            Document document = source.mapper.readValue(source.content, Document.class);
            if (document == null) {
                throw invalid(file, null, "it is empty");
            }
            return checked(source, document);
        } catch (JsonMappingException e) {
            Integer line = source.places().lineOf(ManifestProblem.keyOf(e));
            throw invalid(file, line != null ? line : ManifestProblem.lineOf(e), ManifestProblem.explain(e));
        } catch (JsonProcessingException e) {
            throw invalid(file, ManifestProblem.lineOf(e), ManifestProblem.explain(e));
        }
    }

    /** For a refusal of something that the manifest says: {@code job.yaml, line 3, key "videos[1]"}. */
    String placeOf(String text, Path file) throws IOException {
        ManifestPlaces places = source(file).places();
        String key = places.keyOf(text);
        return key == null
                ? Names.fileName(file)
                : "%s, line %d, key \"%s\"".formatted(Names.fileName(file), places.lineOf(key), key);
    }

    /** The files that a manifest names, even one that is refused, as far as it can be read. */
    List<String> filesNamedIn(Path file) throws IOException {
        return Files.size(file) > MOST_BYTES ? List.of() : source(file).places().files();
    }

    private Source source(Path file) throws IOException {
        boolean isJson = Names.extension(Names.fileName(file)).equalsIgnoreCase(".json");
        return new Source(file, Files.readAllBytes(file), isJson ? json : yaml);
    }

    private static Manifest checked(Source source, Document document) {
        Path file = source.file;
        if (document.audio == null || document.audio.isBlank()) {
            throw invalid(source, "audio", "the key \"audio\" is missing; name the recording");
        }
        if (document.video != null && document.videos != null) {
            throw invalid(source, "videos", "it has both \"video\" and \"videos\"; keep one of them");
        }
        List<Manifest.Video> videos = document.video != null ? List.of(document.video) : document.videos;
        if (videos == null || videos.isEmpty()) {
            throw invalid(source, "videos", "the key \"videos\" is missing; name at least one video");
        }
        if (videos.size() > MOST_VIDEOS) {
            throw invalid(file, null, "it names more than %d videos".formatted(MOST_VIDEOS));
        }
        int priority = document.priority != null ? document.priority : Manifest.DEFAULT_PRIORITY;
        if (priority < 0 || priority > 9) {
            throw invalid(source, "priority", "\"priority\" is %d; it goes from 0 to 9".formatted(priority));
        }
        Options options = document.options != null ? document.options : Options.NONE;
        checkOffset(source, "options", options);
        for (int index = 0; index < videos.size(); index++) {
            Manifest.Video video = videos.get(index);
            String key = document.video != null ? "video" : "videos[" + index + "]";
            if (video == null || video.file() == null || video.file().isBlank()) {
                throw invalid(source, key, "\"" + key + "\" has no \"file\"");
            }
            if (video.options() != null) {
                checkOffset(source, key + ".options", video.options());
            }
        }
        return new Manifest(document.audio, videos, priority, options);
    }

    private static void checkOffset(Source source, String key, Options options) {
        Integer offset = options.audioOffsetMs();
        if (offset != null && Math.abs((long) offset) > MOST_OFFSET_MS) {
            throw invalid(
                    source,
                    key + ".audioOffsetMs",
                    "\"audioOffsetMs\" is %d; it goes from -%2$d to %2$d".formatted(offset, MOST_OFFSET_MS));
        }
    }

    private static Failure invalid(Source source, String key, String what) {
        return invalid(source.file, source.places().lineOf(key), what);
    }

    private static Failure invalid(Path file, @Nullable Integer at, String what) {
        String line = at == null ? "" : ", line " + at;
        return new Failure(FailureCode.MANIFEST_INVALID, Names.fileName(file) + line + ": " + what + ".");
    }

    private static ObjectMapper strict(MapperBuilder<?, ?> builder) {
        return builder.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .withCoercionConfig(
                        LogicalType.Textual,
                        config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Enum, config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
                .build();
    }

    /** The manifest as it stands in the file, before defaults. */
    private record Document(
            @Nullable String audio,
            Manifest.@Nullable Video video,
            @Nullable List<Manifest.Video> videos,
            @Nullable Integer priority,
            @Nullable Options options) {}
}
