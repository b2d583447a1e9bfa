package io.lipdrop.uploads;

import io.lipdrop.home.Documents;
import io.lipdrop.stage.Uptime;
import io.lipdrop.uploads.UploadRefused.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One upload on disk: its record and its bytes. One request writes at a time. A request that has sent nothing for a moment may
 * belong to a connection that broke unnoticed: the next one takes over, and the old one cannot write any more.
 */
final class StoredUpload {
    private static final Logger log = LoggerFactory.getLogger(StoredUpload.class);

    /** A sender is alive if bytes arrived so recently. A client that was cut off tries again within seconds. */
    private static final Duration ALIVE = Duration.ofSeconds(2);

    private final Path record;
    private final Path content;
    private final Uptime uptime;
    private UploadDocument document;
    private @Nullable Writer writer;
    private boolean isHeld;
    private boolean isGone;

    StoredUpload(Path folder, UploadDocument document, Uptime uptime) {
        this.record = folder.resolve(document.id() + ".json");
        this.content = folder.resolve(document.id() + Uploads.CONTENT);
        this.document = document;
        this.uptime = uptime;
    }

    /** Makes the empty file, then the record; both are on disk when this returns. */
    void create() throws IOException {
        Files.createDirectories(content.resolveSibling(""));
        Files.createFile(content);
        try {
            Documents.write(record, document);
        } catch (IOException e) {
            Files.deleteIfExists(content);
            throw e;
        }
    }

    /** The sender's name for it, valid on every system. */
    synchronized String name() {
        return document.name();
    }

    /** How many bytes it has when it is finished. */
    synchronized long length() {
        return document.length();
    }

    /** As it stands. */
    synchronized Upload look(Duration keep) throws IOException {
        requireThere();
        String batch = document.batch();
        Instant used = document.usedAt();
        if (batch != null && used != null) {
            return view(document.length(), used.plus(keep), batch);
        }
        try {
            Instant changed = Files.getLastModifiedTime(content).toInstant();
            Instant last = changed.isAfter(document.createdAt()) ? changed : document.createdAt();
            return view(Files.size(content), last.plus(keep), null);
        } catch (NoSuchFileException e) {
            throw UploadRefused.unknown(document.id());
        }
    }

    private Upload view(long offset, Instant expiresAt, @Nullable String batch) {
        return new Upload(
                document.id(), document.name(), document.length(), offset, document.metadata(), expiresAt, batch);
    }

    /** Whether no batch has taken it. */
    synchronized boolean isUnused() {
        return !isGone && document.batch() == null;
    }

    /** How many bytes are still to come. */
    synchronized long missing() {
        try {
            return isGone || document.batch() != null ? 0 : Math.max(0, document.length() - Files.size(content));
        } catch (IOException e) {
            return 0;
        }
    }

    /** Opens the file for more bytes from this offset on. */
    synchronized Writer write(long offset) throws IOException {
        requireUnused();
        Writer other = writer;
        if (other != null && uptime.now().minus(other.heardAt).compareTo(ALIVE) < 0) {
            throw busy();
        }
        long size = size();
        if (offset != size) {
            throw new UploadRefused(
                    Reason.WRONG_OFFSET, "The upload is at byte %d, the request at %d.".formatted(size, offset));
        }
        if (other != null) {
            other.channel.close();
        }
        writer = new Writer(FileChannel.open(content, StandardOpenOption.WRITE), offset);
        return writer;
    }

    /** Keeps it for a batch: nobody else can take, change or delete it until it is released. */
    synchronized Path hold() throws IOException {
        requireUnused();
        if (size() != document.length()) {
            throw new UploadRefused(
                    Reason.UNFINISHED,
                    "Of %s (upload %s) only %d of %d bytes have arrived."
                            .formatted(document.name(), document.id(), size(), document.length()));
        }
        force(content); // from now on a batch relies on it
        isHeld = true;
        return content;
    }

