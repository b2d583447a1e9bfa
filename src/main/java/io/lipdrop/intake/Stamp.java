package io.lipdrop.intake;

import java.io.IOException;
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
record Stamp(long bytes, long millis) {
    static final Stamp NONE = new Stamp(-1, 0);
    private static final Stamp NO_FILE = new Stamp(-2, 0);

    static Stamp of(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis())
                    : NO_FILE;
        } catch (NoSuchFileException e) {
            return NONE;
        }
    }
}
