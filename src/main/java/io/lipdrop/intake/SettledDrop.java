package io.lipdrop.intake;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Notices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Decides when a drop may be taken: complete, and unchanged for the settle time; or never, and why. */
@Component
class SettledDrop {
    private static final Logger log = LoggerFactory.getLogger(SettledDrop.class);

    private final Folders folders;
    private final IntakeSettings settings;
    private final BatchNames names;
    private final Notices notices;
    private final Clock clock;
    private final ManifestReader reader = new ManifestReader();
    private final Map<Path, Sighting> sightings = new HashMap<>();

    SettledDrop(Folders folders, IntakeSettings settings, BatchNames names, Notices notices, Clock clock) {
        this.folders = folders;
        this.settings = settings;
        this.names = names;
        this.notices = notices;
        this.clock = clock;
    }

    /** What to do with a manifest that lies in the inbox. */
    synchronized Verdict judge(Path manifest) throws IOException {
        Drop drop;
        try {
            drop = Drop.lookAt(manifest, reader, folders);
        } catch (NoSuchFileException e) {
            return new Verdict.Waiting("gone");
        }
        Instant now = clock.instant();
        Sighting last = sightings.get(manifest);
        if (last == null || !last.fingerprint.equals(drop.fingerprint())) {
            last = new Sighting(drop.fingerprint(), now, "");
            sightings.put(manifest, last);
        }
        Verdict verdict = judge(drop, Duration.between(last.since, now));
        if (verdict instanceof Verdict.Waiting waiting) {
            tell(manifest, last, waiting.message());
        }
        return verdict;
    }

    /** Tells of drops whose manifest was taken out of the inbox. An inbox that is gone says nothing about its files. */
    public synchronized void forgetGone() {
        if (!Files.isReadable(folders.inbox())) {
            return;
        }
        names.reserved().forEach((manifest, batch) -> {
            if (!Files.exists(manifest) && sightings.remove(manifest) != null) {
                names.release(manifest);
                notices.withdrawn(batch, names.label(manifest));
            }
        });
    }

    /** The drop has been taken. */
    synchronized void forget(Path manifest) {
        sightings.remove(manifest);
        names.release(manifest);
    }

    /** Whether another manifest in the inbox names this file too. */
    synchronized boolean isNeededByOthers(Path file, Path manifest) {
        return sightings.keySet().stream()
                .filter(other -> !other.equals(manifest))
                .anyMatch(other -> {
                    try {
                        return Drop.lookAt(other, reader, folders).names(file);
                    } catch (IOException e) {
                        return false;
                    }
                });
    }

    private Verdict judge(Drop drop, Duration unchanged) {
        if (unchanged.compareTo(settings.settle()) < 0 && drop.missing().isEmpty()) {
            return new Verdict.Waiting("waiting until the files stop changing");
        }
        Failure failure = drop.failure();
        if (failure != null) {
            return new Verdict.Refused(drop, failure);
        }
        List<String> missing = drop.missing();
        if (missing.isEmpty()) {
            return new Verdict.Ready(drop);
        }
        if (unchanged.compareTo(settings.patience()) < 0) {
            return new Verdict.Waiting(drop.waitingFor(missing));
        }
        return new Verdict.Refused(
                drop,
                new Failure(
                        FailureCode.MEDIA_MISSING,
                        "After %s without any change still %s."
                                .formatted(words(settings.patience()), drop.waitingFor(missing))));
    }

    private void tell(Path manifest, Sighting last, String message) throws IOException {
        if (last.told.equals(message)) {
            return;
        }
        String batch = names.of(manifest);
        notices.waiting(batch, names.label(manifest), message);
        log.info("{}: {}", batch, message);
        sightings.put(manifest, new Sighting(last.fingerprint, last.since, message));
    }

    private static String words(Duration duration) {
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }

    /** What was seen of a drop, since when it has been so, and what was told of it. */
    private record Sighting(String fingerprint, Instant since, String told) {
        Sighting {
            Objects.requireNonNull(since);
        }
    }

    /** What to do with a drop. */
    sealed interface Verdict {
        /** Not yet. */
        record Waiting(String message) implements Verdict {}

        /** Take it. */
        record Ready(Drop drop) implements Verdict {}

        /** Take it away: it never can be run as it is. */
        record Refused(Drop drop, Failure failure) implements Verdict {}
    }
}
