package io.lipdrop.files;

import java.io.IOException;
import java.nio.file.Path;

/** How much room is left on the disk of a folder. */
@FunctionalInterface
public interface FreeSpace {
    /** In bytes, for this user. */
    long of(Path folder) throws IOException;
}
