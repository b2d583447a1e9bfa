package io.lipdrop.history;

import io.lipdrop.status.BatchStatus.JobStatus;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The ended batches in memory, by name and newest first. Many threads may read while one writes. */
final class Entries {
    private final Map<String, Entry> byId = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Position, Entry> newestFirst = new ConcurrentSkipListMap<>();
    /** Jobs whose id is not made of their batch's name and a number. */
    private final Map<String, String> oddJobs = new ConcurrentHashMap<>();

    Optional<Entry> of(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The batch of a job, if it may be here. */
    Optional<Entry> ofJob(String job) {
        String batch = oddJobs.getOrDefault(job, batchIn(job));
        return of(batch).filter(entry -> entry.batch().job(job).isPresent());
    }

    /** The name of a job's batch, by its id; wrong where the batch's name could not be part of an id. */
    static String batchIn(String job) {
        return job.substring(0, Math.max(job.lastIndexOf('-'), 0));
    }

    /** Those at and after a position, newest first. */
    Collection<Entry> from(@Nullable Position position) {
        return position == null
                ? newestFirst.values()
                : newestFirst.tailMap(position, true).values();
    }

    Collection<Entry> all() {
        return newestFirst.values();
    }

    int size() {
        return byId.size();
    }

    synchronized void put(Entry entry) {
        Entry former = byId.put(entry.id(), entry);
        newestFirst.put(entry.batch().position(), entry);
        if (former != null && !former.batch().position().equals(entry.batch().position())) {
            newestFirst.remove(former.batch().position());
        }
        for (JobStatus job : entry.batch().status().jobs()) {
            if (!batchIn(job.job()).equals(entry.id())) {
                oddJobs.put(job.job(), entry.id());
            }
        }
    }

    /** Whether it was not there yet. */
    synchronized boolean putIfAbsent(Entry entry) {
        boolean isNew = !byId.containsKey(entry.id());
        if (isNew) {
            put(entry);
        }
        return isNew;
    }

    /** Whether it was there. */
    synchronized boolean remove(String id) {
        Entry known = byId.remove(id);
        if (known == null) {
            return false;
        }
        newestFirst.remove(known.batch().position());
        known.batch().status().jobs().forEach(job -> oddJobs.remove(job.job(), id));
        return true;
    }
}
