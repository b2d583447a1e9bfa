package io.lipdrop.status;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Documents;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Failure;
import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Outcome;
import io.lipdrop.queue.Claims;
import io.lipdrop.queue.JobQueue;
import io.lipdrop.queue.Ledger;
import io.lipdrop.queue.QueueGate;
import io.lipdrop.stage.Notices;
import io.lipdrop.status.BatchStatus.JobStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes {@code outbox/<batch>/status.json}. What it writes is read off the folders and the running jobs' progress each
 * time, never remembered: it cannot be out of step with what is.
 */
@Component
public class StatusBoard implements Notices {
    private static final Logger log = LoggerFactory.getLogger(StatusBoard.class);

    private final ResultFolders results;
    private final Ledger ledger;
    private final JobQueue queue;
    private final QueueGate gate;
    private final Claims claims;
    private final LiveProgress live;
    private final Clock clock;
    private final Map<String, BatchStatus> written = new HashMap<>();
    private int moves;
    private final Map<String, String> troubles = new ConcurrentHashMap<>();

    StatusBoard(
            ResultFolders results,
            Ledger ledger,
            JobQueue queue,
            QueueGate gate,
            Claims claims,
            LiveProgress live,
            Clock clock) {
        this.results = results;
        this.ledger = ledger;
        this.queue = queue;
        this.gate = gate;
        this.claims = claims;
        this.live = live;
        this.clock = clock;
    }

    /** Looks at every open batch, writes what changed, and closes the batches that are finished. */
    public synchronized void refresh() throws IOException {
        claims.look();
        if (moves != results.moves()) {
            moves = results.moves();
            written.clear(); // nothing of it is where people look now
        }
        Set<String> running = queue.running();
        Set<String> queued = Set.copyOf(queue.waiting());
        for (Batch batch : ledger.batches()) {
            BatchStatus status = statusOf(batch, running, queued);
            BatchStatus last = written.get(batch.id());
            boolean isFinished = status.state().isFinal();
            if (isFinished && !queue.isDoneWith(batch)) {
                continue; // its last document is just being put away
            }
            boolean isNews = status.state() == JobState.RUNNING || isFinished || !isSame(status, last);
            if (isNews && !write(status)) {
                continue; // told at a later look; until then nothing has ended
            }
            if (isFinished) {
                ledger.close(batch);
                written.remove(batch.id());
                log.info("{}: {}", batch.id(), status.message());
            }
        }
    }

    @Override
    public void waiting(String batch, String manifest, String message) {
        tell(new BatchStatus(batch, manifest, JobState.WAITING, message, clock.instant(), List.of()));
    }

    @Override
    public void refused(String batch, String manifest, Failure failure) {
        String message = failure.code().code() + ": " + failure.reason();
        tell(new BatchStatus(batch, manifest, JobState.FAILED, message, clock.instant(), List.of()));
    }

    @Override
    public void withdrawn(String batch, String manifest) {
        String message = "removed from the inbox before it was complete";
        tell(new BatchStatus(batch, manifest, JobState.CANCELLED, message, clock.instant(), List.of()));
    }

    private void tell(BatchStatus status) {
        try {
            DurableFiles.write(statusFile(status.batch()), Documents.bytes(status));
        } catch (IOException e) {
            complain(status, e);
        }
    }

    /** Whether it could be written; if not, it is tried again. */
    private boolean write(BatchStatus status) {
        try {
            byte[] document = Documents.bytes(status);
            if (status.state().isFinal()) {
                DurableFiles.write(statusFile(status.batch()), document);
            } else {
                DurableFiles.writeUnforced(statusFile(status.batch()), document);
            }
            written.put(status.batch(), status);
            troubles.remove(status.batch());
            return true;
        } catch (IOException e) {
            complain(status, e);
            return false;
        }
    }

