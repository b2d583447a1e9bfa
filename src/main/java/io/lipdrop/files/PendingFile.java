package io.lipdrop.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A result under a temporary name next to its target; it gets the target's name when complete. */
public final class PendingFile implements AutoCloseable {
    private final Path target;
    private final Path path;

    /** Nothing is created yet: the caller writes to {@link #path}. */
    public PendingFile(Path target) {
        this.target = target.toAbsolutePath();
        this.path = this.target.resolveSibling("." + this.target.getFileName() + ".part");
    }

    /** The temporary name, {@code .NAME.part} in the target's folder. */
    public Path path() {
        return path;
    }

    /** The final name, absolute. */
    public Path target() {
        return target;
    }

    /** Forces the file to disk and renames it. */
    public void commit() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
        syncFolder();
    }

    private void syncFolder() {
        Path folder = target.getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Folders cannot be opened on Windows, or synced on some network shares; the rename is done anyway.
        }
    }

    /** Deletes the file if it was not committed. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
