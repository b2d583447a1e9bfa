package io.lipdrop.queue;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.job.Batch;
import io.lipdrop.job.CancelMark;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The open batches on disk, in {@code work/staging/<batch>/}: the record of each, a mark for each job that was accepted or cancelled, and
 * how those ended that have.
 */
@Component
class BatchRecords {
    private static final Logger log = LoggerFactory.getLogger(BatchRecords.class);

    private final Folders folders;
    private final Records records;

    BatchRecords(Folders folders, Records records) {
        this.folders = folders;
        this.records = records;
    }

    /** Every batch that has a record. One that cannot be read now is found at the next start. */
    List<OpenBatch> readAll() throws IOException {
        List<OpenBatch> open = new ArrayList<>();
        for (Path staging : list(folders.staging())) {
            try {
                Batch batch = recordIn(staging);
                if (batch != null) {
                    open.add(read(batch));
                }
            } catch (IOException e) {
                log.error("{} cannot be read now; check it and restart Lipdrop: {}", staging, e.toString());
            }
        }
        return open;
    }

    /** What is known of a batch's jobs. */
    OpenBatch read(Batch batch) throws IOException {
        OpenBatch open = new OpenBatch(batch);
        for (Path mark : list(folders.accepted(batch.id()))) {
            open.accepted().add(Names.fileName(mark));
        }
        if (Files.isDirectory(folders.cancelled(batch.id()))) {
            for (Path mark : Records.documentsIn(folders.cancelled(batch.id()))) {
                open.cancelled().put(Records.idOf(mark), byIn(mark));
            }
        }
        Path markOfAll = folders.cancelledBatch(batch.id());
        if (Files.exists(markOfAll)) {
            open.allCancelled().set(byIn(markOfAll));
        }
        for (Job job : batch.jobs()) {
            Path document = outcomeOf(job);
            if (Files.exists(document)) {
                records.read(document, Outcome.class, outcome -> outcome.state() != null && outcome.at() != null)
                        .ifPresentOrElse(
                                outcome -> open.outcomes().put(job.id(), outcome),
                                () -> open.unreadable().add(job.id()));
            }
        }
        return open;
    }

    /** A mark that cannot be read is a mark. */
    private String byIn(Path mark) throws IOException {
        return records.peek(mark, CancelMark.class, cancelled -> cancelled.by() != null)
                .map(CancelMark::by)
                .orElse("unknown");
    }

    /** Writes the record of a batch, once. An earlier version kept a manifest called {@code batch.json} in its place. */
    void write(Batch batch) throws IOException {
        Path staging = folders.staging(batch.id());
        Path record = staging.resolve(Folders.BATCH);
        if (recordIn(staging) == null) {
            if (Files.exists(record)) {
                DurableFiles.move(record, folders.manifest(batch.id()).resolve(Folders.BATCH));
            }
            records.write(record, batch);
        }
    }

    /** Writes the record of a batch anew. */
    void rewrite(Batch batch) throws IOException {
        records.write(folders.staging(batch.id()).resolve(Folders.BATCH), batch);
    }

    /** The record in a folder of {@code staging/}; what the user's manifest may be called is no record. */
    private @Nullable Batch recordIn(Path staging) throws IOException {
        Path record = staging.resolve(Folders.BATCH);
        if (!Files.isRegularFile(record)) {
            return null;
        }
        return records.peek(
                        record, Batch.class, batch -> Names.fileName(staging).equals(batch.id()) && isComplete(batch))
                .orElse(null);
    }

    /** Whether it is a batch, with everything that is needed of one. */
    static boolean isComplete(Batch batch) {
        return batch.id() != null
                && batch.manifest() != null
                && !batch.jobs().isEmpty()
                && batch.claimedAt() != null
                && batch.jobs().stream().allMatch(Job::isComplete);
    }

    /** The document in {@code claimed/}, which is there while videos of a batch may have to be checked. */
    void claim(Batch batch) throws IOException {
        Path claimed = folders.claimed(batch.id());
        if (!Files.exists(claimed)) {
            records.write(claimed, batch);
        }
    }

    /** The mark has what validation saw of the job. */
    void accept(Job job) throws IOException {
        Preflight preflight = job.preflight();
        byte[] content = preflight == null ? new byte[0] : Documents.bytes(preflight);
        DurableFiles.writeUnforced(folders.accepted(job.batch()).resolve(job.id()), content);
    }

    /** What validation saw of a job that it has accepted; nothing in marks of earlier versions. */
    Optional<Preflight> preflight(Job job) {
        Path mark = folders.accepted(job.batch()).resolve(job.id());
        try {
            return Files.size(mark) == 0
                    ? Optional.empty()
                    : records.peek(mark, Preflight.class, preflight -> preflight.width() > 0);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void takeBackAccepted(Job job) throws IOException {
        Files.deleteIfExists(folders.accepted(job.batch()).resolve(job.id()));
    }

    /** On disk when this returns; the first one stays. */
    void cancel(Job job, String by) throws IOException {
        mark(folders.cancelled(job.batch()).resolve(job.id() + Records.END), by);
    }

    /** The same for all jobs of a batch that have not ended. */
    void cancelAll(Batch batch, String by) throws IOException {
        mark(folders.cancelledBatch(batch.id()), by);
    }

    private void mark(Path mark, String by) throws IOException {
        if (!Files.exists(mark)) {
            records.write(mark, new CancelMark(by));
        }
    }

    /** On disk when this returns; the first one stays. Whether this was it. */
    boolean end(Job job, Outcome outcome) throws IOException {
        Path document = outcomeOf(job);
        boolean isFirst = !Files.exists(document);
        if (isFirst) {
            records.write(document, outcome);
        }
        return isFirst;
    }

    /** The sources of a batch go to the archive, everything half-made is deleted. */
    void archive(Batch batch, Instant at) throws IOException {
        Path staging = folders.staging(batch.id());
        if (!Files.exists(staging)) {
            return;
        }
        DurableFiles.deleteTree(folders.renderings(batch.id()));
        DurableFiles.deleteTree(folders.voice(batch.id()));
        Path target = folders.archive().resolve(batch.id());
        for (int count = 2; Files.exists(target); count++) {
            target = folders.archive().resolve(batch.id() + "-" + count);
        }
        DurableFiles.move(staging, target);
        Files.setLastModifiedTime(target, FileTime.from(at));
    }

    private Path outcomeOf(Job job) {
        return folders.outcomes(job.batch()).resolve(job.id() + Records.END);
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
