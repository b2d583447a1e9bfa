package io.lipdrop.intake.manifest;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a manifest, in words for whoever wrote it: never those of a parser.
 *
 * @param line counted from 1, if it is known
 * @param key where it is, if it is known
 * @param words what it is and what to do
 * @param isAtEnd whether the text just ends there, so that the rest of it may still come
 */
public record ManifestProblem(
        @Nullable Integer line, @Nullable String key, String words, boolean isAtEnd) {
    private static final int SHOWN = 80;

    static ManifestProblem at(@Nullable Integer line, String words) {
        return new ManifestProblem(line, null, words, false);
    }

    /** The whole of it: {@code lesson.yaml, line 3, key "videos": it is indented with a tab; …}. */
    String in(String fileName) {
        String atLine = line == null ? "" : ", line " + line;
        String atKey = key == null || key.isEmpty() ? "" : ", key \"" + shown(key) + "\"";
        return "%s%s%s: %s.".formatted(shown(fileName), atLine, atKey, words);
    }

    /** Something that a person wrote, for use in a message: on one line, and not too much of it. */
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
