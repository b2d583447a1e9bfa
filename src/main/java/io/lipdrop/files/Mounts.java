package io.lipdrop.files;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which mounted file system a folder lies on. */
interface Mounts {
    /** As the operating system has it. */
    Mounts SYSTEM = Mounts::placeOf;

    /**
     * Where a folder lies; for one that does not exist, where it would be made.
     *
     * @throws IOException if nothing of its path exists
     */
    Place of(Path folder) throws IOException;

    /**
     * A mounted file system.
     *
     * @param root the folder it is mounted on
     * @param store the file system; its name changes when a disk is plugged in again
     */
    record Place(Path root, FileStore store) {
        /** Whether something was mounted over the other: it lies nearer to the folder. */
        boolean isOver(Place other) {
            return !root.equals(other.root) && root.startsWith(other.root);
        }
    }

    private static Place placeOf(Path folder) throws IOException {
        Path root = nearest(folder);
        FileStore store = Files.getFileStore(root);
        for (Path above = root.getParent(); above != null; above = above.getParent()) {
            if (!Files.getFileStore(above).equals(store)) {
                break;
            }
            root = above;
        }
        return new Place(root, store);
    }

    private static Path nearest(Path folder) throws IOException {
        for (Path here = folder.toAbsolutePath(); here != null; here = here.getParent()) {
            if (Files.exists(here)) {
                return here.toRealPath();
            }
        }
        throw new IOException(folder + " leads nowhere");
    }
}
