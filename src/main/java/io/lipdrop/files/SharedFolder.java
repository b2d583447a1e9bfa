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
 * disk; nothing may be written there, because nobody would find it. So the folder gets a {@link FolderMark hidden file with
 * an id} when it is first used, and a record keeps path and id across restarts. If the id file is missing, the folder is used
 * again when the file is back, when the owner confirms the folder, or when the settings name another path.
 */
public final class SharedFolder {
    /** With an empty file of this name the owner confirms that the folder is the right one. Lipdrop then deletes it. */
    public static final String CONFIRMATION = "use-this-folder";

    /** Some editors add an extension. */
    private static final List<String> CONFIRMATIONS = List.of(CONFIRMATION, CONFIRMATION + ".txt");

    private final Path folder;
    private final @Nullable Path record;
    private final Mounts mounts;
    private @Nullable Place last;
    private boolean isNew;
    private boolean isCovered;

    /** A folder identified by its mount, while this process runs. */
    public SharedFolder(Path folder) {
        this(folder, null, Mounts.SYSTEM);
    }

    /** A folder identified by its id file. */
    public SharedFolder(Path folder, Path record) {
        this(folder, record, Mounts.SYSTEM);
    }

    SharedFolder(Path folder, @Nullable Path record, Mounts mounts) {
        this.folder = folder;
        this.record = record;
        this.mounts = mounts;
    }

    /**
     * Whether a record exists for this folder. If so, the folder is not created: a share may not be mounted yet.
     *
     * @param record where path and id are stored
     */
    public static boolean isKnown(Path folder, Path record) {
        return idIn(record, folder) != null;
    }

    /** The mount path of a file's disk or share; unlike a device name it is the same after a restart. */
    public static String mountOf(Path file) throws IOException {
        return Mounts.SYSTEM.of(file).root().toString();
    }

    /** The file store of a file: name of the share, or device of the disk. */
    public static String storeOf(Path file) throws IOException {
        return Files.getFileStore(file).name();
    }

    /**
     * Checks that the folder exists and is the same as before. Creates it again if someone deleted it.
     *
     * @throws IOException with a message for the user if it cannot be used
     */
    public synchronized void require() throws IOException {
        require(false);
    }

    /**
     * The same check, before a write.
     *
     * @return true if a share was just mounted over it: what was written before is hidden under the mount
     */
    public synchronized boolean use() throws IOException {
        require(true);
        boolean wasCovered = isCovered;
        isCovered = false;
        return wasCovered;
    }

    /** Whether a share that is mounted now is accepted as the folder: it was first used by this process, perhaps too early. */
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
                make(); // someone deleted it, or its id file
                remember(known);
            } else {
                throw away(mark);
            }
        }
    }

    /** While nothing was written into it, a share may be mounted over it, but a known share must not be unmounted. */
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

    /** The id file first: without a record it is adopted, but a record without its id file would wait forever. */
    private void remember(String id) throws IOException {
        if (record != null) {
            String its = FolderMark.ensure(folder, id);
            Files.createDirectories(record.resolveSibling(""));
            DurableFiles.write(record, (its + "\n" + folder + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The id in the record for this path; null if the record has another path, cannot be read, or does not exist. */
    private static @Nullable String idIn(Path record, Path folder) {
        try {
            List<String> lines = Files.readAllLines(record);
            boolean isOfPath = lines.size() > 1 && lines.get(1).equals(folder.toString());
            return isOfPath ? UUID.fromString(lines.get(0)).toString() : null;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | IllegalArgumentException e) {
            return null; // an unreadable record is ignored
        }
    }
}
