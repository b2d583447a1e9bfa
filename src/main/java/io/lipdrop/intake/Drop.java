package io.lipdrop.intake;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Manifest;
import io.lipdrop.job.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A manifest in the inbox and the files it names, as they are at one moment.
 *
 * @param manifestFile the manifest
 * @param manifest what it says, or nothing while it cannot be read
 * @param failure why it never can be taken, as it stands now
 * @param files every file that the manifest names and may name, by name
 * @param stamps of all of it; while they stay equal, nothing changes
 */
record Drop(
        Path manifestFile,
        @Nullable Manifest manifest,
        @Nullable Failure failure,
        Map<String, InboxPath> files,
        Map<Path, Stamp> stamps) {

    /** Looks at a drop now. Never fails for what is wrong with the drop: that is part of what it finds. */
    static Drop lookAt(Path manifestFile, ManifestReader reader, Folders folders) throws IOException {
        Map<Path, Stamp> stamps = new HashMap<>(Map.of(manifestFile, Stamp.of(manifestFile)));
        if (Files.isSymbolicLink(manifestFile)) {
            Failure link =
                    new Failure(FailureCode.PATH_NOT_ALLOWED, Names.fileName(manifestFile) + " is a symbolic link.");
            return new Drop(manifestFile, null, link, Map.of(), stamps);
        }
        Manifest manifest = null;
        Failure failure = null;
        List<String> names;
        try {
            manifest = reader.read(manifestFile);
            names = namesIn(manifest);
        } catch (Failure refused) {
            failure = refused;
            names = reader.filesNamedIn(manifestFile); // they go where their manifest goes
        }
        Map<String, InboxPath> files = new LinkedHashMap<>();
        for (String name : names) {
            try {
                InboxPath path = path(name, manifestFile, reader, folders);
                files.put(name, path);
                stamps.put(path.file(), Stamp.of(path.file()));
            } catch (Failure refused) {
                failure = failure != null ? failure : refused;
            }
        }
        return new Drop(manifestFile, manifest, failure, files, stamps);
    }

    private static InboxPath path(String name, Path manifestFile, ManifestReader reader, Folders folders)
            throws IOException {
        try {
            return InboxPath.of(name, manifestFile, folders);
        } catch (Failure refused) {
            throw new Failure(refused.code(), reader.placeOf(name, manifestFile) + ": " + refused.reason(), refused);
        }
    }

    /** The files that are not there yet, as the manifest names them. */
    List<String> missing() {
        return files.values().stream()
                .filter(path -> !Files.exists(path.file()))
                .map(InboxPath::name)
                .toList();
    }

    /** For the user: {@code waiting for teacher_b.mp4 (2 of 3 here)}. */
    String waitingFor(List<String> missing) {
        String shown = missing.stream().limit(3).collect(Collectors.joining(", "));
        String more = missing.size() > 3 ? " and %d more".formatted(missing.size() - 3) : "";
        return "waiting for %s%s (%d of %d here)".formatted(shown, more, files.size() - missing.size(), files.size());
    }

    /** How one of its files was. */
    Stamp stampOf(Path file) {
        return stamps.getOrDefault(file, Stamp.NONE);
    }

    /** Whether it names this file. */
    boolean names(Path file) {
        return files.values().stream().anyMatch(path -> path.file().equals(file));
    }

    private static List<String> namesIn(Manifest manifest) {
        List<String> names = new ArrayList<>();
        names.add(manifest.audio());
        manifest.videos().forEach(video -> names.add(video.file()));
        return names;
    }
}
