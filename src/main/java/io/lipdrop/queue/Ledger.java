package io.lipdrop.queue;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Outcome;
import io.lipdrop.stage.Outcomes;
import io.lipdrop.stage.Recoverable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The batches that are not finished, which of their jobs were checked, and how those ended that have. A copy in memory of
 * {@code work/staging/}, so that ten thousand waiting jobs cost no reading.
 */
@Component
@Order(2)
public class Ledger implements Outcomes, Recoverable {
    private static final Logger log = LoggerFactory.getLogger(Ledger.class);

    /** The record of a batch, once its claim has been seen. */
    private static final String RECORD = "batch.json";

    /** Behind the job's id: the record of who cancelled it. */
    private static final String MARK_END = ".json";

    private final Folders folders;
    private final Records records;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final Map<String, Entry> open = new ConcurrentHashMap<>();

    Ledger(Folders folders, Records records, Clock clock, ApplicationEventPublisher events) {
        this.folders = folders;
        this.records = records;
        this.clock = clock;
        this.events = events;
    }

    /** A batch whose jobs are to be checked: its record is on the disk when this returns. */
    void open(Batch batch) throws IOException {
        if (!open.containsKey(batch.id())) {
            Entry entry = entryOf(batch);
            writeRecord(batch);
            open.put(batch.id(), entry);
        }
    }

    /** Every batch that is not finished. */
    public Collection<Batch> batches() {
        return open.values().stream().map(Entry::batch).toList();
    }

    /** A batch that is not finished. */
    Optional<Batch> batch(String id) {
        return Optional.ofNullable(open.get(id)).map(Entry::batch);
    }

    /** A job of a batch that is not finished. */
    public Optional<Job> job(String id) {
        return open.values().stream()
                .flatMap(entry -> entry.batch.jobs().stream())
                .filter(job -> job.id().equals(id))
                .findFirst();
    }

    /**
     * Notes that a job is to be cancelled, on disk when this returns, so that it stays so after a restart. The first who asked is
     * remembered.
     *
     * @return whether it is on disk; on a full disk it is known in this process only
     */
    boolean cancel(Job job, String by) {
        Entry entry = open.get(job.batch());
        if (entry == null) {
            return false;
        }
        synchronized (entry.cancelled) { // one writer a batch
            String first = entry.cancelled.computeIfAbsent(job.id(), id -> by);
            Path mark = folders.cancelled(job.batch()).resolve(job.id() + MARK_END);
            try {
                if (!Files.exists(mark)) {
                    records.write(mark, new Cancelled(first));
                }
                return true;
            } catch (IOException e) {
                log.warn("{}: cancelled, but that cannot be recorded: {}", job.id(), e.toString());
                return false;
            }
        }
    }

    /** Also of a job whose end as cancelled is recorded already: one that is just beginning must not go on. */
    @Override
    public Optional<String> cancelledBy(Job job) {
        Entry entry = open.get(job.batch());
        if (entry == null) {
            return Optional.empty();
        }
        Outcome outcome = entry.outcomes.get(job.id());
        boolean isOpen = outcome == null || outcome.state() == JobState.CANCELLED;
        return isOpen ? Optional.ofNullable(entry.cancelled.get(job.id())) : Optional.empty();
    }

    /** The batches of which videos may still have to be checked, by one look. */
    public Set<String> beingChecked() throws IOException {
        Set<String> ids = new HashSet<>();
        for (Path document : Records.documentsIn(folders.claimed())) {
            String name = Names.fileName(document);
            ids.add(name.substring(0, name.length() - Records.END.length()));
        }
        return ids;
    }

    private record Cancelled(String by) {}

    /**
     * Whether some jobs of a batch may still have to be checked. A batch without a document in {@code claimed/} has been seen
     * whole: so someone who deletes that document cancels what was not yet checked.
     */
    public boolean isBeingChecked(Batch batch) {
        return Files.exists(folders.claimed(batch.id()));
    }

    /** Whether validation has said what is to become of a job. */
    public boolean isChecked(Job job) {
        Entry entry = open.get(job.batch());
        return entry == null
                || entry.accepted.contains(job.id())
                || entry.cancelled.containsKey(job.id())
                || entry.outcomes.containsKey(job.id());
    }

    /** Whether a job has been in the queue. */
    @Override
    public boolean isAccepted(Job job) {
        Entry entry = open.get(job.batch());
        return entry != null && entry.accepted.contains(job.id());
    }

    /**
     * Notes that a job's document is in the queue. Should the mark not come to the disk, the document itself is found at the
     * next start.
     */
    void accept(Job job) {
        Entry entry = open.get(job.batch());
        if (entry == null || !entry.accepted.add(job.id())) {
            return;
        }
        try {
            DurableFiles.writeUnforced(folders.accepted(job.batch()).resolve(job.id()), new byte[0]);
        } catch (IOException e) {
            log.debug("{}: the marker file in accepted/ cannot be written", job.id(), e);
        }
    }

    /** Takes back that a job was accepted: its batch is claimed once more, for that one. */
    void checkAgain(Job job) throws IOException {
        Entry entry = open.get(job.batch());
        if (entry != null) {
            Path claimed = folders.claimed(job.batch());
            if (!Files.exists(claimed)) {
                records.write(claimed, entry.batch);
            }
            Files.deleteIfExists(folders.accepted(job.batch()).resolve(job.id()));
            entry.accepted.remove(job.id());
        }
    }

