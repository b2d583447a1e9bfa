package io.lipdrop.uploads;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finished uploads that a batch is about to take: until this is closed, nobody else can take, change or delete them. */
public final class HeldUploads implements AutoCloseable {
    private final Map<String, StoredUpload> held = new LinkedHashMap<>();
    private final Map<String, File> files = new LinkedHashMap<>();
    private final Clock clock;

    HeldUploads(Clock clock) {
        this.clock = clock;
    }

    /**
     * The file of an upload.
     *
     * @param name the sender's name for it, valid on every system
     * @param path where it is
     */
    public record File(String name, Path path) {}

    void add(String id, String name, StoredUpload upload) throws IOException {
        if (!held.containsKey(id)) {
            Path path = upload.hold();
            held.put(id, upload);
            files.put(id, new File(name, path));
        }
    }

    /** The files by the ids of their uploads. */
    public Map<String, File> files() {
        return Map.copyOf(files);
    }

    /** They belong to this batch from now on; on disk when this returns. */
    public void use(String batch) throws IOException {
        for (StoredUpload upload : held.values()) {
            upload.use(batch, clock.instant());
        }
    }

    @Override
    public void close() {
        held.values().forEach(StoredUpload::release);
    }
}
