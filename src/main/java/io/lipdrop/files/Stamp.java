package io.lipdrop.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * How a file is at one moment; with an equal stamp later it is still the same.
 *
 * @param bytes its size; less than 0 where there is none, or something that is no file
 * @param millis when it was changed, since 1970
 */
public record Stamp(long bytes, long millis) {
    public static final Stamp NONE = new Stamp(-1, 0);
    private static final Stamp NO_FILE = new Stamp(-2, 0);

    /** How it is now; a link is looked at, never followed. */
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

    /** How something is that was looked at. */
    public static Stamp of(BasicFileAttributes attributes) {
        return attributes.isRegularFile()
                ? new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis())
                : NO_FILE;
    }

    /** Whether there is a file. */
    public boolean exists() {
        return bytes >= 0;
    }

    /** A path through a file, or into a folder that is closed to us, leads to nothing that we could take. */
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
