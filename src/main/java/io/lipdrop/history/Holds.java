package io.lipdrop.history;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which ended batches are being changed: by one at a time, a retry or a deletion. */
final class Holds {
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    Optional<History.Hold> take(String batch) {
        return held.add(batch) ? Optional.of(() -> held.remove(batch)) : Optional.empty();
    }
}
