package io.lipdrop.delivery;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Rendered;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.RefusedDrop;
import io.lipdrop.job.Verdict;
import io.lipdrop.stage.Notices;
import io.lipdrop.stage.OneByOne;
import io.lipdrop.stage.Outcomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Moves failed files to {@code error/<batch>/}, with a report and a retry manifest: when the folder is dropped into the
 * inbox again, only what failed runs.
 */
@Component
public class ErrorReports {
    private static final Logger log = LoggerFactory.getLogger(ErrorReports.class);

    /** So many cancelled jobs of one batch are reported at a time. */
    private static final int AT_ONCE = 200;

    private final Folders folders;
    private final ResultFolders results;
    private final Outcomes outcomes;
    private final Clock clock;
    private final RetryManifest retry;
    private final FailedSources sources;
    private final RefusedDrops drops;

    ErrorReports(Folders folders, ResultFolders results, Outcomes outcomes, Notices notices, Clock clock) {
        this.folders = folders;
        this.results = results;
        this.outcomes = outcomes;
        this.clock = clock;
        this.retry = new RetryManifest(folders, outcomes);
        this.sources = new FailedSources(folders, results, retry);
        this.drops = new RefusedDrops(folders, results, notices, clock);
    }

    /** The sources that lie in error, or are on their way there. */
    FailedSources sources() {
        return sources;
    }

    /** Reports a job that validation rejected. */
    public void reject(Verdict verdict) throws IOException {
        if (verdict instanceof Verdict.Rejected rejected) {
            report(List.of(new Ending(rejected.job(), rejected.failure(), "validation")), bytes -> {});
        }
    }

    /**
     * Reports a job that failed while it ran, or was cancelled.
     *
     * @param route where it failed; further workers' routes are {@code queue-2}, {@code queue-3} …
     */
    public void fail(Job job, Exception error, String route) throws IOException {
        RuntimeException verdict = Diagnosis.of(error, job.videoName());
        Failure met = verdict instanceof Failure known ? known : Failure.unforeseen(job.videoName(), verdict);
        Failure failure = outcomes.cancelledBy(job)
                .map(by -> Failure.cancelled(job.videoName(), by))
                .orElse(met);
        String stage = route.startsWith("queue-") ? "queue" : route;
        Job ended = job.withAttempts(job.attempts() + (job.isOutOfAttempts() ? 0 : 1));
        if (failure.code() == FailureCode.CANCELLED && sources.isFarFrom(job)) {
            log.info("{}: ended; its files are copied to error/", job.id());
            return; // whoever reports cancelled jobs that nobody has; the next job begins meanwhile
        }
        try {
            report(List.of(new Ending(ended, failure, stage)), copied -> outcomes.requireWanted(job));
        } catch (Failure cancelled) {
            log.info("{}: cancelled while its files were copied to error/", job.id());
        }
    }

    /**
     * Reports jobs that were cancelled and that no worker has; those of one batch some at a time, as their manifest is written anew each time.
     *
     * @throws IOException where those of a batch cannot be reported now; those of the others are
     */
    public void cancel(List<Job> jobs) throws IOException {
        Map<String, List<Job>> byBatch = new LinkedHashMap<>();
        jobs.forEach(job ->
                byBatch.computeIfAbsent(job.batch(), batch -> new ArrayList<>()).add(job));
        OneByOne.each(byBatch.values(), this::cancelOfOne);
    }

    private void cancelOfOne(List<Job> batch) throws IOException {
        for (int from = 0; from < batch.size(); from += AT_ONCE) {
            List<Ending> endings = new ArrayList<>();
            for (Job job : batch.subList(from, Math.min(batch.size(), from + AT_ONCE))) {
                outcomes.cancelledBy(job)
                        .ifPresent(by -> endings.add(new Ending(
                                job,
                                Failure.cancelled(job.videoName(), by),
                                outcomes.isAccepted(job) ? "queue" : "validation")));
            }
            report(endings, bytes -> {});
        }
    }

    /** Reports a whole drop that is rejected, and moves its files. */
    public void refuse(RefusedDrop refused) throws IOException {
        drops.refuse(refused);
    }

    /** How one job of a batch ends. */
    private record Ending(Job job, Failure failure, String stage) {
        JobState state() {
            return failure.code() == FailureCode.CANCELLED ? JobState.CANCELLED : JobState.FAILED;
        }
    }

    /** Jobs of one batch: their files, then their reports, the manifest, and the record of each, so that a crash repeats a step. */
    private void report(List<Ending> all, LongConsumer copied) throws IOException {
        if (!Files.isDirectory(folders.staging())) {
            throw new IOException(folders.work() + " is not available"); // so its state is unknown
        }
        List<Ending> endings = notEnded(all);
        if (endings.isEmpty()) {
            return;
        }
        String batch = endings.get(0).job().batch();
        try (FailedSources.Hold hold = sources.hold(batch)) {
            Path folder = hold.folder();
            for (Ending ending : endings) {
                if (ending.state() == JobState.CANCELLED) {
                    takeBack(ending.job());
                }
                sources.bring(ending.job(), folder, copied);
            }
            write(endings, folder);
        }
    }

    /** Those that have not ended in another way meanwhile. */
    private List<Ending> notEnded(List<Ending> all) {
        return all.stream()
                .filter(ending -> outcomes.of(ending.job()).isEmpty())
                .toList();
    }

    /** A crash may have come just after it was brought to the outbox. */
    private void takeBack(Job job) throws IOException {
        if (Rendered.of(job, folders).isFinished()) {
            Files.deleteIfExists(results.outbox(job.batch()).resolve(job.stem() + ".mp4"));
        }
    }

    /** One at a time, as the manifest of a batch is written anew with each. No file is copied meanwhile. */
    private void write(List<Ending> all, Path folder) throws IOException {
        synchronized (sources) {
            List<Ending> endings = notEnded(all);
            if (endings.isEmpty()) {
                return;
            }
            for (Ending ending : endings) {
                Job job = ending.job();
                Documents.write(
                        RetryManifest.reportOf(job, folder),
                        Report.of(
                                job, ending.failure(), ending.stage(), job.attempts(), clock.instant(), retry.of(job)));
            }
            retry.write(endings.stream().map(Ending::job).toList(), folder);
            for (Ending ending : endings) {
                record(ending, folder);
            }
        }
    }

    private void record(Ending ending, Path folder) throws IOException {
        Job job = ending.job();
        String code = ending.failure().code().code();
        String reason = ending.failure().reason();
        outcomes.record(job, new Outcome(job.id(), ending.state(), null, code, reason, clock.instant()));
        log.warn("{}: {}: {} See {}", job.id(), code, reason, folder);
        HalfMade.delete(folders, job);
    }
}
