package io.lipdrop.uploads;

import io.lipdrop.files.FreeSpace;
import io.lipdrop.home.Folders;
import io.lipdrop.stage.Uptime;
import io.lipdrop.uploads.UploadRefused.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The uploads in {@code work/uploads/}: a record and a file each. How much of one has arrived is the length of its file, so
 * that it is true after a crash too. All methods may be called from any thread.
 */
@Component
public class Uploads {
    /** The end of the name of an upload's file. */
    static final String CONTENT = ".bin";

    private static final Logger log = LoggerFactory.getLogger(Uploads.class);
    private static final int ID_BYTES = 16;
    private static final int BUFFER_BYTES = 256 << 10;

    /** More that nobody uses are a mistake of a program. */
    private static final int MAX_UNUSED = 10_000;

    private final UploadFolder folder;
    private final UploadSettings settings;
    private final int maxUnused;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, StoredUpload> uploads = new ConcurrentHashMap<>();
    private volatile boolean isLoaded;

    @Autowired
    public Uploads(Folders folders, UploadSettings settings, Clock clock, Uptime uptime, FreeSpace space) {
        this(folders, settings, clock, uptime, space, MAX_UNUSED);
    }

    /** One with another limit for uploads that no batch has taken. */
    Uploads(Folders folders, UploadSettings settings, Clock clock, Uptime uptime, FreeSpace space, int maxUnused) {
        this.maxUnused = maxUnused;
        this.folder = new UploadFolder(folders.uploads(), space, uptime);
        this.settings = settings;
        this.clock = clock;
    }

    /** The largest file that is accepted, in bytes. */
    public long maxBytes() {
        return settings.maxSize().toBytes();
    }

    /**
     * Begins an upload; it is on disk when this returns.
     *
     * @param metadata of the sender, as tus has it
     * @throws UploadRefused if it is too large, there is no room, or the metadata cannot be read
     */
    public synchronized Upload create(long length, @Nullable String metadata) throws IOException {
        load();
        String name = UploadName.in(metadata);
        if (length > maxBytes()) {
            throw new UploadRefused(
                    Reason.TOO_LARGE,
                    "%s has %d bytes; allowed are %d (lipdrop.uploads.max-size).".formatted(name, length, maxBytes()));
        }
        if (uploads.values().stream().filter(StoredUpload::isUnused).count() >= maxUnused) {
            throw new UploadRefused(
                    Reason.TOO_MANY, "There are already %d uploads that no batch has taken.".formatted(maxUnused));
        }
        requireRoom(name, length);
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        UploadDocument document =
                new UploadDocument(HexFormat.of().formatHex(id), name, length, metadata, clock.instant(), null, null);
        StoredUpload upload = folder.begin(document);
        upload.create();
        uploads.put(document.id(), upload);
        return upload.look(settings.keep());
    }

    /**
     * An upload as it stands.
     *
     * @throws UploadRefused if there is none
     */
    public Upload look(String id) throws IOException {
        return of(id).look(settings.keep());
    }

    /**
     * Adds bytes to an upload. What has arrived is kept, whether this returns or not; it is forced to the disk when a batch takes
     * it. Should a power failure come before, the file is shorter then, and the sender goes on from there.
     *
     * @param announced how many bytes will come; negative if that is not known
     * @throws SenderGone if the connection breaks
     * @throws UploadRefused if the bytes cannot be taken
     */
    public Upload append(String id, long offset, long announced, InputStream body) throws IOException {
        StoredUpload upload = of(id);
        try (StoredUpload.Writer writer = upload.write(offset)) {
            if (announced > upload.length() - offset) {
                throw new UploadRefused(
                        Reason.TOO_LARGE, "The request has more bytes than are missing from upload " + id + ".");
            }
            receive(body, writer);
        }
        Upload now = upload.look(settings.keep());
        if (now.isFinished()) {
            var unused = CompletableFuture.runAsync(upload::settle);
        }
        return now;
    }

    /** Deletes an upload. */
    public void delete(String id) throws IOException {
        of(id).delete();
        uploads.remove(id);
    }

    /**
     * Holds finished uploads for a batch.
     *
     * @throws UploadRefused if one is unknown, unfinished, or used already
     */
    public HeldUploads hold(Collection<String> ids) throws IOException {
        HeldUploads held = new HeldUploads();
        boolean isWhole = false;
        try {
            for (String id : ids) {
                held.add(id, of(id));
            }
            isWhole = true;
            return held;
        } finally {
            if (!isWhole) {
                held.close();
            }
        }
    }

    /** A claim of an earlier process names these files of uploads: nobody else can have them. */
    public void keep(Collection<Path> files) throws IOException {
        of(files).forEach(StoredUpload::keep);
    }

    /** These files of uploads belong to a batch, as its claim says; on disk when this returns. */
    public void use(Collection<Path> files, String batch) throws IOException {
        for (StoredUpload upload : of(files)) {
            upload.use(batch, clock.instant());
        }
    }

    /** Deletes uploads that nothing happens to. */
    @Scheduled(initialDelay = 2, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void expire() throws IOException {
        load();
        Instant now = clock.instant();
        for (Map.Entry<String, StoredUpload> upload : List.copyOf(uploads.entrySet())) {
            if (upload.getValue().expire(settings.keep(), now)) {
                uploads.remove(upload.getKey());
                log.info(
                        "Upload {} deleted: nothing happened to it for {} h",
                        upload.getKey(),
                        settings.keep().toHours());
            }
        }
        folder.deleteStrays(uploads::containsKey, now.minus(settings.keep()));
    }

    private static void receive(InputStream body, StoredUpload.Writer writer) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (true) {
            int read;
            try {
                read = body.read(buffer);
            } catch (IOException e) {
                throw new SenderGone(e);
            }
            if (read < 0) {
                return;
            }
            try {
                writer.write(ByteBuffer.wrap(buffer, 0, read));
            } catch (IOException e) {
                if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("no space left")) {
                    throw new UploadRefused(Reason.NO_ROOM, "The disk of work/ is full.");
                }
                throw e;
            }
        }
    }

    private void requireRoom(String name, long length) throws IOException {
        long toCome = uploads.values().stream().mapToLong(StoredUpload::missing).sum();
        long free = folder.room() - toCome;
        if (length > free) {
            throw new UploadRefused(
                    Reason.NO_ROOM,
                    "%s has %d bytes; there is room for %d.".formatted(name, length, Math.max(0, free)));
        }
    }

    private StoredUpload of(String id) throws IOException {
        if (!isLoaded) {
            load();
        }
        StoredUpload upload = uploads.get(id);
        if (upload == null) {
            throw UploadRefused.unknown(id);
        }
        return upload;
    }

    private List<StoredUpload> of(Collection<Path> files) throws IOException {
        load();
        return files.stream()
                .flatMap(file -> Optional.ofNullable(uploads.get(UploadFolder.idOf(file))).stream())
                .toList();
    }

    /** Reads the records of an earlier process, when they are first needed. */
    private synchronized void load() throws IOException {
        if (isLoaded) {
            return;
        }
        uploads.putAll(folder.read());
        isLoaded = true;
    }
}
