package io.lipdrop.operations;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The archive of the sources of finished batches, kept for the retention time. */
@Component
class Archive {
    private static final Logger log = LoggerFactory.getLogger(Archive.class);

    private final Folders folders;
    private final Duration keep;
    private final Clock clock;

    Archive(Folders folders, ArchiveSettings settings, Clock clock) {
        this.folders = folders;
        this.keep = settings.keep();
        this.clock = clock;
    }

    /** Deletes batches after their retention time. */
    public void clean() throws IOException {
        Instant oldest = clock.instant().minus(keep);
        try (Stream<Path> batches = Files.list(folders.archive())) {
            for (Path batch : batches.toList()) {
                if (Files.getLastModifiedTime(batch).toInstant().isBefore(oldest)) {
                    DurableFiles.deleteTree(batch);
                    log.info("{}: sources deleted, kept for {} days", batch.getFileName(), keep.toDays());
                }
            }
        }
    }
}
