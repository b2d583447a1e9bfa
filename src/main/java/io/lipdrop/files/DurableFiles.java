package io.lipdrop.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Atomic writes and moves: a reader sees the old file or the new one, never a part. A partial file has a hidden name,
 * {@value #TEMPORARY_PREFIX} and the file's own name, so the next write of the same file removes what a killed process left.
 * Two threads must not write the same file at once.
 */
public final class DurableFiles {
    /** Prefix of the names of partial files. */
    static final String TEMPORARY_PREFIX = ".lipdrop-";

    private DurableFiles() {}

    /** Writes the whole file under a hidden name, forces it to disk and renames it into place. */
    public static void write(Path target, byte[] content) throws IOException {
        Path temporary = temporaryBeside(target);
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            rename(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Writes without forcing to disk: for live status, where the next update replaces a lost one within a second. */
    public static void writeUnforced(Path target, byte[] content) throws IOException {
        Path temporary = temporaryBeside(target);
        try {
            Files.write(temporary, content, StandardOpenOption.CREATE_NEW);
            rename(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Moves by rename; across file systems by copy, force, rename and only then delete of the source. */
    public static void move(Path source, Path target) throws IOException {
        move(source, target, bytes -> {});
    }

    /**
     * The same, and a long copy can be cut: what {@code copied} throws ends it, and nothing is left of it.
     *
     * @param copied hears how many bytes are on the disk, several times a second
     */
    public static void move(Path source, Path target, LongConsumer copied) throws IOException {
        Files.createDirectories(parentOf(target));
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(parentOf(target));
        } catch (AtomicMoveNotSupportedException e) {
            copy(source, target, copied);
            Files.delete(source);
        }
    }

    /** A second name for the same content: a hard link if the file system supports it, otherwise a copy, which can be cut. */
    public static void linkOrCopy(Path source, Path target, LongConsumer copied) throws IOException {
        Files.createDirectories(parentOf(target));
        Path temporary = temporaryBeside(target);
        try {
            Files.createLink(temporary, source);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            copy(source, target, copied);
            return;
        }
        try {
            rename(temporary, target);
        } finally {
            Files.deleteIfExists(temporary); // renaming a link onto itself leaves both names
        }
    }

    /** Copies a file that is not a link under a hidden name, forces it to disk and renames it into place. */
    public static void copy(Path source, Path target) throws IOException {
        copy(source, target, bytes -> {});
    }

    private static void copy(Path source, Path target, LongConsumer copied) throws IOException {
        try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            copy(from, target, copied);
        }
    }

    /** The same for an open file. */
    static void copy(SeekableByteChannel from, Path target, LongConsumer copied) throws IOException {
        Path temporary = temporaryBeside(target);
        try {
            try (FileChannel to =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                CopyPace pace = new CopyPace();
                long done = 0;
                for (long more = 1; more > 0; done += more) {
                    more = to.transferFrom(from, done, pace.bytes());
                    to.force(false); // a slow disk takes what it was given at the end, where nothing can cut it
                    copied.accept(done + more);
                    pace.next();
                }
                to.force(true);
            }
            rename(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Deletes a folder and its content without following links. A folder that does not exist is ignored. */
    public static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // another process deleted it first
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null && !(failure instanceof NoSuchFileException)) {
                    throw failure;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Whether it is a partial file that a killed process left. */
    public static boolean isHalfWritten(Path file) {
        return String.valueOf(file.getFileName()).startsWith(TEMPORARY_PREFIX);
    }

    private static void rename(Path temporary, Path target) throws IOException {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(parentOf(target));
    }

    static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows and some network shares cannot force a folder; the rename itself is still atomic.
        }
    }

    /** An unused name in the folder of the target; its length does not depend on the target's. */
    static Path temporaryBeside(Path target) throws IOException {
        Files.createDirectories(parentOf(target));
        byte[] name = String.valueOf(target.getFileName()).getBytes(UTF_8);
        Path temporary = target.resolveSibling(TEMPORARY_PREFIX + UUID.nameUUIDFromBytes(name));
        Files.deleteIfExists(temporary);
        return temporary;
    }

    static Path parentOf(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " has no folder");
        }
        return parent;
    }
}
