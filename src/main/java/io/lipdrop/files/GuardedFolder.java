package io.lipdrop.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * A folder that others may change while files are taken out of it. Each file is reached step by step from the folder, and no
 * step may be a link: if a file or folder is replaced meanwhile, nothing outside is read, moved or deleted. On systems that
 * cannot open entries relative to a folder (Windows), each step is checked before and after.
 */
public final class GuardedFolder {
    private final GuardedWalk walk;

    /** Guards what is below {@code root}, which itself may be a link. */
    public GuardedFolder(Path root) {
        walk = new GuardedWalk(root);
    }

    /** The attributes of a file; empty if it does not exist or is behind a link. */
    public Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(walk.to(parent(file), folder -> folder.attributes(name(file))));
        } catch (NoSuchFileException | OpenFolder.NoFolder e) {
            return Optional.empty();
        }
    }

    /**
     * Copies a file as {@link DurableFiles#copy} does.
     *
     * @param expected what the file must be, before and after
     * @param copied hears how many bytes are copied
     * @return whether it was that file; if not, there is no copy
     */
    public boolean copy(Path file, Path target, Predicate<BasicFileAttributes> expected, LongConsumer copied)
            throws IOException {
        return copied(file, target, expected, copied).isPresent();
    }

    /**
     * Moves a file as {@link DurableFiles#move} does; a link itself if a link is expected, within one file system only.
     *
     * @return whether it was the expected file; if not, it stays where it is
     */
    public boolean move(Path file, Path target, Predicate<BasicFileAttributes> expected) throws IOException {
        Files.createDirectories(DurableFiles.parentOf(target));
        try {
            return walk.to(
                    parent(file),
                    folder -> isExpected(folder, file, expected) && renamed(folder, file, target, expected));
        } catch (AtomicMoveNotSupportedException e) {
            Optional<BasicFileAttributes> copied = copied(file, target, expected, bytes -> {});
            boolean isMoved = false;
            try {
                isMoved = copied.isPresent() && delete(file, now -> isSame(now, copied.get()));
            } finally {
                if (!isMoved) {
                    Files.deleteIfExists(
                            target); // a file that cannot be deleted from its folder must not be in two places
                }
            }
            return isMoved;
        } catch (NoSuchFileException | OpenFolder.NoFolder e) {
            return false;
        }
    }

    /** Deletes a file if it is the expected one. */
    public boolean delete(Path file, Predicate<BasicFileAttributes> expected) throws IOException {
        try {
            return walk.to(parent(file), folder -> {
                boolean isExpected = isExpected(folder, file, expected);
                if (isExpected) {
                    folder.deleteFile(name(file));
                }
                return isExpected;
            });
        } catch (NoSuchFileException | OpenFolder.NoFolder e) {
            return false;
        }
    }

    /** The names in a folder; none if it does not exist or is behind a link. */
    public List<String> list(Path folder) throws IOException {
        try {
            return walk.to(folder, OpenFolder::list);
        } catch (NoSuchFileException | OpenFolder.NoFolder e) {
            return List.of();
        }
    }

    /** The files in a folder with their attributes, by name; none if it does not exist or is behind a link. */
    public Map<String, BasicFileAttributes> files(Path folder) throws IOException {
        try {
            return walk.to(folder, OpenFolder::files);
        } catch (NoSuchFileException | OpenFolder.NoFolder e) {
            return Map.of();
        }
    }

    /**
     * The first bytes of a file.
     *
     * @throws NoSuchFileException if it does not exist, is behind a link, or is not a file
     */
    public byte[] read(Path file, int most) throws IOException {
        try {
            return walk.to(parent(file), folder -> {
                Path name = name(file);
                if (!folder.attributes(name).isRegularFile()) {
                    throw new NoSuchFileException(file.toString(), null, "is not a file");
                }
                try (InputStream content = Channels.newInputStream(folder.open(name))) {
                    return content.readNBytes(most);
                }
            });
        } catch (OpenFolder.NoFolder e) {
            throw new NoSuchFileException(file.toString(), null, "is behind a symbolic link");
        }
    }

    /**
     * Opens a file to read it, however its name or content change meanwhile.
     *
     * @return nothing if it does not exist, is no file, or is behind a link
     */
    public Optional<OpenFile> open(Path file) throws IOException {
        try {
            return walk.to(parent(file), folder -> {
                Path name = name(file);
                BasicFileAttributes before = folder.attributes(name);
                if (!before.isRegularFile()) {
                    return Optional.empty();
                }
                SeekableByteChannel content = folder.open(name);
                boolean isSame = false;
                try {
                    isSame = isSame(folder.attributes(name), before);
                } finally {
                    if (!isSame) {
                        content.close();
                    }
                }
                if (!isSame) {
                    throw new IOException(file + " is being changed");
                }
                return Optional.of(new OpenFile(content, before));
            });
        } catch (NoSuchFileException | OpenFolder.NoFolder e) {
            return Optional.empty();
        }
    }

    /** Deletes an empty folder. */
    public void deleteFolder(Path folder) throws IOException {
        walk.to(parent(folder), parent -> {
            parent.deleteFolder(name(folder));
            return true;
        });
    }

    /** Deletes a file, or a folder and its content; nothing behind a link. */
    public void deleteTree(Path place) throws IOException {
        walk.to(parent(place), folder -> {
            folder.deleteTree(name(place));
            return true;
        });
    }

    private Optional<BasicFileAttributes> copied(
            Path file, Path target, Predicate<BasicFileAttributes> expected, LongConsumer copied) throws IOException {
        try {
            return walk.to(parent(file), folder -> {
                Path name = name(file);
                BasicFileAttributes before = folder.attributes(name);
                if (!before.isRegularFile() || !expected.test(before)) {
                    return Optional.empty();
                }
                try (SeekableByteChannel content = folder.open(name)) {
                    if (!isSame(folder.attributes(name), before)) {
                        return Optional.empty();
                    }
                    DurableFiles.copy(content, target, copied);
                }
                if (isSame(folder.attributes(name), before)) {
                    return Optional.of(before);
                }
                Files.deleteIfExists(target);
                return Optional.empty();
            });
        } catch (NoSuchFileException | OpenFolder.NoFolder e) {
            return Optional.empty();
        }
    }

    private boolean renamed(OpenFolder folder, Path file, Path target, Predicate<BasicFileAttributes> expected)
            throws IOException {
        folder.move(name(file), target);
        BasicFileAttributes moved = Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!moved.isDirectory() && expected.test(moved)) {
            DurableFiles.forceFolder(DurableFiles.parentOf(target));
            return true;
        }
        folder.putBack(target, name(file)); // it was replaced at the last moment
        return false;
    }

    private static boolean isExpected(OpenFolder folder, Path file, Predicate<BasicFileAttributes> expected)
            throws IOException {
        BasicFileAttributes now = folder.attributes(name(file));
        return !now.isDirectory() && expected.test(now);
    }

    private static boolean isSame(BasicFileAttributes a, BasicFileAttributes b) {
        return a.isRegularFile()
                && a.size() == b.size()
                && a.lastModifiedTime().equals(b.lastModifiedTime())
                && Objects.equals(a.fileKey(), b.fileKey());
    }

    private static Path parent(Path file) {
        return DurableFiles.parentOf(file);
    }

    private static Path name(Path file) {
        return Objects.requireNonNull(file.getFileName());
    }
}
