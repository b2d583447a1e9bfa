package io.lipdrop.intake;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a parser found wrong with a manifest, in words for whoever wrote it. */
final class ManifestProblem {
    private ManifestProblem() {}

    static @Nullable Integer lineOf(JsonProcessingException problem) {
        JsonLocation at = problem.getLocation();
        return at == null || at.getLineNr() < 1 ? null : at.getLineNr();
    }

    static String explain(JsonProcessingException problem) {
        if (problem instanceof UnrecognizedPropertyException unknown) {
            String known = unknown.getKnownPropertyIds() == null
                    ? ""
                    : "; known here: "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", "));
            return "unknown key \"" + unknown.getPropertyName() + "\"" + known;
        }
        if (problem instanceof InvalidFormatException format
                && format.getTargetType().isEnum()) {
            String allowed = Arrays.stream(format.getTargetType().getEnumConstants())
                    .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            return "the key \"%s\" is \"%s\"; it can be %s".formatted(keyOf(format), format.getValue(), allowed);
        }
        if (problem instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            return "the key \"" + keyOf(mapping) + "\" has a value of the wrong type";
        }
        String text = problem.getOriginalMessage();
        return "it cannot be read: "
                + (text == null ? "" : text.lines().findFirst().orElse(""));
    }

    static String keyOf(JsonMappingException problem) {
        return problem.getPath().stream()
                .map(step -> step.getFieldName() != null ? step.getFieldName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }
}
