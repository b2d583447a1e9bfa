package io.lipdrop.intake.drop;

import io.lipdrop.home.Names;
import io.lipdrop.intake.manifest.ManifestFilter;
import io.lipdrop.stage.Uptime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds a file by a name that is not written as it is on the disk. The same letters can be stored in several Unicode forms, and
 * systems differ in which they use; a person sees no difference. A folder is listed once a second at most.
 */
public final class FolderNames {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int MAX_FOLDERS = 200;

    private final Uptime uptime;
    private final Map<Path, Listing> listings = new HashMap<>();

    public FolderNames(Uptime uptime) {
        this.uptime = uptime;
    }

    /** What two names must have in common to be taken for each other. */
    private enum Alike {
        IN_LETTERS,
        BUT_FOR_CASE,
        BUT_FOR_SPACES,
        BUT_FOR_EXTENSION;

        private String key(String name) {
            return switch (this) {
                case IN_LETTERS -> composed(name);
                case BUT_FOR_CASE -> folded(name);
                case BUT_FOR_SPACES -> lettersOnly(name);
                case BUT_FOR_EXTENSION -> lettersOnly(Names.stem(name));
            };
        }
    }

    /** The names in a folder, and once they are asked for, the same by what they have in common. */
    private record Listing(Duration at, List<String> names, Map<Alike, Map<String, List<String>>> byKey) {
        List<String> alike(Alike how, String name) {
            return byKey.computeIfAbsent(how, first -> names.stream().collect(Collectors.groupingBy(first::key)))
                    .getOrDefault(how.key(name), List.of());
        }
    }

    /** The only file whose path differs in nothing but its Unicode form. */
    Optional<Path> inOtherForm(Path root, Path file) {
        return find(root, file, Alike.IN_LETTERS);
    }

    /**
     * A file that may be meant: the only one with other case, other spaces or another extension.
     *
     * @param others files that are meant otherwise
     */
    Optional<Path> nearest(Path root, Path file, Set<Path> others) {
        return Stream.of(Alike.BUT_FOR_CASE, Alike.BUT_FOR_SPACES, Alike.BUT_FOR_EXTENSION)
                .flatMap(how -> find(root, file, how).stream())
                .filter(found -> !others.contains(found) && ManifestFilter.isMedia(Names.fileName(found)))
                .findFirst();
    }

    private Optional<Path> find(Path root, Path file, Alike how) {
        Path here = root;
        for (Path step : root.relativize(file)) {
            Path exact = here.resolve(step);
            if (!Files.exists(exact, LinkOption.NOFOLLOW_LINKS)) {
                List<String> alike = listingOf(here).alike(how, step.toString());
                if (alike.size() != 1) {
                    return Optional.empty();
                }
                exact = here.resolve(alike.get(0));
            }
            here = exact;
        }
        return Optional.of(here);
    }

    private Listing listingOf(Path folder) {
        Duration now = uptime.now();
        Listing known = listings.get(folder);
        if (known != null && now.minus(known.at).compareTo(FRESH) < 0) {
            return known;
        }
        if (listings.size() >= MAX_FOLDERS) {
            listings.clear();
        }
        Listing listing = new Listing(now, list(folder), new EnumMap<>(Alike.class));
        listings.put(folder, listing);
        return listing;
    }

    private static List<String> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Names::fileName).toList();
        } catch (IOException | RuntimeException e) {
            return List.of(); // not there, or closed to us: so are its files
        }
    }

    private static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private static String folded(String name) {
        return composed(name).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static String lettersOnly(String name) {
        return folded(name).replaceAll("[\\s_\\-\\p{Z}]", "");
    }
}
