package io.lipdrop.intake.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The line of each key and value of a manifest, for error messages. */
final class ManifestPlaces {
    private static final Pattern FILE_KEY = Pattern.compile("audio|(video|videos\\[\\d+])(\\.file)?");

    /** {@code videos[1].options.mouth.own} is the deepest possible key. */
    private static final int DEPTH = 5;

    private final ManifestSource source;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();
    private @Nullable ManifestProblem problem;
    private boolean isWhole;
    private String last = "";

    private ManifestPlaces(ManifestSource source) {
        this.source = source;
    }

    /** The places in a document, as far as it can be parsed. */
    static ManifestPlaces in(ManifestSource source, ObjectMapper mapper) {
        ManifestPlaces places = new ManifestPlaces(source);
        try (JsonParser parser = mapper.getFactory().createParser(source.text())) {
            places.read(parser);
        } catch (JsonProcessingException e) {
            places.problem = SyntaxMistake.in(source, e, places.last);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            places.problem = SyntaxMistake.in(source, null, places.last);
        }
        return places;
    }

    /** The problem of the document itself, if any. */
    Optional<ManifestProblem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Whether it was parsed to its end; if not, it may name more files than were found. */
    boolean isWhole() {
        return isWhole;
    }

    /** The line of a key such as {@code videos[1].options}, from 1; null if there is no such key. */
    @Nullable
    Integer lineOf(String key) {
        return lines.get(key);
    }

    /** All values in the place of a file name. */
    List<String> files() {
        return List.copyOf(keys.keySet());
    }

    /** The place of a file name, for messages: {@code job.yaml, line 3, key "videos[1]"}. */
    Map<String, String> inWords(String fileName) {
        Map<String, String> words = new HashMap<>();
        for (String file : files()) {
            String key = keys.get(file);
            words.put(file, "%s, line %d, key \"%s\"".formatted(fileName, lines.get(key), key));
        }
        return words;
    }

    /** Possible mistake in a name that no file has. */
    Map<String, String> remarks() {
        Map<String, String> remarks = new HashMap<>();
        List<String> text = source.lines(); // read once for all names
        for (String file : files()) {
            int line = lines.getOrDefault(keys.get(file), 0);
            String its = line >= 1 && line <= text.size() ? text.get(line - 1) : "";
            source.remark(file, its).ifPresent(remark -> remarks.put(file, remark));
        }
        return remarks;
    }

    private void read(JsonParser parser) throws IOException {
        if (parser.nextToken() == null) {
            problem = ManifestProblem.at(null, "it is empty");
            return;
        }
        note(parser, "", 0);
        if (parser.nextToken() != null) {
            String what = source.isJson() ? "there is text after its last }" : "a second YAML document begins here";
            note(ManifestProblem.at(line(parser), what + "; put it into a separate manifest"));
            return;
        }
        isWhole = true;
    }

    private void note(JsonParser parser, String key, int depth) throws IOException {
        last = key;
        JsonToken token = parser.currentToken();
        lines.putIfAbsent(key, line(parser));
        checkYaml(parser, key);
        if (depth == DEPTH) {
            parser.skipChildren();
        } else if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String below = key.isEmpty() ? parser.currentName() : key + "." + parser.currentName();
                if (lines.putIfAbsent(below, line(parser)) != null) {
                    String what = "the key \"%s\" appears twice; keep one";
                    note(ManifestProblem.at(line(parser), what.formatted(ManifestProblem.shown(below))));
                }
                parser.nextToken();
                note(parser, below, depth + 1);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (int index = 0; isElement(parser.nextToken()); index++) {
                note(parser, key + "[" + index + "]", depth + 1);
            }
        } else if (token == JsonToken.VALUE_EMBEDDED_OBJECT) { // YAML's !!binary
            String what = "the key \"%s\" is not text; put it in quotes";
            note(ManifestProblem.at(line(parser), what.formatted(ManifestProblem.shown(key))));
        } else if (token == JsonToken.VALUE_STRING && FILE_KEY.matcher(key).matches()) {
            keys.putIfAbsent(parser.getText(), key);
        }
    }

    /** A name that begins with &amp;, * or ! has a special meaning in YAML. */
    private void checkYaml(JsonParser parser, String key) throws IOException {
        if (!(parser instanceof YAMLParser yaml)) {
            return;
        }
        Object tag = yaml.getTypeId();
        boolean isOwnTag = tag != null && !tag.toString().startsWith("tag:yaml.org");
        String sign = yaml.isCurrentAlias() ? "*" : yaml.getObjectId() != null ? "&" : isOwnTag ? "!" : "";
        if (!sign.isEmpty()) {
            String what = "%s at the beginning has a special meaning in YAML; put the name in quotes";
            note(new ManifestProblem(line(parser), key, what.formatted(sign), false));
        }
    }

    private void note(ManifestProblem found) {
        problem = problem != null ? problem : found;
    }

    private static boolean isElement(@Nullable JsonToken token) {
        return token != null && token != JsonToken.END_ARRAY;
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
