package io.lipdrop.queue;

import io.lipdrop.home.Folders;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.Outcome;
import io.lipdrop.stage.Outcomes;
import io.lipdrop.stage.Recoverable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private final Folders folders;
    private final BatchRecords records;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final Map<String, OpenBatch> open = new ConcurrentHashMap<>();

    Ledger(Folders folders, BatchRecords records, Clock clock, ApplicationEventPublisher events) {
        this.folders = folders;
        this.records = records;
        this.clock = clock;
        this.events = events;
    }

    /** A batch whose jobs are to be checked: its record is on the disk when this returns. */
    void open(Batch batch) throws IOException {
        if (!open.containsKey(batch.id())) {
            OpenBatch entry = records.read(batch);
            records.write(batch);
            open.put(batch.id(), entry);
        }
    }

    /** Every batch that is not finished. */
    public Collection<Batch> batches() {
        return open.values().stream().map(OpenBatch::batch).toList();
    }

    /** A batch that is not finished. */
    public Optional<Batch> batch(String id) {
        return Optional.ofNullable(open.get(id)).map(OpenBatch::batch);
    }

    /** A job of a batch that is not finished. */
    public Optional<Job> job(String id) {
        return open.values().stream().flatMap(entry -> entry.job(id).stream()).findFirst();
    }

    /**
     * A job of an open batch as it is now: with the priority that somebody has given it while it waited.
     *
     * @param job as its document has it
     */
    Job current(Job job) {
        OpenBatch entry = open.get(job.batch());
        return entry == null
                ? job
                : entry.job(job.id())
                        .map(known -> job.withPriority(known.priority()))
                        .orElse(job);
    }

    /** Notes a job's new priority, for reports and for another check; on a full disk it is known in this process only. */
    public void prioritise(Job job) {
        open.computeIfPresent(job.batch(), (id, entry) -> {
            OpenBatch then = entry.with(entry.batch().with(job));
            try {
                records.rewrite(then.batch());
            } catch (IOException e) {
                log.warn("{}: its new priority cannot be recorded: {}", job.id(), e.toString());
            }
            return then;
        });
    }

    /**
     * Notes that a job is to be cancelled, on disk when this returns, so that it stays so after a restart; on a full disk it is known
     * in this process only. The first who asked is remembered.
     */
    void cancel(Job job, String by) {
        OpenBatch entry = open.get(job.batch());
        if (entry == null) {
            return;
        }
        synchronized (entry.cancelled()) { // one writer a batch
            String first = entry.cancelled().computeIfAbsent(job.id(), id -> by);
            try {
                records.cancel(job, first);
            } catch (IOException e) {
                log.warn("{}: cancelled, but that cannot be recorded: {}", job.id(), e.toString());
            }
        }
    }

    /**
     * The same for all jobs of a batch that have not ended, with one mark however many they are.
     *
     * @return whether it is on disk
     */
    boolean cancelAll(Batch batch, String by) {
        OpenBatch entry = open.get(batch.id());
        if (entry == null) {
            return false;
        }
        synchronized (entry.cancelled()) {
            entry.allCancelled().compareAndSet(null, by);
            try {
                records.cancelAll(batch, by);
                return true;
            } catch (IOException e) {
                log.warn("{}: cancelled, but that cannot be recorded: {}", batch.id(), e.toString());
                return false;
            }
        }
    }

    /** Also of a job whose end as cancelled is recorded already: one that is just beginning must not go on. */
    @Override
    public Optional<String> cancelledBy(Job job) {
        OpenBatch entry = open.get(job.batch());
        return entry == null ? Optional.empty() : entry.wantsCancelled(job);
    }

    /** The batches of which videos may still have to be checked, by one look. */
    public Set<String> beingChecked() throws IOException {
        Set<String> ids = new HashSet<>();
        for (Path document : Records.documentsIn(folders.claimed())) {
            ids.add(Records.idOf(document));
        }
        return ids;
    }

    /**
     * Whether some jobs of a batch may still have to be checked. A batch without a document in {@code claimed/} has been seen
     * whole: so someone who deletes that document cancels what was not yet checked.
     */
    public boolean isBeingChecked(Batch batch) {
        return Files.exists(folders.claimed(batch.id()));
    }

    /** Whether validation has said what is to become of a job. */
    public boolean isChecked(Job job) {
        OpenBatch entry = open.get(job.batch());
        return entry == null || entry.isChecked(job);
    }

    /** Whether a job has been in the queue. */
    @Override
    public boolean isAccepted(Job job) {
        OpenBatch entry = open.get(job.batch());
        return entry != null && entry.accepted().contains(job.id());
    }

    /** What validation saw of a job that it has accepted; read once where an earlier process wrote it. */
    public Optional<Preflight> preflight(Job job) {
        OpenBatch entry = open.get(job.batch());
        return entry == null || !entry.accepted().contains(job.id())
                ? Optional.empty()
                : entry.preflights().computeIfAbsent(job.id(), id -> records.preflight(job));
    }

    /**
     * Notes that a job's document is in the queue. Should the mark not come to the disk, the document itself is found at the
     * next start.
     */
    void accept(Job job) {
        OpenBatch entry = open.get(job.batch());
        if (entry == null || !entry.accepted().add(job.id())) {
            return;
        }
        if (job.preflight() != null) {
            entry.preflights().put(job.id(), Optional.of(job.preflight()));
        }
        try {
            records.accept(job);
        } catch (IOException e) {
            log.debug("{}: the marker file in accepted/ cannot be written", job.id(), e);
        }
    }

    /** Takes back that a job was accepted: its batch is claimed once more, for that one. */
    void checkAgain(Job job) throws IOException {
        OpenBatch entry = open.get(job.batch());
        if (entry != null) {
            records.claim(entry.batch());
            records.takeBackAccepted(job);
            entry.accepted().remove(job.id());
            entry.preflights().remove(job.id());
        }
    }

    @Override
    public void record(Job job, Outcome outcome) throws IOException {
        boolean isFirst = records.end(job, outcome);
        OpenBatch entry = open.get(job.batch());
        if (entry != null) {
            entry.outcomes().putIfAbsent(job.id(), outcome);
        }
        if (isFirst) {
            events.publishEvent(outcome);
        }
    }

    @Override
    public Optional<Outcome> of(Job job) {
        OpenBatch entry = open.get(job.batch());
        return entry == null
                ? Optional.empty()
                : Optional.ofNullable(entry.outcomes().get(job.id()));
    }

    @Override
    public Map<Job, Outcome> unsuccessful(String batch) {
        OpenBatch entry = open.get(batch);
        return entry == null ? Map.of() : entry.unsuccessful();
    }

    /** Jobs that had ended, but of which nobody can read how: they are made once more. */
    List<Job> unreadable() {
        return open.values().stream()
                .flatMap(entry -> entry.unreadableJobs().stream())
                .toList();
    }

    /** A batch whose jobs have all ended: its sources go to the archive, everything half-made is deleted. */
    public void close(Batch batch) throws IOException {
        records.archive(batch, clock.instant());
        open.remove(batch.id());
    }

    @Override
    public void recover() throws IOException {
        for (OpenBatch found : records.readAll()) {
            open.put(found.batch().id(), found);
        }
    }
}
