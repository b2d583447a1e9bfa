package io.lipdrop.files;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the mounted file system of a folder. */
interface Mounts {
    /** Asks the operating system. */
    Mounts SYSTEM = Mounts::placeOf;

    /** Cached results; a store mounted elsewhere is a different store. */
    Map<Path, Place> KNOWN = new ConcurrentHashMap<>();

    /**
     * The mount of a folder; for one that does not exist, of the folder in which it would be created.
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
        /** Whether this was mounted over the other: its root is closer to the folder. */
        boolean isOver(Place other) {
            return !root.equals(other.root) && root.startsWith(other.root);
        }
    }

    private static Place placeOf(Path folder) throws IOException {
        Path start = nearest(folder);
        FileStore store = Files.getFileStore(start);
        Place known = KNOWN.get(start);
        if (known != null && known.store().equals(store)) {
            return known; // called several times per second; each step up is a system call
        }
        Path root = start;
        for (Path above = root.getParent(); above != null; above = above.getParent()) {
            if (!Files.getFileStore(above).equals(store)) {
                break;
            }
            root = above;
        }
        Place found = new Place(root, store);
        KNOWN.put(start, found);
        return found;
    }

    private static Path nearest(Path folder) throws IOException {
        for (Path here = folder.toAbsolutePath(); here != null; here = here.getParent()) {
            if (Files.exists(here)) {
                return here.toRealPath();
            }
        }
        throw new IOException(folder + " does not exist");
    }
}
