package io.lipdrop.files;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which mounted file system a folder lies on. */
interface Mounts {
    /** As the operating system has it. */
    Mounts SYSTEM = Mounts::placeOf;

    /** What was found of the few folders that are asked about; a store is another one when it is mounted elsewhere. */
    Map<Path, Place> KNOWN = new ConcurrentHashMap<>();

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
        Path start = nearest(folder);
        FileStore store = Files.getFileStore(start);
        Place known = KNOWN.get(start);
        if (known != null && known.store().equals(store)) {
            return known; // asked several times a second; each step up would ask the system again
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