    @Override
    public void record(Job job, Outcome outcome) throws IOException {
        Path document = outcomeOf(job);
        boolean isNew = !Files.exists(document);
        if (isNew) {
            records.write(document, outcome);
        }
        Entry entry = open.get(job.batch());
        if (entry != null) {
            entry.outcomes.putIfAbsent(job.id(), outcome);
        }
        if (isNew) {
            events.publishEvent(outcome);
        }
    }

    @Override
    public Optional<Outcome> of(Job job) {
        Entry entry = open.get(job.batch());
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.outcomes.get(job.id()));
    }

    @Override
    public Map<Job, Outcome> unsuccessful(String batch) {
        Map<Job, Outcome> ended = new LinkedHashMap<>();
        Entry entry = open.get(batch);
        if (entry != null) {
            for (Job job : entry.batch.jobs()) {
                Outcome outcome = entry.outcomes.get(job.id());
                if (outcome != null && outcome.result() == null) {
                    ended.put(job, outcome);
                }
            }
        }
        return ended;
    }

    /** Jobs that had ended, but of which nobody can read how: they are made once more. */
    List<Job> unreadable() {
        return open.values().stream()
                .flatMap(entry -> entry.batch.jobs().stream().filter(job -> entry.unreadable.contains(job.id())))
                .toList();
    }

    /** A batch whose jobs have all ended: its sources go to the archive, everything half-made is deleted. */
    public void close(Batch batch) throws IOException {
        Path staging = folders.staging(batch.id());
        if (Files.exists(staging)) {
            DurableFiles.deleteTree(folders.renderings(batch.id()));
            DurableFiles.deleteTree(folders.voice(batch.id()));
            Path target = folders.archive().resolve(batch.id());
            for (int count = 2; Files.exists(target); count++) {
                target = folders.archive().resolve(batch.id() + "-" + count);
            }
            DurableFiles.move(staging, target);
            Files.setLastModifiedTime(target, FileTime.from(clock.instant()));
        }
        open.remove(batch.id());
    }

    @Override
    public void recover() throws IOException {
        for (Path staging : list(folders.staging())) {
            try {
                Batch batch = recordIn(staging);
                if (batch != null) {
                    open.put(batch.id(), entryOf(batch));
                }
            } catch (IOException e) {
                log.error("{} cannot be read now; check it and restart Lipdrop: {}", staging, e.toString());
            }
        }
    }

    /** The record in a folder of {@code staging/}; what the user's manifest may be called is no record. */
    private @Nullable Batch recordIn(Path staging) throws IOException {
        Path record = staging.resolve(RECORD);
        if (!Files.isRegularFile(record)) {
            return null;
        }
        return records.peek(record, Batch.class, batch -> isOf(batch, staging)).orElse(null);
    }

    private static boolean isOf(Batch batch, Path staging) {
        return Names.fileName(staging).equals(batch.id()) && isComplete(batch);
    }

    /** Whether it is a batch, with everything that is needed of one. */
    static boolean isComplete(Batch batch) {
        return batch.id() != null
                && batch.manifest() != null
                && !batch.jobs().isEmpty()
                && batch.claimedAt() != null
                && batch.jobs().stream().allMatch(Job::isComplete);
    }

    /** An earlier version kept a manifest called {@code batch.json} where our record belongs. */
    private void writeRecord(Batch batch) throws IOException {
        Path staging = folders.staging(batch.id());
        Path record = staging.resolve(RECORD);
        if (recordIn(staging) == null) {
            if (Files.exists(record)) {
                DurableFiles.move(record, folders.manifest(batch.id()).resolve(RECORD));
            }
            records.write(record, batch);
        }
    }

    private Entry entryOf(Batch batch) throws IOException {
        Entry entry = new Entry(batch);
        for (Path mark : list(folders.accepted(batch.id()))) {
            entry.accepted.add(Names.fileName(mark));
        }
        for (Path mark : list(folders.cancelled(batch.id()))) {
            String name = Names.fileName(mark);
            if (!name.endsWith(MARK_END) || name.startsWith(".")) {
                continue; // half-written
            }
            String id = name.substring(0, name.length() - MARK_END.length());
            records.read(mark, Cancelled.class, cancelled -> cancelled.by() != null)
                    .ifPresent(cancelled -> entry.cancelled.put(id, cancelled.by()));
        }
        for (Job job : batch.jobs()) {
            Path document = outcomeOf(job);
            if (Files.exists(document)) {
                records.read(document, Outcome.class, outcome -> outcome.state() != null && outcome.at() != null)
                        .ifPresentOrElse(
                                outcome -> entry.outcomes.put(job.id(), outcome), () -> entry.unreadable.add(job.id()));
            }
        }
        return entry;
    }

    private Path outcomeOf(Job job) {
        return folders.outcomes(job.batch()).resolve(job.id() + ".json");
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** A batch, and of its jobs how they ended, which were accepted, who cancelled them, and whose end cannot be read. */
    private record Entry(
            Batch batch,
            Map<String, Outcome> outcomes,
            Set<String> accepted,
            Map<String, String> cancelled,
            Set<String> unreadable) {
        Entry(Batch batch) {
            this(
                    batch,
                    new ConcurrentHashMap<>(),
                    ConcurrentHashMap.newKeySet(),
                    new ConcurrentHashMap<>(),
                    new HashSet<>());
        }
    }
}
