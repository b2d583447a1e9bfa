package io.lipdrop.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Documents;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.Names;
import io.lipdrop.job.Recoverable;
import io.lipdrop.job.Verdicts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The queue is a folder: one document a job, and every change of state is one rename. The file system's own order of
 * names is the order of work.
 */
@Component
@Order(3)
public class JobQueue implements Recoverable {
    /** The record of a batch whose jobs have been put into the queue. */
    public static final String BATCH_RECORD = "batch.json";

    private static final Logger log = LoggerFactory.getLogger(JobQueue.class);

    private final Folders folders;
    private final Ledger ledger;
    private final QueueTurn turn;

    JobQueue(Folders folders, Ledger ledger, QueueTurn turn) {
        this.folders = folders;
        this.ledger = ledger;
        this.turn = turn;
    }

    /** Puts the accepted jobs of a batch into the queue: once, however often it is called for the same batch. */
    public void add(@Body Verdicts verdicts) throws IOException {
        Batch batch = verdicts.batch();
        ledger.open(verdicts);
        Path pending = folders.staging(batch.id()).resolve("pending");
        Path record = folders.staging(batch.id()).resolve(BATCH_RECORD);
        Files.createDirectories(pending);
        if (!Files.exists(record)) {
            for (Job job : verdicts.accepted()) {
                Documents.write(pending.resolve(JobDocument.of(job).fileName()), job);
            }
            // INVARIANT: from here on the documents in pending/ move one by one and are never written again.
            Documents.write(record, batch);
        }
        for (Path document : documentsIn(pending)) {
            DurableFiles.move(document, folders.queued().resolve(Names.fileName(document)));
            log.info(
                    "{}: queued",
                    JobDocument.parse(Names.fileName(document))
                            .map(JobDocument::jobId)
                            .orElse("?"));
        }
    }

    /**
     * Reads the job that the queue's consumer has moved to {@code running/}.
     *
     * @throws NotAJob when it is something else, which is put aside
     */
    public Job begin(@Body File document) throws IOException {
        turn.pass();
        return read(folders.running().resolve(document.getName()))
                .orElseThrow(() -> new NotAJob(document.getName() + " in work/queued is not a job; it is put aside."));
    }

    /** Puts a running job back in its old place, to be taken again. */
    public void putBack(Job job) throws IOException {
        String name = runningName(job);
        Documents.write(folders.queued().resolve(name), job);
        Files.deleteIfExists(folders.running().resolve(name));
    }

    /** What was running when the last process ended goes back, one attempt the poorer, unless it had come to its end. */
    @Override
    public void recover() throws IOException {
        for (Path document : documentsIn(folders.running())) {
            Optional<Job> found = read(document);
            if (found.isEmpty() || ledger.of(found.get()).isPresent()) {
                Files.deleteIfExists(document);
            } else {
                queueAgain(found.get(), document);
            }
        }
    }

    private void queueAgain(Job job, Path document) throws IOException {
        Path place = folders.queued().resolve(Names.fileName(document));
        try {
            Documents.write(place, job.withAttempts(job.attempts() + 1));
            Files.delete(document);
            log.warn("{}: was running when Lipdrop ended (attempt {}), queued again", job.id(), job.attempts() + 1);
        } catch (IOException e) {
            DurableFiles.move(document, place); // a full disk: this needs no room
            log.warn("{}: was running when Lipdrop ended, queued again; not counted: {}", job.id(), e.toString());
        }
    }

    /** Waiting jobs' ids and their documents, in the order of work. */
    public Map<String, Path> queued() throws IOException {
        return idsIn(folders.queued());
    }

    /** The running jobs' ids and their documents. */
    public Map<String, Path> running() throws IOException {
        return idsIn(folders.running());
    }

    /** Whether no document anywhere speaks of this batch or its jobs any more. */
    public boolean isDoneWith(Batch batch) throws IOException {
        if (Files.exists(folders.claimed().resolve(batch.id() + ".json"))) {
            return false;
        }
        Set<String> open = new HashSet<>(queued().keySet());
        open.addAll(running().keySet());
        return batch.jobs().stream().map(Job::id).noneMatch(open::contains);
    }

    /** The job in a document; a document that is none is moved out of the way, where a person can find it. */
    private Optional<Job> read(Path document) throws IOException {
        try {
            Job job = Documents.read(document, Job.class);
            if (job != null && job.id() != null && job.video() != null && job.audio() != null) {
                return Optional.of(job);
            }
        } catch (JsonProcessingException e) {
            log.debug("{}", document, e);
        }
        Path aside = folders.work().resolve("aside").resolve(Names.fileName(document));
        log.warn("{} is not a job; moved to {}", document, aside);
        DurableFiles.move(document, aside);
        return Optional.empty();
    }

    private String runningName(Job job) throws IOException {
        Path document = running().get(job.id());
        return document != null ? Names.fileName(document) : JobDocument.of(job).fileName();
    }

    private static Map<String, Path> idsIn(Path folder) throws IOException {
        Map<String, Path> ids = new LinkedHashMap<>();
        for (Path document : documentsIn(folder)) {
            idIn(document).ifPresent(id -> ids.put(id, document));
        }
        return ids;
    }

    /** By its name; a person may have given it another, so else by what is in it. */
    private static Optional<String> idIn(Path document) {
        Optional<String> named = JobDocument.parse(Names.fileName(document)).map(JobDocument::jobId);
        if (named.isPresent()) {
            return named;
        }
        try {
            return Optional.ofNullable(Documents.read(document, Job.class)).map(Job::id);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The documents in a folder of the queue.
     *
     * @throws IOException while it is away: a queue that cannot be seen is not an empty one
     */
    private static List<Path> documentsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Names.fileName(file).endsWith(".json")
                            && !Names.fileName(file).startsWith("."))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
