package io.lipdrop.files;

import io.lipdrop.files.Mounts.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A folder that may be on a network share. While the share is unmounted, its path does not exist or is a folder on a local
 * disk; nothing may be written there, because nobody would find it. So the folder gets a {@link FolderMark hidden mark} when it
 * is first used, and a record keeps its path and the mark's id, over restarts too. Where the mark is missing, the folder is
 * used again when the mark is back, when the owner says that it is the right one, or when the settings name another path.
 */
public final class SharedFolder {
    /** A file of this name, put into a folder by its owner, says that it is the right one. It is taken away then. */
    public static final String CONFIRMATION = "use-this-folder";

    /** Editors of some systems add an ending. */
    private static final List<String> CONFIRMATIONS = List.of(CONFIRMATION, CONFIRMATION + ".txt");

    private final Path folder;
    private final @Nullable Path record;
    private final Mounts mounts;
    private @Nullable Place last;
    private boolean isNew;
    private boolean isCovered;

    /** A folder that is known by what it lies on while this process runs. */
    public SharedFolder(Path folder) {
        this(folder, null, Mounts.SYSTEM);
    }

    /** A folder that is known by its mark. */
    public SharedFolder(Path folder, Path record) {
        this(folder, record, Mounts.SYSTEM);
    }

    SharedFolder(Path folder, @Nullable Path record, Mounts mounts) {
        this.folder = folder;
        this.record = record;
        this.mounts = mounts;
    }

    /**
     * Whether a record knows this folder: then it is not made, for a share may not be mounted yet.
     *
     * @param record where its path and id would be kept
     */
    public static boolean isKnown(Path folder, Path record) {
        return idIn(record, folder) != null;
    }

    /** The path that a file's disk or share is mounted on: unlike a device's name it is the same after a restart. */
    public static String mountOf(Path file) throws IOException {
        return Mounts.SYSTEM.of(file).root().toString();
    }

    /** What a file lies on: a share's name, a disk's device. */
    public static String storeOf(Path file) throws IOException {
        return Files.getFileStore(file).name();
    }

    /**
     * Makes sure that it is there, and the one that it was; makes it anew where someone deleted it.
     *
     * @throws IOException that says, for the user, why it cannot be used
     */
    public synchronized void require() throws IOException {
        require(false);
    }

    /**
     * The same before something is written into it.
     *
     * @return true where a share was just mounted over it: what was written before lies below, out of reach
     */
    public synchronized boolean use() throws IOException {
        require(true);
        boolean wasCovered = isCovered;
        isCovered = false;
        return wasCovered;
    }

    /** Whether a share that appears is taken for the folder: it was first used in this process, perhaps too early. */
    public synchronized boolean isNew() {
        return isNew;
    }

    private void require(boolean isUsed) throws IOException {
        String known = record == null ? null : idIn(record, folder);
        Place now = mounts.of(folder);
        if (known == null) {
            requireSamePlace(now);
            make();
            if (isUsed && record != null) {
                remember(UUID.randomUUID().toString());
                isNew = true;
            }
        } else {
            requireMark(known, now);
        }
        last = now;
    }

    private void requireMark(String known, Place now) throws IOException {
        String mark = FolderMark.read(folder);
        if (!known.equals(mark)) {
            boolean isMountedOver = isNew && last != null && now.isOver(last);
            isCovered |= isMountedOver;
            if (isConfirmed() || isMountedOver) {
                remember(UUID.randomUUID().toString());
                for (String name : CONFIRMATIONS) {
                    Files.deleteIfExists(folder.resolve(name));
                }
            } else if (mark == null && now.equals(last)) {
                make(); // someone deleted it, or its mark
                remember(known);
            } else {
                throw away(mark);
            }
        }
    }

    /** While nothing was ever written into it, a share may be mounted over it; but one that was there may not be gone. */
    private void requireSamePlace(Place now) throws IOException {
        boolean isSame = last == null || now.root().equals(last.root()) || (record != null && now.isOver(last));
        if (!isSame) {
            throw away(null);
        }
    }

    private boolean isConfirmed() {
        return CONFIRMATIONS.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    private IOException away(@Nullable String mark) {
        return new IOException((mark == null
                                ? "%s is not the same folder as before: is a network share unmounted?"
                                : "%s is a different folder than before: is another network share mounted there?")
                        .formatted(folder)
                + (record == null
                        ? ""
                        : " If it is the right folder, put an empty file named %s into it.".formatted(CONFIRMATION)));
    }

    private void make() throws IOException {
        if (!Files.isDirectory(folder)) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new IOException(folder + " does not exist and cannot be created", e);
            }
        }
    }

    /** The mark first: without a record it is taken over, but a record without its mark would wait for ever. */
    private void remember(String id) throws IOException {
        if (record != null) {
            String its = FolderMark.ensure(folder, id);
            Files.createDirectories(record.resolveSibling(""));
            DurableFiles.write(record, (its + "\n" + folder + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The id that the record has for this path; nothing where it has another path, cannot be read, or is not there. */
    private static @Nullable String idIn(Path record, Path folder) {
        try {
            List<String> lines = Files.readAllLines(record);
            boolean isOfPath = lines.size() > 1 && lines.get(1).equals(folder.toString());
            return isOfPath ? UUID.fromString(lines.get(0)).toString() : null;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | IllegalArgumentException e) {
            return null; // such a record knows nothing
        }
    }
}
