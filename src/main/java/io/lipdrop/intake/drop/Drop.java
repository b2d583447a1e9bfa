package io.lipdrop.intake.drop;

import io.lipdrop.files.Stamp;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.intake.manifest.ManifestProblem;
import io.lipdrop.intake.manifest.ManifestReader;
import io.lipdrop.intake.manifest.Reading;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A manifest in the inbox and its files, at one moment.
 *
 * @param manifestFile the manifest
 * @param reading its content
 * @param failure why it is rejected in its current state
 * @param files every file that the manifest names and is allowed to name, by name
 * @param hints hints why a file is missing, by its name
 * @param stamps of all files; equal stamps mean that nothing has changed
 */
public record Drop(
        Path manifestFile,
        Reading reading,
        @Nullable Failure failure,
        Map<String, InboxPath> files,
        Map<String, String> hints,
        Map<Path, Stamp> stamps) {
    private static final int SHOWN = 3;

    /**
     * Reads the current state of a drop. Errors in the drop do not throw; they are part of the result.
     *
     * @param known the content of its manifest at the last poll
     */
    public static Drop lookAt(
            Path manifestFile, @Nullable Reading known, ManifestReader reader, Folders folders, FolderNames names)
            throws IOException {
        Stamp stamp = Stamp.of(manifestFile);
        if (Files.isSymbolicLink(manifestFile)) {
            Failure link =
                    new Failure(FailureCode.PATH_NOT_ALLOWED, Names.fileName(manifestFile) + " is a symbolic link.");
            Reading nothing = Reading.unreadable(stamp, link, false);
            return new Drop(manifestFile, nothing, link, Map.of(), Map.of(), Map.of(manifestFile, stamp));
        }
        if (stamp.exists() && !Files.isReadable(manifestFile)) {
            Failure closed = closed(Names.fileName(manifestFile));
            Reading nothing = Reading.unreadable(stamp, closed, false);
            return new Drop(manifestFile, nothing, closed, Map.of(), Map.of(), Map.of(manifestFile, stamp));
        }
        Reading reading = known != null && known.isStill(stamp)
                ? known
                : reader.read(manifestFile, name -> isThere(name, manifestFile, folders, names));
        Failure failure = reading.failure();
        Map<Path, Stamp> stamps = new HashMap<>(Map.of(manifestFile, stamp));
        Map<String, InboxPath> files = new LinkedHashMap<>();
        for (String name : reading.files()) {
            try {
                InboxPath path = InboxPath.of(name, manifestFile, folders, names);
                files.put(name, path);
                stamps.put(path.file(), path.stamp());
            } catch (Failure refused) {
                failure = failure != null ? failure : reading.at(name, refused);
            }
        }
        return new Drop(
                manifestFile, reading, failure, files, hints(manifestFile, reading, files, folders, names), stamps);
    }

    /** The failure for a file without read permission. */
    public static Failure closed(String name) {
        return new Failure(
                FailureCode.MEDIA_UNREADABLE, name + " cannot be read: the user that runs Lipdrop has no permission.");
    }

    private static boolean isThere(String name, Path manifest, Folders folders, FolderNames names) {
        try {
            return InboxPath.of(name, manifest, folders, names).stamp().exists();
        } catch (Failure | IOException e) {
            return false;
        }
    }

    private static Map<String, String> hints(
            Path manifest, Reading reading, Map<String, InboxPath> files, Folders folders, FolderNames names) {
        Map<String, String> hints = new HashMap<>();
        Set<Path> others = files.values().stream().map(InboxPath::file).collect(Collectors.toSet());
        int missing = 0;
        for (InboxPath path : files.values()) {
            if (!path.stamp().exists() && missing++ < SHOWN) {
                hint(manifest, path, reading, others, folders, names).ifPresent(hint -> hints.put(path.name(), hint));
            }
        }
        return hints;
    }

    private static Optional<String> hint(
            Path manifest, InboxPath missing, Reading reading, Set<Path> others, Folders folders, FolderNames names) {
        String remark = reading.remarks().get(missing.name());
        if (remark != null) {
            return Optional.of("%s: %s".formatted(ManifestProblem.shown(missing.name()), remark));
        }
        Path folder = missing.file().resolveSibling("");
        if (Files.isDirectory(folder) && !(Files.isExecutable(folder) && Files.isReadable(folder))) {
            return Optional.of("Lipdrop has no permission to read the folder " + Names.fileName(folder));
        }
        Path base = missing.inLibrary() ? folders.library() : manifest.resolveSibling("");
        return names.nearest(missing.root(folders), missing.file(), others)
                .map(found -> (missing.inLibrary() ? Manifest.LIBRARY : "") + base.relativize(found))
                .map(found -> "here is " + ManifestProblem.shown(found));
    }

    /** Whether nothing has changed since this state was read. */
    public boolean isStill() throws IOException {
        for (Map.Entry<Path, Stamp> file : stamps.entrySet()) {
            if (!Stamp.of(file.getKey()).equals(file.getValue())) {
                return false;
            }
        }
        return true;
    }

    @Nullable
    public Manifest manifest() {
        return reading.manifest();
    }

    /** The missing files, as named in the manifest. */
    public List<String> missing() {
        return files.values().stream()
                .filter(path -> !path.stamp().exists())
                .map(InboxPath::name)
                .toList();
    }

    /** The empty files. */
    private List<String> empty() {
        return reading.isEmpty()
                ? List.of(Names.fileName(manifestFile))
                : files.values().stream()
                        .filter(path -> path.stamp().bytes() == 0)
                        .map(InboxPath::name)
                        .toList();
    }

    /** Whether files are missing or empty. */
    public boolean isIncomplete() {
        return !missing().isEmpty() || !empty().isEmpty();
    }

    /** The message for the user: {@code waiting for teacher_b.mp4 (2 of 3 here)}. */
    public String waitingFor() {
        List<String> missing = missing();
        List<String> words = new ArrayList<>();
        if (!missing.isEmpty()) {
            words.add("waiting for %s (%d of %d here)"
                    .formatted(shown(missing), files.size() - missing.size(), files.size()));
        }
        List<String> empty = empty();
        if (!empty.isEmpty()) {
            words.add("%s %s still empty".formatted(shown(empty), empty.size() == 1 ? "is" : "are"));
        }
        missing.stream()
                .map(hints::get)
                .filter(hint -> hint != null)
                .limit(SHOWN)
                .forEach(words::add);
        return String.join("; ", words);
    }

    /** A list of file names, shortened for a message. */
    public static String shown(List<String> names) {
        String shown = names.stream().limit(SHOWN).map(ManifestProblem::shown).collect(Collectors.joining(", "));
        return shown + (names.size() > SHOWN ? " and %d more".formatted(names.size() - SHOWN) : "");
    }

    /** The stamp of one of its files. */
    public Stamp stampOf(Path file) {
        return stamps.getOrDefault(file, Stamp.NONE);
    }

    /** Whether it names this file. */
    public boolean names(Path file) {
        return files.values().stream().anyMatch(path -> path.file().equals(file));
    }
}
