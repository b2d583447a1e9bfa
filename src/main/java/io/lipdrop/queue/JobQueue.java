package io.lipdrop.queue;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.Verdict;
import io.lipdrop.stage.Recoverable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
@Order(4)
public class JobQueue implements Recoverable {
    private static final Logger log = LoggerFactory.getLogger(JobQueue.class);

    private final Folders folders;
    private final Records records;
    private final Ledger ledger;
    private final QueueTurn turn;

    JobQueue(Folders folders, Records records, Ledger ledger, QueueTurn turn) {
        this.folders = folders;
        this.records = records;
        this.ledger = ledger;
        this.turn = turn;
    }

    /** Puts an accepted job into the queue: once, and never one that has ended. */
    public void add(@Body Verdict verdict) throws IOException {
        if (verdict instanceof Verdict.Accepted accepted && !ledger.isChecked(accepted.job())) {
            Job job = accepted.job();
            Documents.write(folders.queued().resolve(JobDocument.of(job).fileName()), job);
            // INVARIANT: the document is there first. Whoever deletes it cancels the job; a job without one was never
            // checked.
            ledger.accept(job);
            log.info("{}: queued", job.id());
        }
    }

    /**
     * Reads the job that the queue's consumer has moved to {@code running/}.
     *
     * @throws NotAJob when it is something else, which is put aside, or a job that has ended
     */
    public Job begin(@Body File document) throws IOException {
        turn.pass();
        Job job = read(folders.running().resolve(document.getName()))
                .orElseThrow(() ->
                        new NotAJob(document.getName() + " in work/queued is not a job; it is moved to work/aside."));
        if (ledger.of(job).isPresent()) {
            throw new NotAJob(job.id() + " has already ended; its document is deleted.");
        }
        return job;
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
        for (Path document : Records.documentsIn(folders.running())) {
            try {
                recover(document);
            } catch (IOException e) {
                log.warn("{} cannot be read now and stays where it is: {}", document, e.toString());
            }
        }
        queueWhatAnEarlierVersionAccepted();
        Set<String> queued = queued().keySet();
        for (Batch batch : ledger.batches()) {
            batch.jobs().stream().filter(job -> queued.contains(job.id())).forEach(ledger::accept);
        }
        for (Job job : ledger.unreadable()) {
            if (!queued.contains(job.id())) {
                Documents.write(folders.queued().resolve(JobDocument.of(job).fileName()), job);
                ledger.accept(job);
                log.warn("{}: its result record cannot be read; the job runs again", job.id());
            }
        }
    }

    private void recover(Path document) throws IOException {
        Optional<Job> found = read(document);
        if (found.isPresent() && ledger.of(found.get()).isPresent()) {
            Files.deleteIfExists(document);
        } else if (found.isPresent()) {
            queueAgain(found.get(), document);
        }
    }

    /** An earlier version wrote the documents of a whole batch into {@code pending/} and moved them from there. */
    private void queueWhatAnEarlierVersionAccepted() throws IOException {
        for (Batch batch : ledger.batches()) {
            Path pending = folders.staging(batch.id()).resolve("pending");
            if (Files.isDirectory(pending)) {
                for (Path document : Records.documentsIn(pending)) {
                    DurableFiles.move(document, folders.queued().resolve(Names.fileName(document)));
                }
                DurableFiles.deleteTree(pending);
            }
        }
    }

    /** Puts back documents in {@code running/} that no worker has: an error kept Camel from doing so. */
    void putBackStranded(Set<String> inHand, Set<String> fileNames) throws IOException {
        for (Path document : Records.documentsIn(folders.running())) {
            String name = Names.fileName(document);
            if (fileNames.contains(name) && !inHand.contains(name)) {
                DurableFiles.move(document, folders.queued().resolve(name));
                log.warn("{}: no worker is processing it; requeued", name);
            }
        }
    }

    /** Takes a running job out of the queue. */
    void leave(Job job) throws IOException {
        Files.deleteIfExists(folders.running().resolve(runningName(job)));
    }

    private void queueAgain(Job job, Path document) throws IOException {
        Path place = folders.queued().resolve(Names.fileName(document));
        try {
            Documents.write(place, job.withAttempts(job.attempts() + 1));
            Files.delete(document);
            log.warn("{}: was running when Lipdrop stopped (attempt {}); requeued", job.id(), job.attempts() + 1);
        } catch (IOException e) {
            DurableFiles.move(document, place); // a full disk: this needs no room
            log.warn("{}: was running when Lipdrop stopped; requeued, attempt not counted: {}", job.id(), e.toString());
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
        if (ledger.isBeingChecked(batch)) {
            return false;
        }
        Set<String> open = new HashSet<>(queued().keySet());
        open.addAll(running().keySet());
        return batch.jobs().stream().map(Job::id).noneMatch(open::contains);
    }

    /** The job in a document; a document that is none is moved out of the way, where a person can find it. */
    private Optional<Job> read(Path document) throws IOException {
        return records.read(document, Job.class, JobQueue::isComplete);
    }

    /** Whether it is a job, with everything that is needed of one. */
    static boolean isComplete(Job job) {
        return job.id() != null
                && job.batch() != null
                && job.stem() != null
                && job.videoName() != null
                && job.video() != null
                && job.audioName() != null
                && job.audio() != null
                && job.options() != null
                && job.acceptedAt() != null;
    }

    private String runningName(Job job) throws IOException {
        Path document = running().get(job.id());
        return document != null ? Names.fileName(document) : JobDocument.of(job).fileName();
    }

    private static Map<String, Path> idsIn(Path folder) throws IOException {
        Map<String, Path> ids = new LinkedHashMap<>();
        for (Path document : Records.documentsIn(folder)) {
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
}
