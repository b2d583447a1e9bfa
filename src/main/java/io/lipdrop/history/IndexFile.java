package io.lipdrop.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.files.PendingFile;
import io.lipdrop.files.Stamp;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.status.BatchStatus;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * {@code work/history/batches.jsonl}: one line for each batch that ended or is gone, so that a start reads one file and not one
 * of each batch. It may lack lines or be lost: the folders tell the same. So lines are not forced to disk, and one that cannot be
 * read is ignored.
 */
@Component
class IndexFile {
    private static final Logger log = LoggerFactory.getLogger(IndexFile.class);

    /** Above this many lines that say nothing any more, and as many as the others, it is written anew. */
    private static final int MIN_WASTE = 1000;

    private static final byte[] LINE_END = {'\n'};

    private final Path file;
    private int lines;
    private boolean isBegun;
    private boolean isBroken;

    IndexFile(Folders folders) {
        file = folders.work().resolve("history").resolve("batches.jsonl");
    }

    /** Either a batch with the stamp of its document, or the name of one that is gone. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Line(
            @Nullable BatchStatus batch,
            long bytes,
            long millis,
            @Nullable String gone) {}

    /** What it says. */
    synchronized Collection<Entry> read() throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(file)) {
            LineBuffer buffer = new LineBuffer(in);
            for (byte[] line = buffer.next(); line != null; line = buffer.next()) {
                lines++;
                read(line, entries);
            }
        } catch (NoSuchFileException e) {
            return entries.values();
        }
        return entries.values();
    }

    private void read(byte[] document, Map<String, Entry> entries) throws IOException {
        try {
            Line line = Documents.read(document, Line.class);
            if (line == null) {
                isBroken = true;
            } else if (line.gone != null) {
                entries.remove(line.gone);
            } else if (line.batch != null && EndedStatus.isOf(line.batch.batch(), line.batch)) {
                Stamp stamp = new Stamp(line.bytes, line.millis);
                entries.put(line.batch.batch(), Entry.of(EndedStatus.complete(line.batch), stamp));
            }
        } catch (JsonProcessingException e) {
            isBroken = true; // written while the machine or the disk failed
            log.debug("{}: a line is ignored", file, e);
        }
    }

    void add(Entry entry) {
        append(new Line(
                entry.batch().status(), entry.stamp().bytes(), entry.stamp().millis(), null));
    }

    void remove(String id) {
        append(new Line(null, 0, 0, id));
    }

    private synchronized void append(Line line) {
        try {
            if (!isBegun) {
                Files.createDirectories(file.resolveSibling(""));
            }
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                byte[] document = Documents.line(line);
                byte[] all = new byte[document.length + 2];
                all[0] = '\n'; // the last line may be half-written
                System.arraycopy(document, 0, all, 1, document.length);
                all[all.length - 1] = '\n';
                out.write(all);
            }
            isBegun = true;
            lines++;
        } catch (IOException e) {
            if (!isBroken) {
                log.warn("{} cannot be written, and is written anew later: {}", file, e.toString());
            }
            isBroken = true;
        }
    }

    /** Writes it anew where that is due. */
    synchronized void tidy(Collection<Entry> entries) {
        int waste = lines - entries.size();
        boolean isLost = !Files.exists(file) && !entries.isEmpty();
        if (!isBroken && !isLost && (waste < MIN_WASTE || waste < entries.size())) {
            return;
        }
        try (PendingFile pending = new PendingFile(file)) {
            Files.createDirectories(file.resolveSibling(""));
            int count = 0;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(pending.path()))) {
                for (Entry entry : entries) {
                    Stamp stamp = entry.stamp();
                    out.write(Documents.line(new Line(entry.batch().status(), stamp.bytes(), stamp.millis(), null)));
                    out.write(LINE_END);
                    count++;
                }
            }
            pending.commit();
            lines = count;
            isBroken = false;
        } catch (IOException e) {
            log.debug("{} cannot be written anew now", file, e);
        }
    }
}
