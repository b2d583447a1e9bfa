package io.lipdrop.intake.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.lipdrop.files.GuardedFolder;
import io.lipdrop.files.Stamp;
import io.lipdrop.home.Names;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads a manifest strictly: unknown keys are rejected, with line and key. */
public final class ManifestReader {
    /** A larger file is not a manifest. */
    static final int MAX_BYTES = 256 * 1024;

    private final GuardedFolder inbox;
    private final ObjectMapper json = strict(JsonMapper.builder());
    private final ObjectMapper yaml = strict(YAMLMapper.builder());

    public ManifestReader(GuardedFolder inbox) {
        this.inbox = inbox;
    }

    /**
     * Reads and checks one manifest. Errors in the manifest do not throw; they are part of the result.
     *
     * @param isThere whether a file with this name exists for the manifest; used to detect encodings that are not Unicode
     * @throws IOException when the file cannot be read
     */
    public Reading read(Path file, Predicate<String> isThere) throws IOException {
        Stamp stamp = Stamp.of(file);
        byte[] content = inbox.read(file, MAX_BYTES + 1);
        String name = Names.fileName(file);
        boolean isJson = Names.extension(name).equalsIgnoreCase(".json");
        if (ManifestText.isBlank(content)) {
            String what = content.length == 0 ? "it is empty (0 bytes)" : "it is empty (no text)";
            return Reading.empty(stamp, failure(ManifestProblem.at(null, what), name));
        }
        if (content.length > MAX_BYTES) {
            String what = "it is larger than %d KiB".formatted(MAX_BYTES / 1024);
            return Reading.unreadable(stamp, failure(ManifestProblem.at(null, what), name), false);
        }
        Optional<String> text = ManifestText.unicode(content);
        if (text.isPresent()) {
            return read(stamp, name, new ManifestSource(text.get(), isJson));
        }
        return ManifestText.legacy(content)
                .map(other -> read(stamp, name, new ManifestSource(other, isJson)))
                .filter(reading -> reading.failure() == null && isOfFiles(reading, isThere))
                .findFirst()
                .orElseGet(() -> Reading.unreadable(stamp, failure(notUnicode(content), name), false));
    }

    private Reading read(Stamp stamp, String name, ManifestSource source) {
        ObjectMapper mapper = source.isJson() ? json : yaml;
        return read(stamp, name, source, ManifestPlaces.in(source, mapper), mapper);
    }

    static Reading read(Stamp stamp, String name, ManifestSource source, ManifestPlaces places, ObjectMapper mapper) {
        Optional<ManifestProblem> problem = places.problem();
        if (!places.isWhole()) {
            ManifestProblem why = problem.orElseGet(() -> ManifestProblem.at(null, "it cannot be read"));
            boolean mayGoOn = why.isAtEnd() || source.text().indexOf('\0') >= 0;
            return Reading.unreadable(stamp, failure(why, name), mayGoOn);
        }
        ManifestDocument document = null;
        if (problem.isEmpty()) {
            try {
                document = mapper.readValue(source.text(), ManifestDocument.class);
                problem = document == null
                        ? Optional.of(ManifestProblem.at(null, "it is empty"))
                        : document.problem(places);
            } catch (JsonProcessingException e) {
                problem = Optional.of(BindingMistake.in(places, e));
            }
        }
        return document == null || problem.isPresent()
                ? Reading.refused(stamp, failure(problem.orElseThrow(), name), places, name)
                : Reading.of(stamp, document.manifest(), places, name);
    }

    private static boolean isOfFiles(Reading reading, Predicate<String> isThere) {
        return reading.files().stream()
                .allMatch(file -> file.chars().allMatch(symbol -> symbol < 128) || isThere.test(file));
    }

    /** The line of the first non-ASCII character; it is the same in all encodings. */
    private static ManifestProblem notUnicode(byte[] content) {
        int line = 1;
        for (int i = 0; i < content.length && content[i] >= 0; i++) {
            line += content[i] == '\n' ? 1 : 0;
        }
        return ManifestProblem.at(line, "it is not UTF-8 text; save it as UTF-8");
    }

    static Failure failure(ManifestProblem problem, String fileName) {
        return new Failure(FailureCode.MANIFEST_INVALID, problem.in(fileName));
    }

    static ObjectMapper strict(MapperBuilder<?, ?> builder) {
        return builder.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
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
}
