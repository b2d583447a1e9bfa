package io.lipdrop.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.files.ReadLock;
import io.lipdrop.job.Documents;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Job;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets the next job begin only while this machine can bring it to its end: folders writable, disk space for its result.
 * Otherwise the queue waits, and says why.
 */
@Component("queueGate")
public class QueueGate implements ReadLock {
    private static final Logger log = LoggerFactory.getLogger(QueueGate.class);

    /** Space that always stays free, for logs, status files and other programs. */
    private static final long RESERVE_BYTES = 256L << 20;

    private static final Duration HOLD = Duration.ofSeconds(10);

    private final Folders folders;
    private final Clock clock;
    private volatile @Nullable String reason;
    private volatile Instant heldUntil = Instant.MIN;

    QueueGate(Folders folders, Clock clock) {
        this.folders = folders;
        this.clock = clock;
    }

    /** Why no job begins, if so. */
    public @Nullable String reason() {
        return reason;
    }

    /** Waits a while before the next job begins: the last one found the machine unfit. */
    void hold(String why) {
        heldUntil = clock.instant().plus(HOLD);
        close(why);
    }

    @Override
    public boolean acquireExclusiveReadLock(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) throws IOException {
        if (clock.instant().isBefore(heldUntil)) {
            return false;
        }
        String obstacle = obstacle(Path.of(file.getAbsoluteFilePath()));
        if (obstacle != null) {
            close(obstacle);
            return false;
        }
        if (reason != null) {
            log.info("The queue goes on");
            reason = null;
        }
        return true;
    }

    private void close(String why) {
        if (!why.equals(reason)) {
            log.warn("The queue waits: {}", why);
            reason = why;
        }
    }

    private @Nullable String obstacle(Path document) throws IOException {
        for (Path folder : List.of(folders.work(), folders.outbox(), folders.error())) {
            if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
                return folder + " cannot be written";
            }
        }
        if (!Files.exists(document)) {
            return null;
        }
        long needed = RESERVE_BYTES + neededBy(document);
        for (Path folder : List.of(folders.work(), folders.outbox())) {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < needed) {
                return "disk-full: %s has %d MB free, the next job needs %d MB"
                        .formatted(folder, free >> 20, needed >> 20);
            }
        }
        return null;
    }

    /** Result, segments and sound stay below twice the sources, with room for a short video under a long voice. */
    private static long neededBy(Path document) throws IOException {
        Job job;
        try {
            job = Documents.read(document, Job.class);
        } catch (JsonProcessingException e) {
            return 0; // not a job: let it through, to be put aside
        }
        if (job == null || job.audio() == null || job.video() == null) {
            return 0;
        }
        long bytes = 0;
        for (Path source : List.of(job.audio(), job.video())) {
            if (Files.exists(source)) {
                bytes += Files.size(source);
            }
        }
        return 3 * bytes;
    }

    /** Not even the report of a failed job could be written: its document goes back, and the queue waits. */
    @Override
    public void releaseExclusiveReadLockOnRollback(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        hold("a job's end could not be recorded (" + exchange.getException() + ")");
    }
}
