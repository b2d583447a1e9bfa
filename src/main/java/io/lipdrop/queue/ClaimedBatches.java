package io.lipdrop.queue;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.stage.GrowingPause;
import io.lipdrop.stage.Recoverable;
import io.lipdrop.stage.Uptime;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The claimed batches and which of their videos is checked next: that of the batch with the highest priority, then of the one
 * that came first. A batch's document stays in {@code work/claimed/} until the last of its videos has been checked. Where a check
 * is not possible now, its batch pauses and the others go on.
 */
@Component
@Order(3)
public class ClaimedBatches implements GenericFileFilter<File>, Comparator<GenericFile<File>>, Recoverable {
    private static final Logger log = LoggerFactory.getLogger(ClaimedBatches.class);

    private final Folders folders;
    private final Records records;
    private final Ledger ledger;
    private final Uptime uptime;
    private final Map<String, BatchCheck> checks = new HashMap<>();
    /** Batches that cannot be opened now, and why: each by itself, so that none keeps the others from being seen. */
    private final Map<String, String> unopened = new HashMap<>();

    ClaimedBatches(Folders folders, Records records, Ledger ledger, Uptime uptime) {
        this.folders = folders;
        this.records = records;
        this.ledger = ledger;
        this.uptime = uptime;
    }

    /** Takes up each batch that was claimed since, so that it is seen while others are checked. */
    public synchronized void look() throws IOException {
        List<Path> documents = Records.documentsIn(folders.claimed());
        for (Path document : documents) {
            String id = Records.idOf(document);
            try {
                checkOf(document);
                unopened.remove(id);
            } catch (IOException e) {
                String why = Diagnosis.words(e);
                if (!why.equals(unopened.put(id, why))) {
                    log.warn("{}: validation is waiting: {}", id, why);
                }
            }
        }
        unopened.keySet().retainAll(documents.stream().map(Records::idOf).toList());
        checks.keySet().retainAll(documents.stream().map(Records::idOf).toList());
    }

    @Override
    public void recover() throws IOException {
        look();
        tellOfLostBatches();
    }

    /** Whether a batch's document in {@code claimed/} has a video that can be checked now. */
    @Override
    public synchronized boolean accept(GenericFile<File> document) {
        try {
            return checkOf(document.getFile().toPath())
                    .filter(BatchCheck::isPossibleNow)
                    .isPresent();
        } catch (IOException e) {
            log.debug("{} cannot be read now", document.getFileNameOnly(), e);
            return false;
        }
    }

    @Override
    public synchronized int compare(GenericFile<File> one, GenericFile<File> other) {
        BatchCheck first = checks.get(Records.idOf(one.getFile().toPath()));
        BatchCheck second = checks.get(Records.idOf(other.getFile().toPath()));
        if (first == null || second == null) {
            return one.getFileNameOnly().compareTo(other.getFileNameOnly());
        }
        return first.compareTo(second);
    }

    /** The video of a batch that is to be checked next. */
    public synchronized Job next(@Body File document) throws IOException {
        return checkOf(document.toPath())
                .map(BatchCheck::next)
                .orElseThrow(() -> new NoSuchFileException(document.getName(), null, "there is nothing left to check"));
    }

    /** One video of a batch is in the queue or has its report; after the last one the batch needs no check any more. */
    public synchronized void checked(@ExchangeProperty("job") Job job) throws IOException {
        BatchCheck check = checks.get(job.batch());
        if (check == null) {
            return; // its document was deleted meanwhile
        }
        check.succeeded();
        checkOf(folders.claimed(job.batch()));
    }

    /** A video could not be checked now: another one of its batch is next, after a pause that grows. */
    public synchronized void pause(
            @Header(Exchange.FILE_NAME_ONLY) String document,
            @ExchangeProperty("job") @Nullable Job job,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        BatchCheck check = checks.get(Records.idOf(Path.of(document)));
        if (check == null) {
            return; // its document was deleted meanwhile
        }
        check.failed(job, cause);
    }

    /** A job whose sources have changed since is no longer accepted. */
    synchronized void checkAgain(Job job) throws IOException {
        ledger.checkAgain(job);
        BatchCheck check = checks.get(job.batch());
        if (check != null) {
            check.batch().jobs().stream()
                    .filter(one -> one.id().equals(job.id()))
                    .map(ledger::current)
                    .forEach(check::add);
        }
    }

    /** Why the videos of a batch cannot be checked now, if so. */
    public synchronized Optional<String> reason(String batch) {
        return Optional.ofNullable(checks.get(batch)).flatMap(BatchCheck::reason);
    }

    /** Which batches cannot be checked now, and why. */
    public synchronized List<String> reasons() {
        Map<String, String> waiting = new TreeMap<>(unopened);
        for (BatchCheck check : checks.values()) {
            check.reason().ifPresent(why -> waiting.put(check.batch().id(), why));
        }
        return waiting.entrySet().stream()
                .map(entry -> "validation of %s is waiting: %s".formatted(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** What there is to check in a batch; nothing where its document is gone, or is none and has been put aside. */
    private Optional<BatchCheck> checkOf(Path document) throws IOException {
        String id = Records.idOf(document);
        if (!Files.exists(document)) {
            checks.remove(id);
            return Optional.empty();
        }
        BatchCheck check = checks.get(id);
        if (check == null) {
            Optional<Batch> batch = batchIn(document);
            if (batch.isEmpty()) {
                return Optional.empty();
            }
            ledger.open(batch.get());
            check = new BatchCheck(batch.get(), new GrowingPause(uptime));
            checks.put(id, check);
        }
        if (!check.hasNext(ledger::isChecked)) {
            end(check.batch());
            return Optional.empty();
        }
        return Optional.of(check);
    }

    /** One that cannot be read is put aside; where its batch is known, it goes on without. */
    private Optional<Batch> batchIn(Path document) throws IOException {
        String id = Records.idOf(document);
        Optional<Batch> known = ledger.batch(id);
        Optional<Batch> claimed =
                records.read(document, Batch.class, batch -> id.equals(batch.id()) && BatchRecords.isComplete(batch));
        if (claimed.isEmpty() && known.isPresent()) {
            records.write(document, known.get());
        }
        return known.or(() -> claimed);
    }

    private void end(Batch batch) throws IOException {
        Files.deleteIfExists(folders.claimed(batch.id()));
        checks.remove(batch.id());
        long refused =
                batch.jobs().stream().filter(job -> !ledger.isAccepted(job)).count();
        int all = batch.jobs().size();
        log.info("{}: {} of {} video(s) accepted", batch.id(), all - refused, all);
    }

    /** Folders of batches that no document speaks of any more, which only damage can have done. */
    private void tellOfLostBatches() throws IOException {
        try (Stream<Path> batches = Files.list(folders.staging())) {
            for (Path staging : batches.toList()) {
                String batch = Names.fileName(staging);
                boolean isLost = ledger.batch(batch).isEmpty()
                        && Files.isDirectory(folders.media(batch))
                        && !Files.exists(folders.claim(batch))
                        && !Files.exists(folders.retry(batch));
                if (isLost) {
                    log.warn("{} has no readable record: drop the files in it again, then delete it", staging);
                }
            }
        }
    }
}
