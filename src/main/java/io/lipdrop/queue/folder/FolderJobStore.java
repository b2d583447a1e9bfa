package io.lipdrop.queue.folder;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.job.Job;
import io.lipdrop.queue.JobStore;
import io.lipdrop.queue.NotAJob;
import io.lipdrop.queue.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Jobs as documents in two folders: {@code work/queued/} and {@code work/running/}, one a job. Every change of state is one rename; the
 * order of names is the order of work. The documents of jobs that run are moved by Camel's file consumer.
 */
@Component
class FolderJobStore implements JobStore {
    private static final Logger log = LoggerFactory.getLogger(FolderJobStore.class);

    private final Folders folders;
    private final Records records;
    private final QueueTurn turn;

    FolderJobStore(Folders folders, Records records, QueueTurn turn) {
        this.folders = folders;
        this.records = records;
        this.turn = turn;
    }

    @Override
    public void add(Job job) throws IOException {
        records.write(folders.queued().resolve(JobDocument.of(job).fileName()), job);
    }

    @Override
    public Job taken(Exchange exchange) throws IOException {
        turn.pass();
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME_ONLY, String.class);
        return read(folders.running().resolve(name))
                .orElseThrow(() -> new NotAJob(name + " in work/queued is not a job; it is moved to work/aside."));
    }

    @Override
    public boolean putBack(Job job) throws IOException {
        Path document = runningDocuments().get(job.id());
        if (document == null) {
            return false;
        }
        records.write(folders.queued().resolve(Names.fileName(document)), job);
        Files.deleteIfExists(document);
        return true;
    }

    @Override
    public void end(Job job) throws IOException {
        Path document = runningDocuments().get(job.id());
        if (document != null) {
            Files.deleteIfExists(document);
        }
    }

    @Override
    public void cancel(Set<String> ids) throws IOException {
        for (Map.Entry<String, Path> waiting : idsIn(folders.queued()).entrySet()) {
            if (ids.contains(waiting.getKey())) {
                Files.deleteIfExists(waiting.getValue());
            }
        }
    }

    @Override
    public boolean move(Job job, boolean first) throws IOException {
        Map<String, Path> waiting = idsIn(folders.queued());
        Path now = waiting.get(job.id());
        if (now == null) {
            return false;
        }
        Optional<Path> ahead = waiting.values().stream()
                .filter(document -> !document.equals(now))
                .findFirst();
        String name = (first && ahead.isPresent()
                        ? JobDocument.before(Names.fileName(ahead.get()), job)
                        : JobDocument.of(job))
                .fileName();
        Path then = folders.queued().resolve(name);
        if (then.equals(now)) {
            return true;
        }
        try {
            DurableFiles.move(now, then); // INVARIANT: one rename; the consumer takes it before or after
        } catch (NoSuchFileException e) {
            return false; // it has just begun
        }
        return true;
    }

    @Override
    public List<String> waiting() throws IOException {
        return List.copyOf(idsIn(folders.queued()).keySet());
    }

    @Override
    public Set<String> running() throws IOException {
        return idsIn(folders.running()).keySet();
    }

    @Override
    public void recover(HasEnded hasEnded) throws IOException {
        for (Path document : Records.documentsIn(folders.running())) {
            try {
                recover(document, hasEnded);
            } catch (IOException e) {
                log.warn("{} cannot be read now and stays where it is: {}", document, e.toString());
            }
        }
        queueWhatAnEarlierVersionAccepted();
    }

    private void recover(Path document, HasEnded hasEnded) throws IOException {
        Optional<Job> found = read(document);
        if (found.isPresent() && hasEnded.test(found.get())) {
            Files.deleteIfExists(document);
        } else if (found.isPresent()) {
            queueAgain(found.get(), document);
        }
    }

    private void queueAgain(Job job, Path document) throws IOException {
        Path place = folders.queued().resolve(Names.fileName(document));
        try {
            records.write(place, job.withAttempts(job.attempts() + 1));
            Files.delete(document);
            log.warn("{}: was running when Lipdrop stopped (attempt {}); requeued", job.id(), job.attempts() + 1);
        } catch (IOException e) {
            DurableFiles.move(document, place); // a full disk: this needs no room
            log.warn("{}: was running when Lipdrop stopped; requeued, attempt not counted: {}", job.id(), e.toString());
        }
    }

    /** An earlier version wrote the documents of a whole batch into {@code pending/} and moved them from there. */
    private void queueWhatAnEarlierVersionAccepted() throws IOException {
        try (Stream<Path> batches = Files.list(folders.staging())) {
            for (Path pending :
                    batches.map(batch -> batch.resolve(Folders.PENDING)).toList()) {
                if (Files.isDirectory(pending)) {
                    for (Path document : Records.documentsIn(pending)) {
                        DurableFiles.move(document, folders.queued().resolve(Names.fileName(document)));
                    }
                    DurableFiles.deleteTree(pending);
                }
            }
        } catch (NoSuchFileException e) {
            log.debug("There is no batch yet", e);
        }
    }

    /** The running jobs' documents, by the jobs' ids. */
    Map<String, Path> runningDocuments() throws IOException {
        return idsIn(folders.running());
    }

    /** Puts back a document in {@code running/} that no worker has: an error kept Camel from doing so. */
    void putBackStranded(Path document) throws IOException {
        if (!Files.isDirectory(folders.queued())) {
            return; // it is away: another one in its place would hide it
        }
        DurableFiles.move(document, folders.queued().resolve(Names.fileName(document)));
        log.warn("{}: no worker is processing it; requeued", Names.fileName(document));
    }

    /** Deletes a document in {@code running/} whose job has ended: Camel could not reach it by way of {@code queued/}. */
    void deleteStranded(Path document) throws IOException {
        Files.deleteIfExists(document);
    }

    @Override
    public String consumer(CamelContext camel, String uri, int worker) {
        if (!(camel.getEndpoint(uri) instanceof GenericFileEndpoint<?>)) {
            return uri;
        }
        String own = worker == 1 ? uri : uri + other(camel, uri, worker);
        turn.share(camel.getEndpoint(own, GenericFileEndpoint.class));
        return own;
    }

    /** Camel wants another endpoint for each consumer of a folder: one that leaves out what no job is called. */
    private static String other(CamelContext camel, String uri, int worker) {
        char separator = camel.resolvePropertyPlaceholders(uri).contains("?") ? '&' : '?';
        return separator + "antExclude=worker-" + worker;
    }

    /** The job in a document; a document that is none is moved out of the way, where a person can find it. */
    private Optional<Job> read(Path document) throws IOException {
        return records.read(document, Job.class, Job::isComplete);
    }

    private Map<String, Path> idsIn(Path folder) throws IOException {
        Map<String, Path> ids = new LinkedHashMap<>();
        for (Path document : Records.documentsIn(folder)) {
            idIn(document).ifPresent(id -> ids.put(id, document));
        }
        return ids;
    }

    /** By its name; a person may have given it another, so else by what is in it. */
    private Optional<String> idIn(Path document) {
        Optional<String> named = JobDocument.parse(Names.fileName(document)).map(JobDocument::jobId);
        if (named.isPresent()) {
            return named;
        }
        try {
            return records.peek(document, Job.class, Job::isComplete).map(Job::id);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
