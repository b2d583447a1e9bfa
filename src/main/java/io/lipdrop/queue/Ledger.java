package io.lipdrop.queue;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Documents;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.Names;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.Outcomes;
import io.lipdrop.job.Recoverable;
import io.lipdrop.job.Verdicts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The batches that are not finished and how their jobs ended so far. A copy in memory of {@code work/staging/}, so that
 * ten thousand waiting jobs cost no reading.
 */
@Component
@Order(2)
public class Ledger implements Outcomes, Recoverable {
    private final Folders folders;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final Map<String, Entry> open = new ConcurrentHashMap<>();

    Ledger(Folders folders, Clock clock, ApplicationEventPublisher events) {
        this.folders = folders;
        this.clock = clock;
        this.events = events;
    }

    /** A batch whose jobs are in the queue or already rejected. */
    public void open(@Body Verdicts verdicts) {
        open.computeIfAbsent(verdicts.batch().id(), id -> new Entry(verdicts.batch(), new ConcurrentHashMap<>()));
    }

    /** Every batch that is not finished. */
    public Collection<Batch> batches() {
        return open.values().stream().map(Entry::batch).toList();
    }

    @Override
    public void record(Job job, Outcome outcome) throws IOException {
        Path document = folders.outcomes(job.batch()).resolve(job.id() + ".json");
        if (!Files.exists(document)) {
            Documents.write(document, outcome);
            events.publishEvent(outcome);
        }
        Entry entry = open.get(job.batch());
        if (entry != null) {
            entry.outcomes.putIfAbsent(job.id(), outcome);
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

    /** A batch whose jobs have all ended: its sources go to the archive, everything half-made is deleted. */
    public void close(Batch batch) throws IOException {
        Path staging = folders.staging(batch.id());
        if (Files.exists(staging)) {
            DurableFiles.deleteTree(staging.resolve("rendering"));
            DurableFiles.deleteTree(staging.resolve("voice"));
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
        if (!Files.isDirectory(folders.staging())) {
            return;
        }
        try (Stream<Path> stagings = Files.list(folders.staging())) {
            for (Path staging : stagings.toList()) {
                Path record = staging.resolve(JobQueue.BATCH_RECORD);
                if (Files.exists(record)) {
                    Batch batch = Documents.read(record, Batch.class);
                    open.put(batch.id(), new Entry(batch, outcomesOf(batch)));
                }
            }
        }
    }

    private Map<String, Outcome> outcomesOf(Batch batch) throws IOException {
        Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
        for (Path file : list(folders.outcomes(batch.id()))) {
            if (Names.fileName(file).endsWith(".json")) {
                Outcome outcome = Documents.read(file, Outcome.class);
                outcomes.put(outcome.job(), outcome);
            }
        }
        return outcomes;
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private record Entry(Batch batch, Map<String, Outcome> outcomes) {}
}
