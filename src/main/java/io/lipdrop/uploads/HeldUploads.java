package io.lipdrop.uploads;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finished uploads that a batch is about to take: until this is closed, nobody else can take, change or delete them. */
public final class HeldUploads implements AutoCloseable {
    private final Map<String, StoredUpload> held = new LinkedHashMap<>();
    private final Map<String, File> files = new LinkedHashMap<>();
    private boolean isKept;

    HeldUploads() {}

    /**
     * The file of an upload.
     *
     * @param name the sender's name for it, valid on every system
     * @param path where it is
     */
    public record File(String name, Path path) {}

    void add(String id, StoredUpload upload) throws IOException {
        if (!held.containsKey(id)) {
            Path path = upload.hold();
            held.put(id, upload);
            files.put(id, new File(upload.name(), path));
        }
    }

    /** The files by the ids of their uploads. */
    public Map<String, File> files() {
        return Map.copyOf(files);
    }

    /** A claim that is on disk names them: they stay held until {@link Uploads#use}. */
    public void keep() {
        isKept = true;
    }

    @Override
    public void close() {
        if (!isKept) {
            held.values().forEach(StoredUpload::release);
        }
    }
}
