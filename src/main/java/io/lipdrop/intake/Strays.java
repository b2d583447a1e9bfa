package io.lipdrop.intake;

import io.lipdrop.home.Folders;
import io.lipdrop.intake.manifest.ManifestFilter;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Logs, once, a file in the inbox that no manifest names: its owner may be waiting for it. */
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

    /** Scans the inbox. */
    public void look() {
        List<Path> strays = strays();
        seen.keySet().retainAll(strays);
        Instant now = clock.instant();
        for (Path stray : strays) {
            Instant since = seen.computeIfAbsent(stray, first -> now);
            if (!since.equals(Instant.MAX) && Duration.between(since, now).compareTo(SILENCE) >= 0) {
                seen.put(stray, Instant.MAX);
                log.warn(
                        "No manifest names inbox/{}; the file stays there",
                        folders.inbox().relativize(stray));
            }
        }
    }

    private List<Path> strays() {
        List<Path> strays = new ArrayList<>();
        try {
            Files.walkFileTree(folders.inbox(), Set.of(), DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()
                            && ManifestFilter.isMedia(String.valueOf(file.getFileName()))
                            && !drops.isNamed(file)) {
                        strays.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE; // no permission for lost+found and the like; the rest is readable
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
                    return FileVisitResult.CONTINUE; // it changed while it was read: the next poll reads it
                }
            });
        } catch (IOException e) {
            return List.of(); // the inbox is not available
        }
        return strays;
    }
}
