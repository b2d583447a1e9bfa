package io.lipdrop.intake.manifest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lipdrop.files.Stamp;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A manifest that came over HTTP: JSON, read as strictly as a file, with one key more.
 *
 * @param name the batch's name, if the sender wants one
 * @param reading its content
 * @param isJson whether it could be parsed to its end
 */
public record PostedManifest(@Nullable String name, Reading reading, boolean isJson) {
    /** The largest that is read, in bytes. */
    public static final int MAX_BYTES = ManifestReader.MAX_BYTES;

    /** What it is called in messages. */
    private static final String WORD = "manifest";

    private static final String NAME = "name";
    private static final ObjectMapper JSON =
            ManifestReader.strict(JsonMapper.builder().addMixIn(ManifestDocument.class, WithName.class));

    /** The batch's name is no key of a manifest file, and read by itself. */
    @JsonIgnoreProperties(NAME)
    private interface WithName {}

    /** Reads one. What is wrong with it is part of the result. */
    public static PostedManifest read(byte[] content) {
        if (content.length > MAX_BYTES) {
            return unreadable("it is larger than %d KiB".formatted(MAX_BYTES / 1024));
        }
        Optional<String> text = ManifestText.unicode(content);
        if (text.isEmpty() || ManifestText.isBlank(content)) {
            return unreadable(text.isEmpty() ? "it is not UTF-8 text" : "it is empty");
        }
        ManifestSource source = new ManifestSource(text.get(), true);
        ManifestPlaces places = ManifestPlaces.in(source, JSON);
        Reading reading = ManifestReader.read(Stamp.NONE, WORD, source, places, JSON);
        if (reading.failure() != null) {
            return new PostedManifest(null, reading, places.isWhole());
        }
        JsonNode name = nameIn(source);
        if (name == null || name.isNull()) {
            return new PostedManifest(null, reading, true);
        }
        if (name.isTextual() && !name.textValue().isBlank()) {
            return new PostedManifest(name.textValue(), reading, true);
        }
        ManifestProblem problem = new ManifestProblem(places.lineOf(NAME), NAME, "it must be text", false);
        return new PostedManifest(
                null, Reading.refused(Stamp.NONE, ManifestReader.failure(problem, WORD), places, WORD), true);
    }

    private static @Nullable JsonNode nameIn(ManifestSource source) {
        try {
            return JSON.readTree(source.text()).get(NAME);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("It was read a moment ago", e);
        }
    }

    private static PostedManifest unreadable(String why) {
        return new PostedManifest(
                null,
                Reading.unreadable(Stamp.NONE, ManifestReader.failure(ManifestProblem.at(null, why), WORD), false),
                false);
    }
}
