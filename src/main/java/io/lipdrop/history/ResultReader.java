package io.lipdrop.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.lipdrop.files.Stamp;
import io.lipdrop.home.BoundedFolder;
import io.lipdrop.home.Documents;
import io.lipdrop.home.FolderAccess;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.status.BatchStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads what lies in outbox and error of a batch. Many people can write there: no link is followed, nothing is read without a
 * limit, and what is no document of ours is ignored.
 */
@Component
class ResultReader {
    private static final Logger log = LoggerFactory.getLogger(ResultReader.class);

    /** The status of a batch of 50,000 videos has 20 MB. */
    private static final int MAX_STATUS_BYTES = 64 << 20;

    /** Of nearly all file systems. */
    private static final int MAX_NAME_BYTES = 255;

    private static final int MAX_DOCUMENT_BYTES = 4 << 20;

    private final FolderAccess access;
    private final Path outboxPath;
    private final Path errorPath;
    private final BoundedFolder outbox;
    private final BoundedFolder error;

    ResultReader(Folders folders, FolderAccess access) {
        this.access = access;
        outboxPath = folders.outbox();
        errorPath = folders.error();
        outbox = access.folder(outboxPath);
        error = access.folder(errorPath);
    }

    /** Does more in outbox and error, likewise with few others at a time. */
    <T> T within(FolderAccess.Step<T> step) throws IOException {
        return access.within(outboxPath, () -> access.within(errorPath, step));
    }

    /** Whether a text can be the name of a batch's folder: one step, and nothing hidden. */
    static boolean isName(String id) {
        try {
            return !id.isEmpty()
                    && id.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES
                    && !id.startsWith(".")
                    && id.chars().noneMatch(unit -> unit == '/' || unit == '\\' || Character.isISOControl(unit))
                    && Path.of(id).getNameCount() == 1;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** The batch as it lies there; nothing where it has not ended, or has left nothing. */
    Optional<Entry> read(String id) throws IOException {
        if (!isName(id)) {
            return Optional.empty();
        }
        Path file = outboxPath.resolve(id).resolve(ResultFolders.STATUS);
        Optional<BasicFileAttributes> found = outbox.attributes(file);
        if (found.isEmpty()) {
            return fromReports(id);
        }
        return status(file, found.get())
                .filter(status -> EndedStatus.isOf(id, status))
                .map(status -> Entry.of(EndedStatus.complete(status), Stamp.of(found.get())));
    }

    private Optional<BatchStatus> status(Path file, BasicFileAttributes found) throws IOException {
        if (!found.isRegularFile() || found.size() > MAX_STATUS_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Documents.read(outbox.read(file, MAX_STATUS_BYTES), BatchStatus.class));
        } catch (JsonProcessingException | NoSuchFileException e) {
            log.debug("{}", file, e);
            return Optional.empty();
        }
    }

    /** Its status is gone, but what failed of it is still there. */
    private Optional<Entry> fromReports(String id) throws IOException {
        TreeMap<String, ErrorReport> reports = new TreeMap<>();
        for (String name : error.list(errorPath.resolve(id))) {
            if (name.endsWith(Names.REPORT)) {
                report(id, name).ifPresent(report -> reports.put(name, report));
            }
        }
        return reports.isEmpty()
                ? Optional.empty()
                : Optional.of(Entry.of(EndedStatus.ofReports(id, reports), Stamp.NONE));
    }

    /** The present stamp of a batch's {@code status.json}. */
    Stamp stamp(String id) throws IOException {
        return outbox.attributes(outboxPath.resolve(id).resolve(ResultFolders.STATUS))
                .map(Stamp::of)
                .orElse(Stamp.NONE);
    }

    /** Whether it has a folder in outbox or error. */
    Optional<BasicFileAttributes> folder(String id) throws IOException {
        Optional<BasicFileAttributes> results = outbox.attributes(outboxPath.resolve(id));
        return results.isPresent() ? results : error.attributes(errorPath.resolve(id));
    }

    /** A report, if it is there and one of ours. */
    Optional<ErrorReport> report(String id, String name) throws IOException {
        return document(error, errorPath, id, name, ErrorReport.class)
                .filter(report -> report.code() != null && report.at() != null);
    }

    /** A sidecar, if it is there. */
    Optional<JsonNode> sidecar(String id, String name) throws IOException {
        return document(outbox, outboxPath, id, name, JsonNode.class);
    }

    private static <T> Optional<T> document(BoundedFolder root, Path path, String id, String name, Class<T> type)
            throws IOException {
        if (!isName(id) || !isName(name)) {
            return Optional.empty();
        }
        try {
            byte[] content = root.read(path.resolve(id).resolve(name), MAX_DOCUMENT_BYTES);
            return Optional.ofNullable(Documents.read(content, type));
        } catch (JsonProcessingException | NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The names of its finished files; none where its folder is gone. */
    List<String> results(String id) throws IOException {
        return outbox.list(outboxPath.resolve(id));
    }

    /** The names of its reports and what lies beside them; none where its folder is gone. */
    List<String> failures(String id) throws IOException {
        return error.list(errorPath.resolve(id));
    }

    List<String> batchFolders() throws IOException {
        return outbox.list(outboxPath);
    }

    List<String> failureFolders() throws IOException {
        return error.list(errorPath);
    }

    /** When something was last added to outbox and error, or taken away. */
    List<Optional<FileTime>> rootTimes() throws IOException {
        return List.of(time(outboxPath), time(errorPath));
    }

    private static Optional<FileTime> time(Path root) throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(root));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