    /** Brings a file that is whole to the disk ahead of the batch that will take it, so that this one has not to wait for it. */
    void settle() {
        try {
            force(content);
        } catch (IOException e) {
            log.debug("Upload {} is brought to the disk when a batch takes it", document.id(), e);
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** A claim on disk names it. */
    synchronized void keep() {
        isHeld = document.batch() == null;
    }

    synchronized void release() {
        isHeld = false;
    }

    /** Its bytes belong to a batch now. On disk when this returns. */
    synchronized void use(String batch, Instant at) throws IOException {
        if (!isGone && document.batch() == null) {
            UploadDocument used = document.usedBy(batch, at);
            Documents.write(record, used);
            document = used;
        }
        isHeld = false;
    }

    /** Deletes it, unless a batch has it. */
    synchronized void delete() throws IOException {
        requireUnused();
        remove();
    }

    /** Deletes it if it has expired. Whether it is gone. */
    synchronized boolean expire(Duration keep, Instant now) throws IOException {
        if (isGone) {
            return true;
        }
        boolean isWaitedFor = isHeld || writer != null || (document.batch() != null && Files.exists(content));
        boolean isExpired;
        try {
            isExpired = look(keep).expiresAt().isBefore(now);
        } catch (UploadRefused e) {
            isExpired = true; // somebody has deleted its file
        }
        if (!isWaitedFor && isExpired) {
            remove();
        }
        return isGone;
    }

    /** The record first: bytes without a record are no upload. */
    private void remove() throws IOException {
        Writer last = writer;
        if (last != null) {
            last.channel.close();
            writer = null;
        }
        Files.deleteIfExists(record);
        isGone = true;
        Files.deleteIfExists(content);
    }

    private long size() throws IOException {
        try {
            return Files.size(content);
        } catch (NoSuchFileException e) {
            throw UploadRefused.unknown(document.id());
        }
    }

    private void requireThere() {
        if (isGone) {
            throw UploadRefused.unknown(document.id());
        }
    }

    private void requireUnused() {
        requireThere();
        if (isHeld || document.batch() != null) {
            throw new UploadRefused(
                    Reason.USED,
                    "Upload %s was already used for %s."
                            .formatted(document.id(), document.batch() == null ? "another batch" : document.batch()));
        }
    }

    private UploadRefused busy() {
        return new UploadRefused(Reason.BUSY, "Another request is sending upload %s now.".formatted(document.id()));
    }

    /** The request that sends bytes. */
    final class Writer implements AutoCloseable {
        private final FileChannel channel;
        private long offset;
        private Duration heardAt;

        private Writer(FileChannel channel, long offset) {
            this.channel = channel;
            this.offset = offset;
            this.heardAt = uptime.now();
        }

        /**
         * Adds bytes.
         *
         * @throws UploadRefused if another request has taken over, or there are more bytes than were announced
         */
        void write(ByteBuffer bytes) throws IOException {
            synchronized (StoredUpload.this) {
                if (writer != this) {
                    throw busy();
                }
                boolean isTooMuch = bytes.remaining() > document.length() - offset;
                if (isTooMuch) {
                    bytes.limit(bytes.position() + (int) (document.length() - offset));
                }
                heardAt = uptime.now();
                while (bytes.hasRemaining()) {
                    offset += channel.write(bytes, offset);
                }
                if (isTooMuch) {
                    throw new UploadRefused(
                            Reason.TOO_LARGE, "More bytes arrived than the %d announced.".formatted(document.length()));
                }
            }
        }

        @Override
        public void close() throws IOException {
            synchronized (StoredUpload.this) {
                if (writer == this) {
                    writer = null;
                }
            }
            channel.close();
        }
    }

    static StoredUpload read(Path record, Uptime uptime) throws IOException {
        UploadDocument document = Documents.read(record, UploadDocument.class);
        Path folder = record.resolveSibling("");
        boolean isWhole =
                document != null && document.isComplete() && record.equals(folder.resolve(document.id() + ".json"));
        if (!isWhole) {
            throw new IOException(record + " is not the record of an upload");
        }
        return new StoredUpload(folder, document, uptime);
    }
}
