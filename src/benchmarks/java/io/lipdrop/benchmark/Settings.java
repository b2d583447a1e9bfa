package io.lipdrop.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param jar the product, which is no argument
 * @param isQuick shorter clips and fewer runs, to see that the programs work
 * @param needsCard networks are measured on a graphics card or not at all
 * @param only the sections that are wanted; empty means all
 * @param judge another face mesh network to measure mouths with; null takes the product's own
 * @param files what is not an option
 */
record Settings(
        Path jar,
        boolean isQuick,
        boolean needsCard,
        Set<String> only,
        @Nullable Path judge,
        List<Path> files) {
    Settings {
        only = Set.copyOf(only);
        files = List.copyOf(files);
    }

    static Settings of(String[] arguments) {
        Path judge = null;
        boolean isQuick = false;
        boolean needsCard = false;
        Set<String> only = new LinkedHashSet<>();
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> isQuick = true;
                case "--card" -> needsCard = true;
                case "--only" -> only.addAll(List.of(valueOf(arguments, i++).split(",", -1)));
                case "--mesh" -> judge = fileOf(valueOf(arguments, i++));
                default -> files.add(fileOf(arguments[i]));
            }
        }
        return new Settings(product(), isQuick, needsCard, only, judge, files);
    }

    /** The product that {@code benchmarks/launch.sh} has built or was told of. */
    static Path product() {
        return Path.of(System.getProperty("lipdrop.jar", "target/lipdrop.jar")).toAbsolutePath();
    }

    /** A file as the caller of the script names it, from where the caller stands. */
    static Path named(String argument) {
        return Path.of(System.getProperty("lipdrop.caller", ""))
                .resolve(argument)
                .toAbsolutePath()
                .normalize();
    }

    private static String valueOf(String[] arguments, int option) {
        if (option + 1 >= arguments.length) {
            throw new IllegalArgumentException(arguments[option] + " needs a value");
        }
        return arguments[option + 1];
    }

    private static Path fileOf(String argument) {
        Path file = named(argument);
        if (argument.startsWith("-") || !file.toFile().isFile()) {
            throw new IllegalArgumentException(argument + " is neither an option nor a file");
        }
        return file;
    }
}
