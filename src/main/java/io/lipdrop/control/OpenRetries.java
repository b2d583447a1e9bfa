package io.lipdrop.control;

import io.lipdrop.delivery.FailedJobs;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.files.Stamp;
import io.lipdrop.history.History;
import io.lipdrop.home.Folders;
import io.lipdrop.home.HomeDocuments;
import io.lipdrop.home.Names;
import io.lipdrop.home.Sources;
import io.lipdrop.intake.claim.StagedClaims;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.stage.Notices;
import io.lipdrop.stage.OneByOne;
import io.lipdrop.stage.Recoverable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The retries whose files are still to be brought. Each step may be repeated; a crash between any two loses and doubles nothing. */
@Component
@Order(1)
public class OpenRetries implements Recoverable {
    private static final Logger log = LoggerFactory.getLogger(OpenRetries.class);

    private final Folders folders;
    private final FailedJobs failed;
    private final StagedClaims staged;
    private final Sources sources;
    private final Notices notices;
    private final History history;
    private final HomeDocuments documents;
    private final Map<String, RetryPlan> plans = new ConcurrentHashMap<>();
    private final Map<String, Held> holds = new HashMap<>();

    OpenRetries(
            Folders folders,
            FailedJobs failed,
            StagedClaims staged,
            Sources sources,
            Notices notices,
            History history,
            HomeDocuments documents) {
        this.folders = folders;
        this.failed = failed;
        this.staged = staged;
        this.sources = sources;
        this.notices = notices;
        this.history = history;
        this.documents = documents;
    }

    /** Whether a failed job is being retried. */
    boolean has(String job) {
        return plans.containsKey(job);
    }

    /** The batches whose files are still to be brought. */
    List<String> batches() {
        return plans.values().stream().map(plan -> plan.batch().id()).toList();
    }

    /**
     * A batch that is not to be deleted.
     *
     * @param retries how many of its jobs are being retried, or are just beginning to be
     */
    private record Held(History.Hold hold, int retries) {}

    /** Keeps a batch from being deleted until its job's retry is {@linkplain #release released}; false where it is being deleted. */
    synchronized boolean hold(String batch) {
        Held known = holds.get(batch);
        History.Hold hold = known != null ? known.hold : history.hold(batch).orElse(null);
        if (hold == null) {
            return false;
        }
        holds.put(batch, new Held(hold, known == null ? 1 : known.retries + 1));
        return true;
    }

    /** One retry of the batch is over, or has not begun. */
    synchronized void release(String batch) {
        Held held = holds.remove(batch);
        if (held != null && held.retries > 1) {
            holds.put(batch, new Held(held.hold, held.retries - 1));
        } else if (held != null) {
            held.hold.close();
        }
    }

    /** From now on the retry is carried out, by this process or the next. */
    void begin(RetryPlan plan, String by) throws IOException {
        documents.write(folders.retry(plan.batch().id()), plan);
        plans.put(plan.job(), plan);
        tell(plan);
        log.info("{}: retried as {} ({})", plan.job(), plan.batch().id(), by);
    }

    private void tell(RetryPlan plan) {
        notices.waiting(
                plan.batch().id(),
                plan.batch().manifest(),
                "taking the files of %s out of error/".formatted(plan.job()));
    }

    @Override
    public void recover() throws IOException {
        if (!Files.isDirectory(folders.staging())) {
            return;
        }
        try (Stream<Path> batches = Files.list(folders.staging())) {
            for (Path staging : batches.toList()) {
                recover(folders.retry(Names.fileName(staging)));
            }
        }
    }

    private void recover(Path document) throws IOException {
        if (!Files.exists(document)) {
            return;
        }
        try {
            RetryPlan plan = documents.read(document, RetryPlan.class);
            if (plan.isComplete()) {
                hold(plan.from());
                plans.put(plan.job(), plan);
                tell(plan);
            }
        } catch (IOException e) {
            log.error("{} cannot be read; the files of its batch stay where they are: {}", document, e.toString());
        }
    }

    /**
     * Brings the files of each retry and hands its batch to validation. Called by one route only.
     *
     * @throws IOException where one cannot be carried out now; it is tried again
     */
    public void carryOn() throws IOException {
        OneByOne.each(List.copyOf(plans.values()), this::carryOut);
    }

    private void carryOut(RetryPlan plan) throws IOException {
        String batch = plan.batch().id();
        if (!staged.isHandedOver(batch)) {
            for (RetryPlan.Move move : plan.moves()) {
                if (!Files.exists(move.target()) && !failed.bring(move.source(), move.target(), move.shared())) {
                    giveUp(plan, Names.fileName(move.source()));
                    return;
                }
            }
            // INVARIANT: the report goes before the batch begins, so that no job is retried twice; the plan is here
            // until both are done
            failed.remove(plan.from(), plan.report(), plan.manifest());
            sources.judged(batch, stamps(plan));
            staged.handOver(plan.batch());
        }
        Files.deleteIfExists(folders.retry(batch));
        end(plan);
    }

    private static Map<Path, Stamp> stamps(RetryPlan plan) throws IOException {
        Map<Path, Stamp> stamps = new HashMap<>();
        for (Job job : plan.batch().jobs()) {
            stamps.put(job.audio(), Stamp.of(job.audio()));
            stamps.put(job.video(), Stamp.of(job.video()));
        }
        return stamps;
    }

    /** The voice is only a copy so far, and the video is where it was, or gone. */
    private void giveUp(RetryPlan plan, String missing) throws IOException {
        String batch = plan.batch().id();
        String why = "%s was removed from error/%s before it could be taken.".formatted(missing, plan.from());
        Failure failure = new Failure(FailureCode.MEDIA_MISSING, why);
        notices.refusing(batch, plan.batch().manifest(), folders.retry(batch), failure);
        DurableFiles.deleteTree(folders.staging(batch));
        log.warn("{}: not retried: {}", plan.job(), why);
        notices.refused(batch, plan.batch().manifest(), failure);
        end(plan);
    }

    private void end(RetryPlan plan) {
        plans.remove(plan.job());
        release(plan.from());
    }
}
