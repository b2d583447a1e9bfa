package io.lipdrop.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lipdrop.history.EndedBatch;
import io.lipdrop.history.History;
import io.lipdrop.history.Position;
import io.lipdrop.history.SearchText;
import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.status.BatchStatuses.BatchStanding;
import io.lipdrop.status.BatchSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/** Open and finished batches in one list, newest first. */
@Component
@ConditionalOnWebApplication
class BatchList {
    private static final String NAME = "batches";

    private final BatchStatuses open;
    private final History history;
    private final Map<String, Searched> searched = new ConcurrentHashMap<>();

    BatchList(BatchStatuses open, History history) {
        this.open = open;
        this.history = history;
    }

    /** What was made of an open batch's names for searching; a drop has none of videos until it is a batch. */
    private record Searched(boolean isDrop, String text) {}

    private record Item(Position position, BatchSummary batch) {}

    /**
     * A page of the list.
     *
     * @param next the cursor of the next page; absent on the last
     * @param complete false while some finished batches are not known: the history is being read anew, or a share is away
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(
            List<BatchSummary> batches,
            @Nullable String next,
            @Nullable Boolean complete) {
        Page {
            batches = List.copyOf(batches);
        }
    }

    Page page(Set<JobState> states, @Nullable String query, @Nullable String cursor, int limit) {
        Cursor from = Cursor.read(cursor, NAME, 2);
        Position after = from == null ? null : new Position(from.instant(0), from.part(1));
        // INVARIANT: what is open is read first. A batch is in the history before it is open no longer, so none falls
        // in between.
        List<BatchStanding> now = open.batchStandings();
        Set<String> openIds = new HashSet<>();
        now.forEach(batch -> openIds.add(batch.batch()));
        searched.keySet().retainAll(openIds);
        List<Position> inOrder = now.stream()
                .filter(batch -> states.contains(batch.state()) && matches(batch, query))
                .map(batch -> new Position(batch.createdAt(), batch.batch()))
                .sorted()
                .toList(); // sorted before: each item is made only when the page gets to it
        Iterator<Item> items = new Merged<>(
                Comparator.comparing(Item::position),
                inOrder.stream()
                        .filter(position -> after == null || position.compareTo(after) > 0)
                        .flatMap(position -> now(position, states).stream())
                        .iterator(),
                history.newestFirst(after)
                        .filter(batch -> !openIds.contains(batch.id()))
                        .filter(batch -> states.contains(batch.status().state()) && matches(batch, query))
                        .flatMap(batch -> history.now(batch).stream())
                        .map(batch -> new Item(batch.position(), batch.summary()))
                        .iterator());
        List<BatchSummary> page = new ArrayList<>();
        String next = null;
        while (items.hasNext() && next == null) {
            Item item = items.next();
            if (after == null || item.position.compareTo(after) > 0) {
                if (page.size() == limit) {
                    BatchSummary last = page.get(limit - 1);
                    next = Cursor.of(NAME, last.createdAt().toString(), last.batch())
                            .text();
                } else {
                    page.add(item.batch);
                }
            }
        }
        return new Page(page, next, history.isComplete() ? null : false);
    }

    /** An open batch as it is now; it may have ended since its place was seen. */
    private Optional<Item> now(Position position, Set<JobState> states) {
        return open.summary(position.batch())
                .or(() -> history.batch(position.batch()).map(EndedBatch::summary))
                .filter(batch -> states.contains(batch.state()))
                .map(batch -> new Item(position, batch));
    }

    private static boolean matches(EndedBatch batch, @Nullable String query) {
        return query == null || batch.searchText().contains(query);
    }

    private boolean matches(BatchStanding batch, @Nullable String query) {
        if (query == null) {
            return true;
        }
        Searched known = searched.get(batch.batch());
        if (known == null || known.isDrop != batch.isDrop()) {
            known = new Searched(
                    batch.isDrop(),
                    open.batch(batch.batch())
                            .map(SearchText::of)
                            .or(() -> history.batch(batch.batch()).map(EndedBatch::searchText))
                            .orElse(""));
            searched.put(batch.batch(), known);
        }
        return known.text.contains(query);
    }
}
