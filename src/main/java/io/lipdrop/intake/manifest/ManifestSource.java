package io.lipdrop.intake.manifest;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest's text.
 *
 * @param isJson whether it is JSON by its name; otherwise YAML
 */
record ManifestSource(String text, boolean isJson) {
    private static final Pattern LINE_END = Pattern.compile("\r\n|[\n\r]");
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{2,4}$");

    List<String> lines() {
        return List.of(LINE_END.split(text, -1));
    }

    /** A line, from 1; empty if there is none. */
    String line(int number) {
        List<String> lines = lines();
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }

    /**
     * Possible mistake in a file name that no file has, by the way it is written.
     *
     * @param line the line of the name
     */
    Optional<String> remark(String name, String line) {
        if (name.startsWith("\u201c") || name.startsWith("\u201e") || name.startsWith("\u2018")) {
            return Optional.of("it has typographic quotes; use \"");
        }
        if (name.chars().anyMatch(symbol -> symbol < ' ')) {
            return Optional.of("a backslash inside quotes is an escape character; use / instead of \\");
        }
        return isJson ? Optional.empty() : comment(name, line);
    }

    private static Optional<String> comment(String name, String line) {
        Matcher behind = Pattern.compile("(?<![\"'])" + Pattern.quote(name) + "\\s+(#.*)")
                .matcher(line);
        if (!behind.find()) {
            return Optional.empty();
        }
        String comment = behind.group(1).strip();
        boolean isPartOfTheName =
                EXTENSION.matcher(comment).find() || !EXTENSION.matcher(name).find();
        return isPartOfTheName
                ? Optional.of("YAML reads the rest of the line, %s, as a comment; put the whole name in quotes"
                        .formatted(ManifestProblem.shown(comment)))
                : Optional.empty();
    }
}
