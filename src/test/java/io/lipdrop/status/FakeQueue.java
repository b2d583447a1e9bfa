package io.lipdrop.status;

import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Options;
import io.lipdrop.job.Outcome;
import io.lipdrop.status.progress.JobProgress;
import io.lipdrop.status.queue.QueueView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A queue in memory, in whatever state a test wants it. */
public final class FakeQueue implements QueueView {
    final Map<String, Batch> open = new LinkedHashMap<>();
    public final Set<String> queued = new LinkedHashSet<>();
    final Set<String> running = new HashSet<>();
    final Set<String> checked = new HashSet<>();
    final Set<String> beingChecked = new HashSet<>();
    final Map<String, Preflight> preflights = new HashMap<>();
    final Map<String, Outcome> outcomes = new HashMap<>();
    public final Map<String, String> noCheck = new HashMap<>();
    public @Nullable String obstacle;
    public @Nullable IOException unreadable;

    @Nullable
    IOException unclosable;

    /** How often all was asked that is said of a job. */
    public int describedJobs;

    /** How often the present moment was asked for: once for a list, and once for each batch that is described by itself. */
    public int looks;

    public Runnable whileLooking = () -> {};

    /** The read model on this queue, after a look at it if it can be read. */
    public BatchStatuses statuses(Clock clock) {
        BatchStatuses statuses = new BatchStatuses(this, new Drops(), new JobProgress(), clock);
        look(statuses);
        return statuses;
    }

    /** Looks, as is done each second. */
    public static void look(BatchStatuses statuses) {
        try {
            statuses.look();
        } catch (IOException e) {
            // the model knows
        }
    }

    /** A claimed batch, its jobs in the queue. */
    public Batch add(String id, int jobs) {
        return add(id, jobs, Instant.EPOCH);
    }

    Batch add(String id, int jobs, Instant claimedAt) {
        Path file = Path.of("film.mp4");
        List<Job> all = IntStream.rangeClosed(1, jobs)
                .mapToObj(number -> new Job(
                        "%s-%02d".formatted(id, number),
                        id,
                        "film-" + number,
                        "voice.ogg",
                        file,
                        "film-%d.mp4".formatted(number),
                        file,
                        Options.DEFAULTS,
                        4,
                        number,
                        0,
                        claimedAt))
                .toList();
        Batch batch = new Batch(id, id + ".yaml", all, claimedAt);
        open.put(id, batch);
        all.forEach(job -> queued.add(job.id()));
        return batch;
    }

    public void closeAll() {
        open.clear();
        queued.clear();
    }

    public void run(String job) {
        queued.remove(job);
        running.add(job);
    }

    /** The job's record; its document stays where it is. */
    Outcome record(String job, JobState state) {
        Outcome outcome = state == JobState.DONE
                ? new Outcome(job, state, "film.mp4", null, null, Instant.EPOCH)
                : new Outcome(job, state, null, "no-face", "No face was found.", Instant.EPOCH);
        outcomes.put(job, outcome);
        return outcome;
    }

    void putAway(String job) {
        queued.remove(job);
        running.remove(job);
    }

    @Override
    public Look look() throws IOException {
        if (unreadable != null) {
            throw unreadable;
        }
        return new Look(
                new ArrayList<>(open.values()),
                queued,
                running,
                beingChecked,
                noCheck,
                noCheck.values().stream().toList());
    }

    @Override
    public Optional<Outcome> outcome(Job job) {
        return Optional.ofNullable(outcomes.get(job.id()));
    }

    @Override
    public boolean isChecked(Job job) {
        return checked.contains(job.id());
    }

    @Override
    public Optional<Preflight> preflight(Job job) {
        describedJobs++;
        return Optional.ofNullable(preflights.get(job.id()));
    }

    @Override
    public @Nullable String obstacle() {
        looks++;
        whileLooking.run();
        return obstacle;
    }

    @Override
    public boolean isDoneWith(Batch batch) {
        return batch.jobs().stream().noneMatch(job -> queued.contains(job.id()) || running.contains(job.id()));
    }

    @Override
    public void close(Batch batch) throws IOException {
        if (unclosable != null) {
            throw unclosable;
        }
        open.remove(batch.id());
        batch.jobs().forEach(job -> outcomes.remove(job.id()));
    }
}