    /** Once for each reason: it is tried again every second. */
    private void complain(BatchStatus status, IOException e) {
        String trouble = e.toString();
        if (!trouble.equals(troubles.put(status.batch(), trouble))) {
            log.warn("{}: status.json cannot be written: {}", status.batch(), trouble);
        }
    }

    private Path statusFile(String batch) throws IOException {
        return results.outbox(batch).resolve(ResultFolders.STATUS);
    }

    private BatchStatus statusOf(Batch batch, Set<String> running, Set<String> queued) {
        boolean isBeingChecked = ledger.isBeingChecked(batch);
        List<JobStatus> jobs = new ArrayList<>();
        for (Job job : batch.jobs()) {
            Outcome outcome = ledger.of(job).orElse(null);
            if (outcome != null) {
                jobs.add(ended(job, outcome));
            } else if (running.contains(job.id()) && !queued.contains(job.id())) {
                jobs.add(live.statusOf(job));
            } else if (isBeingChecked && !ledger.isChecked(job)) {
                jobs.add(waiting(job, JobState.WAITING, "not checked yet"));
            } else {
                jobs.add(waiting(job, JobState.QUEUED, gate.reason()));
            }
        }
        String message =
                messageOf(jobs, gate.reason(), claims.reason(batch.id()).orElse(null));
        return new BatchStatus(batch.id(), batch.manifest(), stateOf(jobs), message, clock.instant(), jobs);
    }

    private JobStatus waiting(Job job, JobState state, @Nullable String message) {
        return new JobStatus(
                job.id(),
                job.videoName(),
                state,
                null,
                null,
                null,
                null,
                null,
                job.attempts(),
                null,
                null,
                message,
                clock.instant());
    }

    private static JobStatus ended(Job job, Outcome outcome) {
        return new JobStatus(
                job.id(),
                job.videoName(),
                outcome.state(),
                null,
                null,
                null,
                outcome.state() == JobState.DONE ? 100.0 : null,
                null,
                job.attempts(),
                outcome.result(),
                outcome.code(),
                outcome.message(),
                outcome.at());
    }

    private static JobState stateOf(List<JobStatus> jobs) {
        for (JobState state : List.of(JobState.RUNNING, JobState.QUEUED, JobState.WAITING)) {
            if (count(jobs, state) > 0) {
                boolean isBegun = jobs.stream().anyMatch(job -> job.state().isFinal());
                return isBegun ? JobState.RUNNING : state;
            }
        }
        for (JobState state : List.of(JobState.FAILED, JobState.CANCELLED)) {
            if (count(jobs, state) > 0) {
                return state;
            }
        }
        return JobState.DONE;
    }

    private static String messageOf(List<JobStatus> jobs, @Nullable String obstacle, @Nullable String noCheck) {
        StringBuilder message = new StringBuilder("%d of %d done".formatted(count(jobs, JobState.DONE), jobs.size()));
        for (JobState state : List.of(JobState.FAILED, JobState.CANCELLED, JobState.RUNNING, JobState.QUEUED)) {
            long count = count(jobs, state);
            if (count > 0) {
                message.append(", ").append(count).append(' ').append(state.label());
            }
        }
        long unchecked = count(jobs, JobState.WAITING);
        if (unchecked > 0) {
            message.append(", %d of %d checked".formatted(jobs.size() - unchecked, jobs.size()));
        }
        if (noCheck != null && unchecked > 0) {
            message.append("; validation is waiting: ").append(noCheck);
        }
        if (obstacle != null && count(jobs, JobState.QUEUED) > 0) {
            message.append("; the queue is waiting: ").append(obstacle);
        }
        return message.toString();
    }

    private static long count(List<JobStatus> jobs, JobState state) {
        return jobs.stream().filter(job -> job.state() == state).count();
    }

    private static boolean isSame(BatchStatus status, @Nullable BatchStatus last) {
        return last != null && last.state() == status.state() && last.message().equals(status.message());
    }
}
