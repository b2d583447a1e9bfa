package io.lipdrop.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder that may be on a share. While the share is away its path leads nowhere, or to a folder on another disk of this
 * machine; nothing may be written there, for nobody would find it.
 */
public final class SharedFolder {
    private final Path folder;
    private @Nullable String store;

    public SharedFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes sure that it is there, and where it was; makes it anew where someone deleted it.
     *
     * @throws IOException that says, for the user, why it cannot be used
     */
    public synchronized void require() throws IOException {
        String first = store;
        String now = storeOf(nearest(folder));
        if (first != null && !first.equals(now)) {
            throw new IOException("%s is on %s and was on %s; is a share away?".formatted(folder, now, first));
        }
        if (!Files.isDirectory(folder)) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new IOException(folder + " is not there and cannot be made", e);
            }
        }
        store = now;
    }

    /** What a file lies on: a share's name, a disk's device. It is the same again when a share is back. */
    public static String storeOf(Path file) throws IOException {
        return Files.getFileStore(file).name();
    }

    private static Path nearest(Path folder) throws IOException {
        for (Path here = folder.toAbsolutePath(); here != null; here = here.getParent()) {
            if (Files.exists(here)) {
                return here;
            }
        }
        throw new IOException(folder + " leads nowhere");
    }
}
