package io.lipdrop.status;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JacksonException;
import io.lipdrop.files.SharedFolder;
import io.lipdrop.files.Stamp;
import io.lipdrop.home.Folders;
import io.lipdrop.home.HomeDocuments;
import io.lipdrop.home.Names;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * {@code work/drops/}: how each drop that is no batch of jobs ends when its manifest has left the inbox. Lipdrop may end between that
 * moment and the one at which everybody was told; then the next process finds the document, and no manifest.
 */
@Component
class UntoldEnds {
    private static final Logger log = LoggerFactory.getLogger(UntoldEnds.class);

    private static final String END = ".json";

    private final Folders folders;
    private final ResultFolders results;
    private final HomeDocuments documents;
    private final Clock clock;
    private final Map<String, Untold> known = new ConcurrentHashMap<>();
    /** Documents of earlier processes of which nothing is decided; null before the first look. */
    private @Nullable List<Path> found;

    UntoldEnds(Folders folders, ResultFolders results, HomeDocuments documents, Clock clock) {
        this.folders = folders;
        this.results = results;
        this.documents = documents;
        this.clock = clock;
    }

    /**
     * The document.
     *
     * @param manifest the manifest's name in reports
     * @param last as long as this lies in its place, the drop has not ended
     * @param stamp of that file; absent where any file of its name will do
     * @param inbox the mount of the inbox: while it is away, nothing is known of its files
     */
    private record Untold(
            String batch,
            String manifest,
            JobState state,
            String message,
            Instant createdAt,
            Path last,
            @Nullable Stamp stamp,
            String inbox) {
        Untold {
            Objects.requireNonNull(batch);
            Objects.requireNonNull(manifest);
            Objects.requireNonNull(state);
            Objects.requireNonNull(message);
            Objects.requireNonNull(createdAt);
            Objects.requireNonNull(last);
            Objects.requireNonNull(inbox);
        }

        @JsonIgnore
        boolean isRefusal() {
            return stamp != null;
        }
    }

    /** A drop waits, and will have ended when its manifest is gone; not forced to disk. */
    void waits(BatchStatus drop, String endMessage) {
        Untold before = known.get(drop.batch());
        try {
            if (isTaken(drop.batch())) {
                forget(drop.batch());
            } else if (before == null || before.isRefusal()) {
                Path manifest = folders.inbox().resolve(drop.manifest());
                Untold end = new Untold(
                        drop.batch(),
                        drop.manifest(),
                        JobState.CANCELLED,
                        endMessage,
                        drop.cameAt(),
                        manifest,
                        null,
                        inbox());
                documents.writeUnforced(document(drop.batch()), end);
                known.put(drop.batch(), end);
            }
        } catch (IOException e) {
            log.debug("{}: what becomes of it is not told if Lipdrop is killed", drop.batch(), e);
        }
    }

    /** A drop is about to end like this; on disk when this returns. */
    void ends(BatchStatus last, Path file) throws IOException {
        Untold end = new Untold(
                last.batch(),
                last.manifest(),
                last.state(),
                last.message(),
                last.cameAt(),
                file,
                Stamp.of(file),
                inbox());
        documents.write(document(last.batch()), end);
        known.put(last.batch(), end);
    }

    /** When the drop was created that is about to end, as long as it is not told. */
    Optional<Instant> createdAt(String batch) {
        return Optional.ofNullable(known.get(batch)).map(Untold::createdAt);
    }

    /** Its end was told, or is told as that of a batch of jobs. */
    void forget(String batch) throws IOException {
        Files.deleteIfExists(document(batch));
        known.remove(batch);
    }

    /** The ends of earlier processes that are to be told now; each once. */
    synchronized List<BatchStatus> due() {
        List<BatchStatus> due = new ArrayList<>();
        List<Path> open = new ArrayList<>();
        for (Path document : found()) {
            try {
                decide(document).ifPresent(due::add);
            } catch (IOException e) {
                log.debug("{}: nothing can be said of it now", document, e);
                open.add(document);
            }
        }
        found = open;
        return due;
    }

    private List<Path> found() {
        List<Path> documents = found;
        if (documents != null) {
            return documents;
        }
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> Names.fileName(file).endsWith(END)).toList();
        } catch (IOException e) {
            return List.of(); // there was no drop yet
        }
    }

    /** The end that a document tells; nothing where it has not come, and the document goes. */
    private Optional<BatchStatus> decide(Path document) throws IOException {
        Untold end;
        try {
            end = documents.read(document, Untold.class);
        } catch (JacksonException e) {
            Files.deleteIfExists(document); // half of it: its drop is looked at anew
            return Optional.empty();
        }
        if (known.containsKey(end.batch)) { // a drop of this process has its name
            return Optional.empty();
        }
        if (isTaken(end.batch) || !hasEnded(end) || hasJobs(end.batch)) {
            Files.deleteIfExists(document);
            return Optional.empty();
        }
        known.put(end.batch, end);
        log.info("{}: ended when Lipdrop did: {}", end.batch, end.message);
        BatchStatus last = BatchStatus.ofDrop(end.batch, end.manifest, end.state, end.message, clock.instant());
        return Optional.of(last.createdAt(end.createdAt));
    }

    /** Whether it has left its place; a file of its name that came later is another drop. */
    private boolean hasEnded(Untold end) throws IOException {
        if (!end.inbox.equals(inbox())) {
            throw new IOException(folders.inbox() + " is away");
        }
        results.require();
        Stamp now = Stamp.of(end.last);
        if (now.equals(Stamp.NONE)) {
            return true;
        }
        return end.stamp != null
                && !end.stamp.equals(now)
                && Files.exists(folders.error().resolve(end.batch).resolve(Names.fileName(end.last)));
    }

    /** Whether a document of its own says what becomes of it: a claim, a retry, or a batch of jobs. */
    private boolean isTaken(String batch) {
        return Stream.of(
                        folders.claim(batch),
                        folders.retry(batch),
                        folders.claimed(batch),
                        folders.staging(batch).resolve(Folders.BATCH))
                .anyMatch(Files::exists);
    }

    /** Whether it has become a batch of jobs, which may have ended. */
    private boolean hasJobs(String batch) throws IOException {
        Path file = folders.outbox().resolve(batch).resolve(ResultFolders.STATUS);
        try {
            return Files.exists(file) && !BatchStatus.read(file).jobs().isEmpty();
        } catch (JacksonException e) {
            return false;
        }
    }

    private String inbox() throws IOException {
        return Files.isDirectory(folders.inbox()) ? SharedFolder.mountOf(folders.inbox()) : "";
    }

    private Path folder() {
        return folders.work().resolve("drops");
    }

    private Path document(String batch) {
        return folder().resolve(batch + END);
    }
}
