package io.lipdrop.sync.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells which files are no longer being copied: those that have stayed the same for some seconds by this machine's clock, since that
 * of a share may go wrong; and those that, by their own time, were changed long ago.
 */
final class StableFiles {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);
    private static final Duration LONG_AGO = Duration.ofMinutes(1);

    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final Clock clock;

    StableFiles(Clock clock) {
        this.clock = clock;
    }

    private record Seen(ModelFile file, Instant since) {}

    boolean isStable(ModelFile file) {
        Instant now = clock.instant();
        Seen first = seen.compute(
                file.name(),
                (name, last) -> last == null || !last.file.isSameAs(file) || now.isBefore(last.since)
                        ? new Seen(file, now)
                        : last);
        return first.since.plus(LONG_ENOUGH).isBefore(now)
                || file.changed().toInstant().plus(LONG_AGO).isBefore(now);
    }
}
