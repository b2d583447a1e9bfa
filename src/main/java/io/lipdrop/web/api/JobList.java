package io.lipdrop.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lipdrop.history.EndedBatch;
import io.lipdrop.history.History;
import io.lipdrop.history.Position;
import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.status.BatchStatuses.JobStanding;
import io.lipdrop.web.api.JobPlace.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/**
 * Jobs in the order of work: those that run, those in the queue, those that wait for their check. Then those that have ended, of
 * the newest batch first.
 */
@Component
@ConditionalOnWebApplication
class JobList {
    private final BatchStatuses open;
    private final History history;

    JobList(BatchStatuses open, History history) {
        this.open = open;
        this.history = history;
    }

    /**
     * A page of the list.
     *
     * @param next the cursor of the next page; absent on the last
     * @param complete false while some finished batches are not known: the history is being read anew, or a share is away
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(
            List<JobItem> jobs,
            @Nullable String next,
            @Nullable Boolean complete) {
        Page {
            jobs = List.copyOf(jobs);
        }
    }

    Page page(Set<JobState> states, @Nullable String batch, @Nullable String text, int limit) {
        JobCursor cursor = JobCursor.read(text);
        // INVARIANT: what is open is read first. A job is in the history before it is open no longer, so none falls in
        // between.
        Map<Section, List<PlacedJob>> now = openJobs(states, batch);
        List<PlacedJob> page = new ArrayList<>();
        List<JobItem> items = new ArrayList<>();
        for (Section section : Section.values()) {
            JobCursor from = cursor != null && cursor.place().section() == section ? cursor : null;
            if (cursor != null && section.compareTo(cursor.place().section()) < 0) {
                continue;
            }
            List<PlacedJob> itsJobs = now.getOrDefault(section, List.of());
            Iterator<PlacedJob> jobs = from == null ? itsJobs.iterator() : from.rest(itsJobs);
            if (section == Section.ENDED) {
                Comparator<PlacedJob> order = Comparator.comparing(PlacedJob::place, JobPlace.order(section));
                jobs = new Merged<>(order, jobs, finishedJobs(states, batch, from, idsIn(now)));
            }
            while (jobs.hasNext()) {
                PlacedJob job = jobs.next();
                if (page.size() == limit) {
                    return answer(items, JobCursor.after(page));
                }
                job.item()
                        .get()
                        .filter(item -> states.contains(item.status().state()))
                        .ifPresent(item -> {
                            page.add(job);
                            items.add(item);
                        });
            }
        }
        return answer(items, null);
    }

    private Page answer(List<JobItem> items, @Nullable String next) {
        return new Page(items, next, history.isComplete() ? null : false);
    }

    /** The place in the queue of a job that waits there. */
    Optional<Integer> position(String id) {
        int position = 0;
        for (String waiting : open.queued()) {
            position++;
            if (waiting.equals(id)) {
                return Optional.of(position);
            }
        }
        return Optional.empty();
    }

    /** The jobs of open batches, each section in its order. */
    private Map<Section, List<PlacedJob>> openJobs(Set<JobState> states, @Nullable String batch) {
        Map<Section, List<PlacedJob>> jobs = new EnumMap<>(Section.class);
        for (JobStanding job : open.jobStandings()) {
            if (states.contains(job.state()) && (batch == null || batch.equals(job.batch()))) {
                PlacedJob placed = PlacedJob.open(job, this::item);
                jobs.computeIfAbsent(placed.place().section(), its -> new ArrayList<>())
                        .add(placed);
            }
        }
        jobs.forEach((section, its) -> {
            if (section != Section.QUEUED) { // the queue has an order of its own
                its.sort(Comparator.comparing(PlacedJob::place, JobPlace.order(section)));
            }
        });
        return jobs;
    }

    /** A job as it is now: it may have gone on since its place was seen, and its batch may have ended. */
    private Optional<JobItem> item(JobStanding seen) {
        return open.job(seen.job())
                .map(now -> new JobItem(
                        now.batch(),
                        now.status().state() == JobState.QUEUED ? seen.position() : null,
                        now.priority(),
                        now.status()))
                .or(() -> history.job(seen.job()).map(ended -> new JobItem(ended.batch(), null, null, ended.status())));
    }

    /** Those of finished batches, read only as far as they are asked for. */
    private Iterator<PlacedJob> finishedJobs(
            Set<JobState> states, @Nullable String batch, @Nullable JobCursor from, Set<String> shown) {
        Stream<EndedBatch> batches;
        if (batch != null) {
            batches = history.batch(batch).stream();
        } else {
            Position begin = from == null
                    ? null
                    : new Position(from.place().createdAt(), from.place().batch());
            batches = history.newestFirst(begin)
                    .filter(ended -> ended.status().jobs().stream().anyMatch(job -> states.contains(job.state())))
                    .flatMap(ended -> history.batch(ended.id()).stream());
        }
        return batches.flatMap(ended -> ended.status().jobs().stream()
                        .filter(job -> states.contains(job.state()) && !shown.contains(job.job()))
                        .map(job -> PlacedJob.ended(ended.createdAt(), ended.id(), job)))
                .filter(job -> from == null || from.isBefore(job))
                .iterator();
    }

    private static Set<String> idsIn(Map<Section, List<PlacedJob>> jobs) {
        Set<String> ids = new HashSet<>();
        jobs.values().forEach(section -> section.forEach(job -> ids.add(job.id())));
        return ids;
    }
}
