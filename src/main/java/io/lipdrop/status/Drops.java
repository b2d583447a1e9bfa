package io.lipdrop.status;

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
    private final Map<String, BatchStatus> drops = new ConcurrentHashMap<>();

    /** It was created when it was first told of. */
    void put(BatchStatus status) {
        drops.merge(status.batch(), status, (known, told) -> told.createdAt(known.cameAt()));
    }

    Optional<BatchStatus> of(String batch) {
        return Optional.ofNullable(drops.get(batch));
    }

    List<BatchStatus> all() {
        return List.copyOf(drops.values());
    }

    /** Forgets a drop, unless something else was told of it meanwhile. */
    void remove(BatchStatus told) {
        drops.computeIfPresent(told.batch(), (batch, drop) -> drop.equals(told) ? null : drop);
    }

    /** These are batches now. */
    void removeAll(Set<String> batches) {
        drops.keySet().removeAll(batches);
    }
}
