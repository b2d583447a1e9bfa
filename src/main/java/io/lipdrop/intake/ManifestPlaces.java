package io.lipdrop.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where each key and each value of a manifest stands, so that a refusal can name the line and the key. */
final class ManifestPlaces {
    private static final Pattern FILE_KEY = Pattern.compile("audio|(video|videos\\[\\d+])(\\.file)?");

    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();

    private ManifestPlaces() {}

    /** The places in a document, as far as it can be read. */
    static ManifestPlaces in(byte[] content, ObjectMapper mapper) {
        ManifestPlaces places = new ManifestPlaces();
        try (JsonParser parser = mapper.getFactory().createParser(content)) {
            parser.nextToken();
            places.note(parser, "");
        } catch (IOException e) {
            // What comes behind the mistake has no place.
        }
        return places;
    }

    /** The line of a key such as {@code videos[1].options}, counted from 1; nothing when there is no such key. */
    @Nullable
    Integer lineOf(String key) {
        return lines.get(key);
    }

    /** The key under which this text stands. */
    @Nullable
    String keyOf(String text) {
        return keys.get(text);
    }

    /** Everything that stands where a file's name belongs. */
    List<String> files() {
        return keys.entrySet().stream()
                .filter(entry -> FILE_KEY.matcher(entry.getValue()).matches())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void note(JsonParser parser, String key) throws IOException {
        JsonToken token = parser.currentToken();
        lines.putIfAbsent(key, line(parser));
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String below = key.isEmpty() ? parser.currentName() : key + "." + parser.currentName();
                lines.putIfAbsent(below, line(parser));
                parser.nextToken();
                note(parser, below);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (int index = 0; isElement(parser.nextToken()); index++) {
                note(parser, key + "[" + index + "]");
            }
        } else if (token == JsonToken.VALUE_STRING) {
            keys.putIfAbsent(parser.getText(), key);
        }
    }

    private static boolean isElement(@Nullable JsonToken token) {
        return token != null && token != JsonToken.END_ARRAY;
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
