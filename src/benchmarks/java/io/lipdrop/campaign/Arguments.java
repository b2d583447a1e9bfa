package io.lipdrop.campaign;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command line of {@code --name value} pairs; files are named from where the caller of the script stands. */
final class Arguments {
    private final Map<String, String> values = new HashMap<>();

    private Arguments() {}

    /** Ends the process with the usage where an argument is none of the known ones. */
    static Arguments of(String[] arguments, String usage, Set<String> known) {
        Arguments parsed = new Arguments();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!known.contains(name) || i + 1 == arguments.length) {
                System.err.println(usage);
                System.exit(2);
            }
            parsed.values.put(name, arguments[i + 1]);
        }
        return parsed;
    }

    long number(String name, long otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    @Nullable
    Path folder(String name) {
        String value = values.get(name);
        return value == null ? null : named(value);
    }

    Path file(String name, String otherwise) {
        Path given = folder(name);
        return given != null ? given : Path.of(otherwise).toAbsolutePath();
    }

    private static Path named(String value) {
        return Path.of(System.getProperty("lipdrop.caller", ""))
                .resolve(value)
                .toAbsolutePath()
                .normalize();
    }
}
