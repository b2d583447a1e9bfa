package io.lipdrop.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.files.ReadLock;
import io.lipdrop.job.Documents;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.ResultFolders;
import io.lipdrop.job.Uptime;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    private final ResultFolders results;
    private final Uptime uptime;
    private final Map<String, Job> running = new HashMap<>();
    private volatile @Nullable String reason;
    private Duration heldUntil = Duration.ZERO;

    QueueGate(Folders folders, ResultFolders results, Uptime uptime) {
        this.folders = folders;
        this.results = results;
        this.uptime = uptime;
    }

    /** Why no job begins, if so. */
    public @Nullable String reason() {
        return reason;
    }

    /** Waits a while before another job begins: one found the machine unfit. */
    synchronized void hold(String why) {
        heldUntil = uptime.now().plus(HOLD);
        close(why);
    }

    @Override
    public synchronized boolean acquireExclusiveReadLock(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) throws IOException {
        if (uptime.now().compareTo(heldUntil) < 0) {
            return false;
        }
        Optional<Job> next = jobIn(Path.of(file.getAbsoluteFilePath()));
        if (mustBeAlone(next)) {
            return false;
        }
        String obstacle = obstacle(next);
        if (obstacle != null) {
            close(obstacle);
            return false;
        }
        if (reason != null) {
            log.info("The queue goes on");
            reason = null;
        }
        next.ifPresent(job -> running.put(file.getFileNameOnly(), job));
        return true;
    }

    private void close(String why) {
        if (!why.equals(reason)) {
            log.warn("The queue waits: {}", why);
            reason = why;
        }
    }

    private @Nullable String obstacle(Optional<Job> next) throws IOException {
        try {
            results.require();
        } catch (IOException e) {
            return e.getMessage();
        }
        for (Path folder : List.of(folders.work(), folders.outbox(), folders.error())) {
            if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
                return folder + " cannot be written";
            }
        }
        long needed = RESERVE_BYTES;
        for (Job job : withNext(next).toList()) {
            needed += neededBy(job);
        }
        for (Path folder : List.of(folders.work(), folders.outbox())) {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < needed) {
                String who = running.isEmpty() ? "the next job needs" : "the next job and those that run need";
                return "disk-full: %s has %d MB free, %s %d MB".formatted(folder, free >> 20, who, needed >> 20);
            }
        }
        return null;
    }

    /** Result, segments and sound stay below twice the sources, with room for a short video under a long voice. */
    private static long neededBy(Job job) throws IOException {
        long bytes = 0;
        for (Path source : List.of(job.audio(), job.video())) {
            if (Files.exists(source)) {
                bytes += Files.size(source);
            }
        }
        return 3 * bytes;
    }

    /** Nothing where it is no job, which is let through, to be put aside; or not there any more. */
    private static Optional<Job> jobIn(Path document) throws IOException {
        try {
            return Optional.ofNullable(Documents.read(document, Job.class))
                    .filter(job -> job.audio() != null && job.video() != null);
        } catch (JsonProcessingException | NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * The last attempt of a job is made alone: if Lipdrop ends in it again, it was this job, and no other loses an attempt
     * by it.
     */
    private boolean mustBeAlone(Optional<Job> next) {
        return !running.isEmpty() && withNext(next).anyMatch(Job::isOnLastAttempt);
    }

    private Stream<Job> withNext(Optional<Job> next) {
        return Stream.concat(running.values().stream(), next.stream());
    }

    /** Not even the report of a failed job could be written: its document goes back, and the queue waits. */
    @Override
    public void releaseExclusiveReadLockOnRollback(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        hold("a job's end could not be recorded (" + exchange.getException() + ")");
        ended(file);
    }

    @Override
    public void releaseExclusiveReadLockOnCommit(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        ended(file);
    }

    @Override
    public void releaseExclusiveReadLockOnAbort(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        ended(file);
    }

    private synchronized void ended(GenericFile<File> file) {
        running.remove(file.getFileNameOnly());
    }
}
