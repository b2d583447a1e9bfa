package io.lipdrop.intake.manifest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Explains why a manifest is not valid YAML or JSON: common mistakes, found in the text around the position where the parser stopped. */
final class SyntaxMistake {
    private static final Pattern KEY = Pattern.compile("^\\s*(?:- *)?(\\w+):(?=\\s|$)");

    private static final List<Mistake> IN_BOTH = List.of(
            new Mistake(
                    "\"[^\"]*\\\\[^\"]*\"?", "a backslash inside quotes is an escape character; use / instead of \\"),
            new Mistake("[:\\[,]\\s*[\u201c\u201d\u201e\u2018\u2019]", "typographic quotes; use \""));

    private static final List<Mistake> IN_JSON = List.of(
            new Mistake("^\\s*(//|/\\*|#)", "JSON has no comments; remove them, or rename the file to .yaml"),
            new Mistake("'", "JSON needs double quotes around names and keys"),
            new Mistake("^\\s*[\\w]+\\s*:|[{,]\\s*\\w+\\s*:", "JSON needs double quotes around a key"));

    private static final Pattern COMMA_TOO_MANY = Pattern.compile(",\\s*[\\]}]");

    private static final List<Mistake> IN_YAML = List.of(
            new Mistake("^ *\t", "the indentation is a tab; indent with spaces"),
            new Mistake("^\\s*(- *)?(audio|video|videos|file|priority|options):[^\\s]", "put a space after the colon"),
            new Mistake(
                    "[:\\-,\\[]\\s+[@`%&*!]",
                    "a name that begins with a character such as @, &, * or % must be in quotes"),
            new Mistake(
                    "(\"[^\"]*\"|'[^']*')\\s*[^\\s,:\\]}#]",
                    "there is text after the closing quote; put all of it in quotes"),
            new Mistake("^\\s*(- *)?[^\"'\\[{#]+?:\\s.*:(\\s|$)", "a name with a colon and a space must be in quotes"),
            new Mistake("\\][^\\s,:\\]}#]|\\}[^\\s,:\\]}#]", "a name with brackets must be in quotes"));

    private SyntaxMistake() {}

    private record Mistake(Pattern sign, String words) {
        Mistake(String sign, String words) {
            this(Pattern.compile(sign), words);
        }
    }

    /**
     * The message.
     *
     * @param met the unexpected token of the parser, if known
     * @param key the last key before it
     */
    static ManifestProblem in(ManifestSource source, @Nullable JsonProcessingException met, String key) {
        if (met instanceof StreamConstraintsException) {
            return ManifestProblem.at(null, "it is nested too deeply or has a number that is too long");
        }
        int line = met == null ? 0 : lineOf(met);
        boolean isAtEnd = met instanceof JsonEOFException || isAtEnd(source, met);
        Optional<ManifestProblem> known = control(source).or(() -> known(source, line, key));
        if (known.isPresent()) {
            return known.get();
        }
        return new ManifestProblem(line == 0 ? null : line, keyAt(source, line, key), general(source, met), isAtEnd);
    }

    private static boolean isAtEnd(ManifestSource source, @Nullable JsonProcessingException met) {
        return met != null
                && met.getCause() instanceof MarkedYAMLException yaml
                && yaml.getProblemMark() != null
                && yaml.getProblemMark().getIndex()
                        >= source.text().stripTrailing().length();
    }

    private static int lineOf(JsonProcessingException met) {
        if (met.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            return yaml.getProblemMark().getLine() + 1;
        }
        JsonLocation at = met.getLocation();
        return at == null ? 0 : Math.max(0, at.getLineNr());
    }

    /** A YAML parser reads ahead: it fails before it reports the key. */
    private static String keyAt(ManifestSource source, int line, String last) {
        for (int at = line; !source.isJson() && at > Math.max(0, line - 20); at--) {
            Matcher key = KEY.matcher(source.line(at));
            if (key.find()) {
                return key.group(1);
            }
        }
        return last;
    }

    private static Optional<ManifestProblem> known(ManifestSource source, int line, String key) {
        if (source.isJson() && !source.text().stripLeading().startsWith("{")) {
            return Optional.of(ManifestProblem.at(1, "it is not JSON; if it is YAML, rename it to .yaml"));
        }
        int before = line - 1;
        while (before > 1 && source.line(before).isBlank()) {
            before--;
        }
        for (int at : new int[] {line, before}) {
            String text = source.line(at);
            if (source.isJson() && COMMA_TOO_MANY.matcher(withNext(source, at)).find()) {
                String words = "there is an extra comma before ] or }";
                return Optional.of(new ManifestProblem(at, key, words, false));
            }
            for (List<Mistake> mistakes : List.of(IN_BOTH, source.isJson() ? IN_JSON : IN_YAML)) {
                for (Mistake mistake : mistakes) {
                    if (mistake.sign.matcher(text).find()) {
                        return Optional.of(new ManifestProblem(at, keyAt(source, at, key), mistake.words, false));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** A line, and the next one if it ends with a comma. */
    private static String withNext(ManifestSource source, int line) {
        String text = source.line(line).stripTrailing();
        int next = line + 1;
        while (text.endsWith(",")
                && next < source.lines().size()
                && source.line(next).isBlank()) {
            next++;
        }
        return text.endsWith(",") ? text + source.line(next) : text;
    }

    private static String general(ManifestSource source, @Nullable JsonProcessingException met) {
        if (met instanceof JsonEOFException) {
            return "it ends too early; a quote, ] or } is missing at the end";
        }
        return source.isJson()
                ? "invalid JSON from here on; check for a missing comma, colon or quote"
                : "invalid YAML from here on; check indentation, quotes and brackets";
    }

    /** A character that is not allowed in text. */
    private static Optional<ManifestProblem> control(ManifestSource source) {
        int number = 0;
        for (String line : source.lines()) {
            number++;
            for (int i = 0; i < line.length(); i++) {
                char symbol = line.charAt(i);
                boolean isText = symbol == '\t' || (symbol >= ' ' && symbol != '\u007f' && symbol != '\ufffe');
                if (!isText) {
                    return Optional.of(ManifestProblem.at(
                            number,
                            "it contains a character that is not allowed in text; write it again in a text editor"));
                }
            }
        }
        return Optional.empty();
    }
}
