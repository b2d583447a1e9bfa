package io.lipdrop.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Size and modification time of a file. An equal stamp later means that the file has not changed.
 *
 * @param bytes its size; negative if it does not exist or is not a file
 * @param millis time of the last change, in milliseconds since 1970
 */
public record Stamp(long bytes, long millis) {
    public static final Stamp NONE = new Stamp(-1, 0);
    private static final Stamp NO_FILE = new Stamp(-2, 0);

    /** The current stamp; links are not followed. */
    public static Stamp of(Path file) throws IOException {
        try {
            return of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return NONE;
        } catch (FileSystemException e) {
            if (isNowhere(file)) {
                return NONE;
            }
            throw e;
        }
    }

    /** The stamp from attributes already read. */
    public static Stamp of(BasicFileAttributes attributes) {
        return attributes.isRegularFile()
                ? new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis())
                : NO_FILE;
    }

    /** Whether the file exists. */
    public boolean exists() {
        return bytes >= 0;
    }

    /** A path through a file, or into a folder without permission, counts as missing. */
    private static boolean isNowhere(Path file) {
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder)) {
                return !Files.isExecutable(folder);
            }
            if (Files.isRegularFile(folder)) {
                return true;
            }
        }
        return false;
    }
}
