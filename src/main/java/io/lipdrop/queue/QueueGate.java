package io.lipdrop.queue;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.files.FreeSpace;
import io.lipdrop.home.Folders;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.Job;
import io.lipdrop.queue.opening.Opening;
import io.lipdrop.stage.GrowingPause;
import io.lipdrop.stage.Uptime;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets the next job begin only within the hours, while nobody has paused the queue, and while this machine can bring it to its end:
 * folders writable, disk space for its result.
 * Otherwise the queue waits, and says why. A job that found the machine unfit, or is too large for the disk, lets others go first.
 */
@Component
public class QueueGate {
    private static final Logger log = LoggerFactory.getLogger(QueueGate.class);

    /** For how long after a pause the job that caused it is left out: several looks, in which others are taken. */
    private static final Duration OTHERS_FIRST = Duration.ofMillis(500);

    /** For how long a job that is too large for the disk is left out. */
    private static final Duration UNTIL_NEXT_LOOK = Duration.ofSeconds(10);

    private final Folders folders;
    private final ResultFolders results;
    private final DiskSpace disk;
    private final Opening opening;
    private final Uptime uptime;
    private final GrowingPause pause;
    /** Read without the lock, which is held while shares are asked. */
    private final Map<String, Job> running = new ConcurrentHashMap<>();

    private final Set<String> unfit = new HashSet<>();
    private final Map<String, Duration> passedOver = new HashMap<>();
    private volatile @Nullable String reason;

    QueueGate(Folders folders, ResultFolders results, Opening opening, Uptime uptime, FreeSpace space) {
        this.folders = folders;
        this.results = results;
        this.disk = new DiskSpace(folders, space);
        this.opening = opening;
        this.uptime = uptime;
        this.pause = new GrowingPause(uptime);
    }

    /** Why this machine cannot bring a job to its end now, if so. */
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
        unfit.forEach(key -> passOver(key, pause.end().plus(OTHERS_FIRST)));
        close(why);
    }

    /** The ids of the jobs that workers have. */
    public Set<String> jobsInHand() {
        return running.values().stream().map(Job::id).collect(Collectors.toSet());
    }

    /** What the store calls the jobs that workers have. */
    public Set<String> keysInHand() {
        return Set.copyOf(running.keySet());
    }

    /** Whether a job is to be looked at now: one that is passed over for a while holds up no other. */
    public synchronized boolean isOpenFor(String key) {
        Duration until = passedOver.get(key);
        if (until != null && uptime.now().compareTo(until) < 0) {
            return false;
        }
        passedOver.remove(key);
        return true;
    }

    private void passOver(String key, Duration until) {
        passedOver.put(key, until);
    }

    /**
     * Whether a job may begin now. Where it may, it is in hand until it has {@linkplain #ended ended}.
     *
     * @param key what the store calls it
     * @param next the job, or nothing where it is none, which is let through to be put aside
     */
    public synchronized boolean admit(String key, Next next) {
        if (opening.isClosed() || !pause.isOver()) {
            return false;
        }
        Optional<Job> job;
        String obstacle;
        try {
            job = next.read();
            if (mustBeAlone(job)) {
                return false;
            }
            obstacle = obstacle(key, job);
        } catch (IOException | DirectoryIteratorException e) {
            passOver(key, uptime.now().plus(UNTIL_NEXT_LOOK)); // others may be read
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
        job.ifPresent(one -> running.put(key, one));
        return true;
    }

    /** Reads the job that would be next. */
    @FunctionalInterface
    public interface Next {
        Optional<Job> read() throws IOException;
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
    private @Nullable String obstacle(String key, Optional<Job> next) throws IOException {
        try {
            results.require();
        } catch (IOException e) {
            return e.getMessage();
        }
        for (Path folder :
                List.of(folders.work(), folders.queued(), folders.running(), folders.outbox(), folders.error())) {
            Optional<String> obstacle = MachineFitness.obstacleIn(folder);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
        }
        List<Job> job = next.stream().toList();
        String full = disk.obstacle(running.values(), job);
        boolean isTooLarge =
                full != null && disk.obstacle(List.of(), job) != null && disk.obstacle(List.of(), List.of()) == null;
        if (isTooLarge) {
            passOver(key, uptime.now().plus(UNTIL_NEXT_LOOK));
        }
        return full;
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
    public synchronized void rolledBack(String key, @Nullable Exception cause) {
        unfit.add(key);
        hold("the end of a job could not be recorded" + (cause == null ? "" : " (" + Diagnosis.words(cause) + ")"));
        ended(key);
    }

    /** A job that came to an end, good or bad, shows that the machine is fit. */
    public synchronized void ended(String key) {
        boolean hasRun = running.remove(key) != null;
        if (!unfit.remove(key) && hasRun) {
            pause.reset();
        }
    }
}
