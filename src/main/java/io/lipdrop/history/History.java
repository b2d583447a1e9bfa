package io.lipdrop.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.lipdrop.files.Stamp;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.TakenNames;
import io.lipdrop.status.BatchStatus;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.BatchStatuses;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The finished batches, as they lie in outbox and error: what someone deleted there with a file manager is gone here too. While
 * a share is away, what was known still holds. Answers from memory, after a look at the folders of what is asked for; from any thread.
 */
@Component
public class History {
    private static final Logger log = LoggerFactory.getLogger(History.class);

    /** No file has it: what carries it is read again. */
    private static final Stamp UNKNOWN = new Stamp(-3, 0);

    private final HistoryIndex index;
    private final HistoryWatch watch;
    private final ResultReader reader;
    private final ResultFolders results;
    private final BatchStatuses open;
    private final Deletions deletions;
    private final Holds holds = new Holds();

    History(
            HistoryIndex index,
            HistoryWatch watch,
            ResultReader reader,
            ResultFolders results,
            BatchStatuses open,
            Deletions deletions) {
        this.index = index;
        this.watch = watch;
        this.reader = reader;
        this.results = results;
        this.open = open;
        this.deletions = deletions;
    }

    /** A batch that nobody else changes until it is closed. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** What became of a request to delete a batch. */
    public enum Deletion {
        /** Its results and reports are gone. */
        DELETED,
        /** It has not ended. */
        OPEN,
        /** It is being retried or deleted. */
        HELD,
        /** There is no such batch. */
        UNKNOWN
    }

    /** A batch ends; it is known here before it is open no longer. */
    @EventListener
    void ended(BatchStatus.Ended ended) {
        try {
            BatchStatus last = EndedStatus.complete(ended.last());
            index.put(Entry.of(last, stampOf(last.batch())));
        } catch (RuntimeException e) { // it is found in the outbox later
            log.warn("{}: cannot be noted as finished", ended.last().batch(), e);
        }
    }

    private Stamp stampOf(String batch) {
        try {
            return reader.stamp(batch);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** Whether everything that lies in the folders is known; not for some seconds after the index was lost, nor while a share is away. */
    public boolean isComplete() {
        return watch.isComplete();
    }

    /** How many batches are known. */
    public int size() {
        return index.entries().size();
    }

    /**
     * Finished batches, newest first, without a look at their folders.
     *
     * @param from those after this position, and the one at it; null: all
     */
    public Stream<EndedBatch> newestFirst(@Nullable Position from) {
        return index.entries().from(from).stream().map(Entry::batch);
    }

    /** The same batch as it is now; nothing where it was deleted meanwhile. */
    public Optional<EndedBatch> now(EndedBatch batch) {
        return known(batch.id()).map(Entry::batch);
    }

    /** A finished batch with its jobs, of which files that are gone are not named. */
    public Optional<EndedBatch> batch(String id) {
        return known(id).map(entry -> withFiles(entry.batch()));
    }

    /** A job of a finished batch. */
    public Optional<EndedJob> job(String id) {
        String batch = index.entries().ofJob(id).map(Entry::id).orElseGet(() -> Entries.batchIn(id));
        return batch(batch).flatMap(found -> found.job(id));
    }

    /** The report of a job, if it has one. */
    public Optional<ErrorReport> report(EndedJob job) throws IOException {
        return report(job.batch(), job.status());
    }

    /** The same of a job that has ended, whether or not its batch has. */
    public Optional<ErrorReport> report(String batch, JobStatus job) throws IOException {
        return job.report() == null ? Optional.empty() : reader.report(batch, job.report());
    }

    /** The sidecar of a job that has ended, if it has one. */
    public Optional<JsonNode> sidecar(String batch, JobStatus job) throws IOException {
        String video = job.result();
        return video == null
                ? Optional.empty()
                : reader.sidecar(batch, video.substring(0, Math.max(video.lastIndexOf('.'), 0)) + ".json");
    }

    /** Keeps others from retrying or deleting a batch; nothing where someone is at it. */
    public Optional<Hold> hold(String batch) {
        return holds.take(batch);
    }

    /**
     * Deletes the results and reports of a batch that has ended. Its archived sources stay for their time.
     *
     * @throws IOException where outbox or error cannot be changed now
     */
    public Deletion delete(String batch) throws IOException {
        if (open.summary(batch).isPresent()) {
            return Deletion.OPEN;
        }
        Hold hold = hold(batch).orElse(null);
        if (hold == null) {
            return Deletion.HELD;
        }
        try (hold) {
            return reader.within(() -> deleteHeld(batch));
        }
    }

    private Deletion deleteHeld(String batch) throws IOException {
        if (!ResultReader.isName(batch) || index.read(batch).isEmpty()) {
            return Deletion.UNKNOWN;
        }
        results.require();
        deletions.delete(batch);
        index.remove(batch);
        log.info("{}: results and reports deleted", batch);
        return Deletion.DELETED;
    }

    /** As it was known, where its document has not changed; else as it is read now. */
    private Optional<Entry> known(String id) {
        Optional<Entry> known = index.entries().of(id);
        if (watch.isHangingUp() || (known.isEmpty() && !ResultReader.isName(id))) {
            return known;
        }
        try {
            boolean isSame = known.isPresent()
                    && !known.get().isOfReportsOnly()
                    && reader.stamp(id).equals(known.get().stamp());
            if (isSame || (known.isEmpty() && open.summary(id).isPresent())) {
                return known;
            }
            return index.read(id);
        } catch (IOException e) {
            log.debug("{} cannot be looked at now", id, e);
            return known;
        }
    }

    private EndedBatch withFiles(EndedBatch batch) {
        if (watch.isHangingUp()) {
            return batch;
        }
        try {
            Set<String> videos = new HashSet<>(reader.results(batch.id()));
            Set<String> reports = new HashSet<>(reader.failures(batch.id()));
            List<JobStatus> jobs = batch.status().jobs();
            boolean isWhole = jobs.stream()
                    .allMatch(job -> (job.result() == null || videos.contains(job.result()))
                            && (job.report() == null || reports.contains(job.report())));
            if (isWhole) {
                return batch;
            }
            requireFolders(); // otherwise nothing is known of its files
            TakenNames thereOfVideos = new TakenNames(videos);
            TakenNames thereOfReports = new TakenNames(reports);
            List<JobStatus> left = jobs.stream()
                    .map(job -> job.without(isGone(job.result(), thereOfVideos), isGone(job.report(), thereOfReports)))
                    .toList();
            return new EndedBatch(batch.status().with(left), batch.searchText());
        } catch (IOException e) {
            log.debug("{} cannot be looked at now", batch.id(), e);
            return batch;
        }
    }

    private void requireFolders() throws IOException {
        reader.within(() -> {
            results.require();
            return true;
        });
    }

    private static boolean isGone(@Nullable String name, TakenNames there) {
        return name != null && !there.has(name);
    }
}
