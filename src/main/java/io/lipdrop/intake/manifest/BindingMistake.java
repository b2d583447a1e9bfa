package io.lipdrop.intake.manifest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.lipdrop.job.Manifest;
import io.lipdrop.job.MouthOptions;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Messages for valid YAML or JSON with an unknown key or value. */
final class BindingMistake {
    private BindingMistake() {}

    static ManifestProblem in(ManifestPlaces places, JsonProcessingException met) {
        String key = met instanceof JsonMappingException mapping ? keyOf(mapping) : "";
        Integer line = places.lineOf(key);
        JsonLocation at = met.getLocation();
        if (line == null && at != null && at.getLineNr() > 0) {
            line = at.getLineNr();
        }
        return ManifestProblem.at(line, words(met, key));
    }

    private static String words(JsonProcessingException met, String key) {
        if (met instanceof UnrecognizedPropertyException unknown) {
            return "unknown key \"%s\"%s"
                    .formatted(ManifestProblem.shown(unknown.getPropertyName()), known(unknown.getKnownPropertyIds()));
        }
        String name = "the key \"" + ManifestProblem.shown(key) + "\"";
        if (met instanceof InvalidFormatException format
                && format.getTargetType() != null
                && format.getTargetType().isEnum()) {
            String allowed = Arrays.stream(format.getTargetType().getEnumConstants())
                    .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            String value = ManifestProblem.shown(String.valueOf(format.getValue()));
            return "%s is \"%s\"; allowed: %s".formatted(name, value, allowed);
        }
        if (key.isEmpty()) {
            return "it must have keys and values, such as audio: lesson.ogg";
        }
        Class<?> wanted = met instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        return name + " " + wanted(wanted, key.endsWith("priority") || key.endsWith("Ms"));
    }

    private static String wanted(@Nullable Class<?> type, boolean isNumber) {
        if (type == String.class) {
            return "must be text; put it in quotes";
        } else if (type == Manifest.Video.class) {
            return "must be a file name; put it in quotes";
        } else if (type == Integer.class || isNumber) {
            return "must be a whole number";
        } else if (type == Boolean.class) {
            return "must be true or false";
        } else if (type == Double.class) {
            return "must be a number";
        } else if (type == MouthOptions.class) {
            return "must have keys and values, such as { strength: 0.8 }";
        } else if (type != null && List.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        return "has a value of the wrong type";
    }

    private static String known(@Nullable Collection<Object> keys) {
        return keys == null
                ? ""
                : "; allowed here: "
                        + keys.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String keyOf(JsonMappingException problem) {
        return problem.getPath().stream()
                .map(step -> step.getFieldName() != null ? step.getFieldName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }
}
