package io.lipdrop.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An open folder: its entries are reached through it, even if its path changes. */
@SuppressWarnings("StreamResourceLeak") // the stream is closed with its folder
final class OpenFolder implements AutoCloseable {
    private static final int MOST_TRIES = 10;

    private final Path path;
    private final DirectoryStream<Path> stream;
    private final @Nullable SecureDirectoryStream<Path> secure;
    private final @Nullable OpenFolder above;

    private OpenFolder(Path path, DirectoryStream<Path> stream, @Nullable OpenFolder above) {
        this.path = path;
        this.stream = stream;
        this.secure = stream instanceof SecureDirectoryStream<Path> open ? open : null;
        this.above = above;
    }

    static OpenFolder at(Path root) throws IOException {
        return new OpenFolder(root, Files.newDirectoryStream(root), null);
    }

    OpenFolder into(Path name) throws IOException {
        Path below = path.resolve(name);
        return opened(() -> {
            if (!attributes(name).isDirectory()) {
                throw new NoFolder(below);
            }
            return new OpenFolder(
                    below,
                    secure != null
                            ? secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)
                            : Files.newDirectoryStream(below),
                    this);
        });
    }

    /** An entry that a link replaces after it was checked cannot be opened, and may be back when it is checked again. */
    private static <T> T opened(Opening<T> opening) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return opening.open();
            } catch (NoSuchFileException | NoFolder e) {
                throw e;
            } catch (IOException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    BasicFileAttributes attributes(Path name) throws IOException {
        return secure != null
                ? secure.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes()
                : Files.readAttributes(path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Opens a file to read it.
     *
     * @throws NoSuchFileException if it does not exist or is a link
     */
    SeekableByteChannel open(Path name) throws IOException {
        Set<OpenOption> reading = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        return opened(() -> {
            if (attributes(name).isSymbolicLink()) {
                throw new NoSuchFileException(path.resolve(name).toString(), null, "is a symbolic link");
            }
            return secure != null
                    ? secure.newByteChannel(name, reading)
                    : FileChannel.open(path.resolve(name), reading);
        });
    }

    List<String> list() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path entry : stream) {
            names.add(name(entry).toString());
        }
        return names;
    }

    /** The files in it by name: plain ones, no folders and no links. */
    Map<String, BasicFileAttributes> files() throws IOException {
        Map<String, BasicFileAttributes> files = new HashMap<>();
        for (Path entry : stream) {
            fileAt(name(entry)).ifPresent(found -> files.put(name(entry).toString(), found));
        }
        return files;
    }

    private Optional<BasicFileAttributes> fileAt(Path name) throws IOException {
        try {
            return Optional.of(attributes(name)).filter(BasicFileAttributes::isRegularFile);
        } catch (NoSuchFileException e) {
            return Optional.empty(); // it was deleted meanwhile
        }
    }

    void move(Path name, Path target) throws IOException {
        if (secure == null) {
            checkAgain();
            Files.move(path.resolve(name), target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        try (DirectoryStream<Path> there = Files.newDirectoryStream(DurableFiles.parentOf(target))) {
            secure.move(name, (SecureDirectoryStream<Path>) there, name(target));
        }
    }

    /** Moves it back to its place, or next to it if the place is taken. */
    void putBack(Path file, Path name) throws IOException {
        Path free = name;
        for (int count = 2; isThere(free); count++) {
            free = name.resolveSibling(name + "." + count);
        }
        if (secure == null) {
            Files.move(file, path.resolve(free), StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        try (DirectoryStream<Path> there = Files.newDirectoryStream(DurableFiles.parentOf(file))) {
            ((SecureDirectoryStream<Path>) there).move(name(file), secure, free);
        }
    }

    private boolean isThere(Path name) throws IOException {
        try {
            attributes(name);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    void deleteFile(Path name) throws IOException {
        if (secure != null) {
            secure.deleteFile(name);
        } else {
            checkAgain();
            Files.delete(path.resolve(name));
        }
    }

    void deleteFolder(Path name) throws IOException {
        if (secure != null) {
            secure.deleteDirectory(name);
        } else {
            checkAgain();
            Files.delete(path.resolve(name));
        }
    }

    /** If folders cannot be held open: whether no step is a link now. */
    void checkAgain() throws IOException {
        if (secure == null && above != null) {
            if (above.attributes(name(path)).isSymbolicLink()) {
                throw new NoFolder(path);
            }
            above.checkAgain();
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private static Path name(Path file) {
        return Objects.requireNonNull(file.getFileName());
    }

    /** Deletes a file, or a folder and its content; nothing behind a link. */
    void deleteTree(Path name) throws IOException {
        if (!attributes(name).isDirectory()) {
            deleteFile(name);
            return;
        }
        try (OpenFolder below = into(name)) {
            for (String entry : below.list()) {
                below.deleteTree(name.resolveSibling(entry));
            }
        }
        deleteFolder(name);
    }

    private interface Opening<T> {
        T open() throws IOException;
    }

    /** A link, or something else that is not a folder, is in the path. */
    static final class NoFolder extends FileSystemException {
        NoFolder(Path link) {
            super(link.toString(), null, "is not a folder");
        }
    }
}
