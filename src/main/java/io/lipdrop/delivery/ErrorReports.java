package io.lipdrop.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.files.GuardedFolder;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.home.Rendered;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Manifest;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.RefusedDrop;
import io.lipdrop.job.Verdict;
import io.lipdrop.stage.Notices;
import io.lipdrop.stage.OneByOne;
import io.lipdrop.stage.Outcomes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
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
    private final GuardedFolder inbox;
    private final ResultFolders results;
    private final Outcomes outcomes;
    private final Notices notices;
    private final Clock clock;
    private final RetryManifest retry;

    ErrorReports(Folders folders, ResultFolders results, Outcomes outcomes, Notices notices, Clock clock) {
        this.folders = folders;
        this.inbox = new GuardedFolder(folders.inbox());
        this.results = results;
        this.outcomes = outcomes;
        this.notices = notices;
        this.clock = clock;
        this.retry = new RetryManifest(folders, outcomes);
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
        if (failure.code() == FailureCode.CANCELLED && isFarFrom(job)) {
            log.info("{}: ended; its files are copied to error/", job.id());
            return; // whoever reports cancelled jobs that nobody has; the next job begins meanwhile
        }
        try {
            report(List.of(new Ending(ended, failure, stage)), copied -> outcomes.requireWanted(job));
        } catch (Failure cancelled) {
            log.info("{}: cancelled while its files were copied to error/", job.id());
        }
    }

    /** Whether files of a job are on another file system than the error folder, so that it takes long to bring them there. */
    private boolean isFarFrom(Job job) throws IOException {
        results.require();
        FileStore error = Files.getFileStore(folders.error());
        for (Path source : List.of(job.video(), job.audio())) {
            if (!retry.isInLibrary(source)
                    && Files.exists(source)
                    && !Files.getFileStore(source).equals(error)) {
                return true;
            }
        }
        return false;
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
        Path folder = results.error(refused.batch());
        for (RefusedDrop.Media media : refused.media()) {
            bring(media, freeIn(folder, media.place()));
        }
        Path report = folder.resolve(Names.report(refused.batch()));
        Documents.write(report, Report.of(null, refused.failure(), "intake", 0, clock.instant(), null));
        // INVARIANT: without its manifest nobody refuses the drop again; whoever is to hear of it must be on disk by
        // then
        notices.refusing(refused.batch(), refused.label(), refused.manifest(), refused.failure());
        Path manifest = folder.resolve(Names.fileName(refused.manifest()));
        if (!inbox.move(refused.manifest(), manifest, file -> !file.isDirectory())) {
            inbox.delete(
                    refused.manifest(),
                    BasicFileAttributes::isSymbolicLink); // on another file system; its report is here
        }
        notices.refused(refused.batch(), refused.label(), refused.failure());
        log.warn(
                "{}: {}: {}",
                refused.batch(),
                refused.failure().code().code(),
                refused.failure().reason());
    }

    /** An unreadable file can only be moved by rename; if that fails, it stays in the inbox. */
    private void bring(RefusedDrop.Media media, Path place) throws IOException {
        try {
            if (media.stays()) { // not a hard link: the user may overwrite the file in the inbox
                inbox.copy(media.file(), place, BasicFileAttributes::isRegularFile, bytes -> {});
            } else {
                inbox.move(media.file(), place, BasicFileAttributes::isRegularFile);
            }
        } catch (IOException e) {
            if (!Files.exists(media.file()) || Files.isReadable(media.file())) {
                throw e;
            }
            log.debug("{} cannot be moved to {}", media.file(), place, e);
        }
    }

    /** How one job of a batch ends. */
    private record Ending(Job job, Failure failure, String stage) {
        JobState state() {
            return failure.code() == FailureCode.CANCELLED ? JobState.CANCELLED : JobState.FAILED;
        }
    }

    /** Jobs of one batch: their files and reports, then the manifest, then the record of each, so that a crash repeats a step. */
    private synchronized void report(List<Ending> all, LongConsumer copied) throws IOException {
        if (!Files.isDirectory(folders.staging())) {
            throw new IOException(folders.work() + " is not available"); // so its state is unknown
        }
        List<Ending> endings = all.stream()
                .filter(ending -> outcomes.of(ending.job()).isEmpty()) // else it has ended in another way meanwhile
                .toList();
        if (endings.isEmpty()) {
            return;
        }
        Path folder = results.error(endings.get(0).job().batch());
        Files.createDirectories(folder);
        for (Ending ending : endings) {
            Job job = ending.job();
            if (ending.state() == JobState.CANCELLED
                    && Rendered.of(job, folders).isFinished()) {
                // a crash may have come just after it was brought to the outbox
                Files.deleteIfExists(results.outbox(job.batch()).resolve(job.stem() + ".mp4"));
            }
            bring(job.video(), folder, retry.nameOf(job), copied);
            bring(job.audio(), folder, Names.fileName(job.audio()), copied);
            Documents.write(
                    RetryManifest.reportOf(job, folder),
                    Report.of(job, ending.failure(), ending.stage(), job.attempts(), clock.instant(), retry.of(job)));
        }
        retry.write(endings.stream().map(Ending::job).toList(), folder);
        for (Ending ending : endings) {
            Job job = ending.job();
            String code = ending.failure().code().code();
            String reason = ending.failure().reason();
            outcomes.record(job, new Outcome(job.id(), ending.state(), null, code, reason, clock.instant()));
            log.warn("{}: {}: {} See {}", job.id(), code, reason, folder);
            HalfMade.delete(folders, job);
        }
    }

    /**
     * Puts a source next to its report, except a library file, which stays where it is. An unreadable file can only be moved
     * by rename; if that fails, the report is written without it.
     */
    private void bring(Path source, Path folder, String name, LongConsumer copied) throws IOException {
        Path target = folder.resolve(name);
        if (retry.isInLibrary(source) || !Files.exists(source) || Files.exists(target)) {
            return;
        }
        if (Files.isReadable(source)) {
            try {
                DurableFiles.linkOrCopy(source, target, copied);
            } catch (IOException e) {
                if (canBeRead(source)) {
                    throw e;
                }
                log.debug("{} cannot be read completely", source, e);
            }
            return;
        }
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            log.debug("{} cannot be moved to {}", source, folder, e);
        }
    }

    /** Whether the file can be read completely. */
    private static boolean canBeRead(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            content.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path freeIn(Path folder, String name) {
        Path free = folder.resolve(name);
        for (int count = 2; Files.exists(free); count++) {
            free = folder.resolve(name).resolveSibling(Names.stem(name) + "-" + count + Names.extension(name));
        }
        return free;
    }

    /**
     * The report document.
     *
     * @param job absent where a whole drop is refused
     * @param retry what would run just this job again, with the files in this folder
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Report(
            @Nullable String job,
            @Nullable String video,
            String code,
            String message,
            String hint,
            String stage,
            int attempts,
            Instant at,
            @Nullable Long frame,
            @Nullable Double seconds,
            @Nullable String by,
            @Nullable Manifest retry) {
        static Report of(
                @Nullable Job job, Failure failure, String stage, int attempts, Instant at, @Nullable Manifest retry) {
            return new Report(
                    job == null ? null : job.id(),
                    job == null ? null : job.videoName(),
                    failure.code().code(),
                    failure.reason(),
                    failure.hint(),
                    stage,
                    attempts,
                    at,
                    failure.frame(),
                    failure.seconds(),
                    failure.by(),
                    retry);
        }
    }
}
