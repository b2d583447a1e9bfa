package io.lipdrop.intake.manifest;

import org.jspecify.annotations.Nullable;

/**
 * An error in a manifest, described for its author, never with a parser's message.
 *
 * @param line from 1, if known
 * @param key the key, if known
 * @param words the error and what to do
 * @param isAtEnd whether the text ends there, so that the rest may still be copied
 */
public record ManifestProblem(
        @Nullable Integer line, @Nullable String key, String words, boolean isAtEnd) {
    private static final int SHOWN = 80;

    static ManifestProblem at(@Nullable Integer line, String words) {
        return new ManifestProblem(line, null, words, false);
    }

    /** The complete message: {@code lesson.yaml, line 3, key "videos": the indentation is a tab; …}. */
    String in(String fileName) {
        String atLine = line == null ? "" : ", line " + line;
        String atKey = key == null || key.isEmpty() ? "" : ", key \"" + shown(key) + "\"";
        return "%s%s%s: %s.".formatted(shown(fileName), atLine, atKey, words);
    }

    /** A user's text for a message: on one line, and shortened. */
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(SHOWN).forEach(symbol -> {
            if (symbol == '\n') {
                shown.append("\\n");
            } else if (symbol == '\t') {
                shown.append("\\t");
            } else if (isHidden(symbol)) {
                shown.append("\\u%04x".formatted(symbol));
            } else {
                shown.appendCodePoint(symbol);
            }
        });
        return text.codePointCount(0, text.length()) > SHOWN ? shown + "…" : shown.toString();
    }

    private static boolean isHidden(int symbol) {
        int type = Character.getType(symbol);
        return type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
