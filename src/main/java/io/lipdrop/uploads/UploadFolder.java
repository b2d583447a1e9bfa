package io.lipdrop.uploads;

import io.lipdrop.files.FreeSpace;
import io.lipdrop.home.Names;
import io.lipdrop.stage.Uptime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder {@code work/uploads/}: each upload's record and file are named by its id. */
final class UploadFolder {
    private static final Logger log = LoggerFactory.getLogger(UploadFolder.class);

    /** What stays free on the disk, so that running jobs and records can be written. */
    private static final long ROOM_TO_SPARE = 256L << 20;

    private final Path folder;
    private final FreeSpace space;
    private final Uptime uptime;

    UploadFolder(Path folder, FreeSpace space, Uptime uptime) {
        this.folder = folder;
        this.space = space;
        this.uptime = uptime;
    }

    /** An upload that is not on disk yet. */
    StoredUpload begin(UploadDocument document) {
        return new StoredUpload(folder, document, uptime);
    }

    /** The uploads of earlier processes, by id. */
    Map<String, StoredUpload> read() throws IOException {
        Map<String, StoredUpload> uploads = new HashMap<>();
        for (Path file : files()) {
            if (!Names.fileName(file).endsWith(".json")) {
                continue;
            }
            try {
                uploads.put(idOf(file), StoredUpload.read(file, uptime));
            } catch (IOException e) {
                log.warn("An upload is lost, its record cannot be read: {}", e.toString());
            }
        }
        return uploads;
    }

    /** Deletes what belongs to no upload and has not changed since. */
    void deleteStrays(Predicate<String> isUpload, Instant since) throws IOException {
        for (Path file : files()) {
            if (!isUpload.test(idOf(file)) && isOlder(file, since)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isOlder(Path file, Instant since) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(since);
        } catch (NoSuchFileException e) {
            return false; // a record that was just being written has its name now
        }
    }

    /** How many more bytes there is room for. */
    long room() throws IOException {
        Files.createDirectories(folder);
        return space.of(folder) - ROOM_TO_SPARE;
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    static String idOf(Path file) {
        String name = Names.fileName(file);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
