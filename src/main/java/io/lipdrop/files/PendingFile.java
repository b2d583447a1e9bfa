package io.lipdrop.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A result under a temporary name beside its target, which it takes whole or never. */
public final class PendingFile implements AutoCloseable {
    private final Path target;
    private final Path path;

    public PendingFile(Path target) {
        this.target = target.toAbsolutePath();
        this.path = this.target.resolveSibling("." + this.target.getFileName() + ".part");
    }

    public Path path() {
        return path;
    }

    public Path target() {
        return target;
    }

    /** Puts the file on the disk and gives it its name. */
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
            // Folders cannot be opened on Windows, nor synced on some network shares: the rename stands all the same.
        }
    }

    /** Throws away what was not committed. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
