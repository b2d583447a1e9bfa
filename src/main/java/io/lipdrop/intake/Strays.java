package io.lipdrop.intake;

import io.lipdrop.job.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells, once, of a file in the inbox that no manifest names: whoever dropped it may wait for it in vain. */
@Component
class Strays {
    private static final Logger log = LoggerFactory.getLogger(Strays.class);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int DEPTH = 8;

    private final Folders folders;
    private final SettledDrop drops;
    private final Clock clock;
    private final Map<Path, Instant> seen = new HashMap<>();

    Strays(Folders folders, SettledDrop drops, Clock clock) {
        this.folders = folders;
        this.drops = drops;
        this.clock = clock;
    }

    /** Looks through the inbox. */
    public void look() {
        List<Path> strays = strays();
        seen.keySet().retainAll(strays);
        Instant now = clock.instant();
        for (Path stray : strays) {
            Instant since = seen.computeIfAbsent(stray, first -> now);
            if (!since.equals(Instant.MAX) && Duration.between(since, now).compareTo(SILENCE) >= 0) {
                seen.put(stray, Instant.MAX);
                log.warn(
                        "inbox/{} is named by no manifest and stays where it is",
                        folders.inbox().relativize(stray));
            }
        }
    }

    private List<Path> strays() {
        try (Stream<Path> files = Files.walk(folders.inbox(), DEPTH)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> ManifestFilter.isMedia(String.valueOf(file.getFileName())))
                    .filter(file -> !drops.isNamed(file))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // the inbox is away, or changes while it is read: the next look will do
        }
    }
}
