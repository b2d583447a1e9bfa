package io.lipdrop.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Drops that are no batches of jobs yet, or never will be: what was last told of each, until it is a batch or its end has been
 * written down.
 */
@Component
class Drops {
    private final Map<String, Drop> drops = new ConcurrentHashMap<>();

    /**
     * One drop.
     *
     * @param seenAt when it was first told of
     */
    record Drop(BatchStatus status, Instant seenAt) {
        BatchSummary summary() {
            return BatchSummary.of(status, seenAt);
        }
    }

    void put(BatchStatus status) {
        drops.compute(status.batch(), (batch, known) -> {
            Instant seenAt = known == null ? status.updatedAt() : known.seenAt;
            return new Drop(status.createdAt(seenAt), seenAt);
        });
    }

    Optional<Drop> of(String batch) {
        return Optional.ofNullable(drops.get(batch));
    }

    List<Drop> all() {
        return List.copyOf(drops.values());
    }

    /** Forgets a drop, unless something else was told of it meanwhile. */
    void remove(BatchStatus told) {
        drops.computeIfPresent(told.batch(), (batch, drop) -> drop.status.equals(told) ? null : drop);
    }

    /** These are batches now. */
    void removeAll(Set<String> batches) {
        drops.keySet().removeAll(batches);
    }
}
