package io.lipdrop.library;

import io.lipdrop.files.NameEncoding;
import io.lipdrop.files.Stamp;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Litter;
import io.lipdrop.home.Names;
import io.lipdrop.job.Manifest;
import io.lipdrop.library.LibraryFile.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Goes through the library. Links, hidden files and what has a name that a manifest cannot hold are left out, as a drop that names
 * them would be refused. One thread at a time.
 */
@Component
class LibraryWalk {
    /** Nobody finds a file among more. */
    private static final int MAX_FILES = 100_000;

    private static final int MAX_DEPTH = 32;

    private final Path library;
    private Map<Path, Known> known = Map.of();

    LibraryWalk(Folders folders) {
        this.library = folders.library();
    }

    /** What a file was, until it changes. */
    private record Known(Stamp stamp, Optional<Kind> kind) {}

    List<LibraryFile> files() throws IOException {
        if (!Files.isDirectory(library)) {
            throw new IOException(library + " does not exist");
        }
        List<LibraryFile> files = new ArrayList<>();
        Map<Path, Known> seen = new HashMap<>();
        Files.walkFileTree(library, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.equals(library) || isNamable(folder)
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && attributes.size() > 0 && isNamable(file)) {
                    Known now = know(file, Stamp.of(attributes));
                    seen.put(file, now);
                    now.kind.ifPresent(kind -> files.add(new LibraryFile(
                            nameOf(file),
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant(),
                            kind)));
                }
                return files.size() < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (file.equals(library)) {
                    throw failure;
                }
                return FileVisitResult.CONTINUE; // no job could read it
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null && folder.equals(library)) {
                    throw failure;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        known = seen;
        files.sort(Comparator.comparing(LibraryFile::name));
        return List.copyOf(files);
    }

    private Known know(Path file, Stamp stamp) {
        Known before = known.get(file);
        return before != null && before.stamp.equals(stamp) ? before : new Known(stamp, MediaKind.of(file));
    }

    private static boolean isNamable(Path file) {
        String name = Names.fileName(file);
        return !Litter.isLitter(name)
                && name.chars().noneMatch(Character::isISOControl)
                && name.indexOf('\uFFFD') < 0
                && name.indexOf('\\') < 0
                && NameEncoding.canHold(name);
    }

    private String nameOf(Path file) {
        return Manifest.LIBRARY + library.relativize(file).toString().replace(File.separatorChar, '/');
    }
}
