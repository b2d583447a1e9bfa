package io.lipdrop.queue;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.files.ReadLock;
import io.lipdrop.home.Folders;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.Job;
import io.lipdrop.stage.Uptime;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.GenericFileOperations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets the next job begin only while this machine can bring it to its end: folders writable, disk space for its result.
 * Otherwise the queue waits, and says why. A job that found the machine unfit, or is too large for the disk, lets others go first.
 */
@Component("queueGate")
public class QueueGate implements ReadLock, GenericFileFilter<File> {
    private static final Logger log = LoggerFactory.getLogger(QueueGate.class);

    /** For how long after a pause the job that caused it is left out: several looks, in which others are taken. */
    private static final Duration OTHERS_FIRST = Duration.ofMillis(500);

    /** For how long a job that is too large for the disk is left out. */
    private static final Duration UNTIL_NEXT_LOOK = Duration.ofSeconds(10);

    private final Folders folders;
    private final ResultFolders results;
    private final DiskSpace disk;
    private final Uptime uptime;
    private final GrowingPause pause;
    private final Map<String, Job> running = new HashMap<>();
    private final Set<String> unfit = new HashSet<>();
    private final Map<String, Duration> passedOver = new HashMap<>();
    private volatile @Nullable String reason;

    QueueGate(Folders folders, ResultFolders results, Uptime uptime) {
        this.folders = folders;
        this.results = results;
        this.disk = new DiskSpace(folders);
        this.uptime = uptime;
        this.pause = new GrowingPause(uptime);
    }

    /** Why no job begins, if so. */
    public @Nullable String reason() {
        return reason;
    }

    /** Waits before another job begins, longer each time: this one found the machine unfit. */
    synchronized void hold(Job job, String why) {
        for (Map.Entry<String, Job> entry : running.entrySet()) {
            if (entry.getValue().id().equals(job.id())) {
                unfit.add(entry.getKey());
            }
        }
        hold(why);
    }

    private void hold(String why) {
        if (pause.isOver()) {
            pause.begin(); // two workers that find the same are one finding
        }
        unfit.forEach(document -> passOver(document, pause.end().plus(OTHERS_FIRST)));
        close(why);
    }

    /** The ids of the jobs that workers have. */
    synchronized Set<String> jobsInHand() {
        return running.values().stream().map(Job::id).collect(Collectors.toSet());
    }

    /** The names of the documents that workers have. */
    synchronized Set<String> documentsInHand() {
        return Set.copyOf(running.keySet());
    }

    /** Leaves out jobs that are passed over for now, so that none can hold up the others. */
    @Override
    public synchronized boolean accept(GenericFile<File> file) {
        Duration until = passedOver.get(file.getFileNameOnly());
        if (until != null && uptime.now().compareTo(until) < 0) {
            return false;
        }
        passedOver.remove(file.getFileNameOnly());
        return true;
    }

    private void passOver(String document, Duration until) {
        passedOver.put(document, until);
    }

    @Override
    public synchronized boolean acquireExclusiveReadLock(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        if (!pause.isOver()) {
            return false;
        }
        Optional<Job> next;
        String obstacle;
        try {
            next = jobIn(Path.of(file.getAbsoluteFilePath()));
            if (mustBeAlone(next)) {
                return false;
            }
            obstacle = obstacle(file.getFileNameOnly(), next);
        } catch (IOException | DirectoryIteratorException e) {
            passOver(file.getFileNameOnly(), uptime.now().plus(UNTIL_NEXT_LOOK)); // others may be read
            close(Diagnosis.words(e));
            return false;
        }
        if (obstacle != null) {
            close(obstacle);
            return false;
        }
        if (reason != null) {
            log.info("The queue continues");
            reason = null;
        }
        next.ifPresent(job -> running.put(file.getFileNameOnly(), job));
        return true;
    }

    private void close(String why) {
        String known = reason;
        reason = why;
        if (known == null || !withoutAmounts(why).equals(withoutAmounts(known))) {
            log.warn("The queue is waiting: {}", why);
        }
    }

    /** How much is free changes all the time, which is no news. */
    private static String withoutAmounts(String why) {
        return why.replaceAll("\\d+", "0");
    }

    /** A job that alone is too large for the disk is passed over for a while. */
    private @Nullable String obstacle(String document, Optional<Job> next) throws IOException {
        try {
            results.require();
        } catch (IOException e) {
            return e.getMessage();
        }
        for (Path folder :
                List.of(folders.work(), folders.queued(), folders.running(), folders.outbox(), folders.error())) {
            if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
                return folder + " is not writable";
            }
        }
        List<Job> job = next.stream().toList();
        String full = disk.obstacle(running.values(), job);
        boolean isTooLarge =
                full != null && disk.obstacle(List.of(), job) != null && disk.obstacle(List.of(), List.of()) == null;
        if (isTooLarge) {
            passOver(document, uptime.now().plus(UNTIL_NEXT_LOOK));
        }
        return full;
    }

    /** Nothing where it is no job, which is let through, to be put aside; or not there any more. */
    private static Optional<Job> jobIn(Path document) throws IOException {
        try {
            return Records.peek(document, Job.class, JobQueue::isComplete);
        } catch (NoSuchFileException e) {
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
    public synchronized void releaseExclusiveReadLockOnRollback(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        Exception cause = exchange.getException();
        unfit.add(file.getFileNameOnly());
        hold("the end of a job could not be recorded" + (cause == null ? "" : " (" + Diagnosis.words(cause) + ")"));
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

    /** A job that came to an end, good or bad, shows that the machine is fit. */
    private synchronized void ended(GenericFile<File> file) {
        String name = file.getFileNameOnly();
        boolean hasRun = running.remove(name) != null;
        if (!unfit.remove(name) && hasRun) {
            pause.reset();
        }
    }
}
