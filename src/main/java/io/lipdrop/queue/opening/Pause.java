package io.lipdrop.queue.opening;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.stage.Recoverable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * A pause of the queue: no job begins until someone ends it, running ones go on. It is a document in {@code work/}, so that it
 * survives a restart; on a full disk it holds in this process.
 */
@Component
@Order(0)
public class Pause implements Recoverable {
    private static final Logger log = LoggerFactory.getLogger(Pause.class);

    private final Path document;
    private final Clock clock;
    private volatile @Nullable Paused now;

    Pause(Folders folders, Clock clock) {
        this.document = folders.work().resolve("pause.json");
        this.clock = clock;
    }

    /**
     * Who paused the queue.
     *
     * @param by {@code api:<user>}, {@code page:<user>} or {@code mbean}
     */
    public record Paused(String by, Instant since) {}

    /** Who paused the queue, if it is paused. */
    public @Nullable Paused now() {
        return now;
    }

    /** No job begins from now on. The first who asked is remembered. */
    public synchronized void begin(String by) {
        if (now != null) {
            return;
        }
        Paused paused = new Paused(by, clock.instant());
        now = paused;
        log.info("The queue is paused by {}; no further job begins until it is resumed", by);
        try {
            Documents.write(document, paused);
        } catch (IOException e) {
            log.warn("The pause ends with a restart, because {} cannot be written: {}", document, e.toString());
        }
    }

    /**
     * Jobs begin again.
     *
     * @throws IOException if the document cannot be deleted: the pause would be back after a restart, so it stays
     */
    public synchronized void end(String by) throws IOException {
        Files.deleteIfExists(document);
        if (now != null) {
            now = null;
            log.info("The queue is resumed by {}", by);
        }
    }

    /** One that cannot be understood is a pause: jobs that should wait must not begin. */
    @Override
    public synchronized void recover() throws IOException {
        try {
            Paused known = Documents.read(document, Paused.class);
            now = known != null && known.by() != null && known.since() != null ? known : unknown();
        } catch (NoSuchFileException e) {
            now = null;
        } catch (JsonProcessingException e) {
            now = unknown();
        }
        Paused paused = now;
        if (paused != null) {
            log.warn("The queue is paused by {} since {}", paused.by(), paused.since());
        }
    }

    private Paused unknown() throws IOException {
        return new Paused("unknown", Files.getLastModifiedTime(document).toInstant());
    }
}
