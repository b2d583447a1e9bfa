package io.lipdrop.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.files.GuardedFolder;
import io.lipdrop.job.Documents;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Manifest;
import io.lipdrop.job.Names;
import io.lipdrop.job.Notices;
import io.lipdrop.job.Options;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.Outcomes;
import io.lipdrop.job.RefusedDrop;
import io.lipdrop.job.ResultFolders;
import io.lipdrop.job.Verdicts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Puts what failed into {@code error/<batch>/}, with the reason and a manifest for another try: the folder dropped back
 * into the inbox runs just what failed.
 */
@Component
class ErrorReports {
    private static final Logger log = LoggerFactory.getLogger(ErrorReports.class);
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    private final Folders folders;
    private final GuardedFolder inbox;
    private final ResultFolders results;
    private final Outcomes outcomes;
    private final Notices notices;
    private final Clock clock;

    ErrorReports(Folders folders, ResultFolders results, Outcomes outcomes, Notices notices, Clock clock) {
        this.folders = folders;
        this.inbox = new GuardedFolder(folders.inbox());
        this.results = results;
        this.outcomes = outcomes;
        this.notices = notices;
        this.clock = clock;
    }

    /** Reports each job that validation rejected. */
    public void reject(Verdicts verdicts) throws IOException {
        for (Verdicts.Rejected rejected : verdicts.rejected()) {
            report(rejected.job(), rejected.failure(), "validation");
        }
    }

    /** Reports a job that failed while it ran. */
    public void fail(Job job, Exception cause) throws IOException {
        Failure failure = cause instanceof Failure known ? known : Failure.unforeseen(job.videoName(), cause);
        report(job.withAttempts(job.attempts() + (job.isOutOfAttempts() ? 0 : 1)), failure, "sync");
    }

    /** Reports a job that someone took out of the queue. */
    public void cancel(Job job) throws IOException {
        Failure failure =
                new Failure(FailureCode.CANCELLED, job.videoName() + " was taken out of the queue before it began.");
        report(job, failure, "queue");
    }

    /** Takes a whole drop that cannot be carried out. */
    public void refuse(RefusedDrop refused) throws IOException {
        Path folder = results.error(refused.batch());
        for (RefusedDrop.Media media : refused.media()) {
            Path place = freeIn(folder, media.place());
            if (media.stays()) {
                inbox.copy(
                        media.file(),
                        place,
                        BasicFileAttributes::isRegularFile,
                        bytes -> {}); // no link: it may be written over
            } else {
                inbox.move(media.file(), place, BasicFileAttributes::isRegularFile);
            }
        }
        Path report = folder.resolve(refused.batch() + ".error.json");
        Documents.write(report, Report.of(refused.failure(), "intake", 0, clock.instant()));
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

    private synchronized void report(Job job, Failure failure, String stage) throws IOException {
        Path folder = results.error(job.batch());
        Files.createDirectories(folder);
        String video = bringVideo(job, folder);
        Documents.write(reportOf(job, folder), Report.of(failure, stage, job.attempts(), clock.instant()));
        writeRetryManifest(job, folder, video);
        JobState state = failure.code() == FailureCode.CANCELLED ? JobState.CANCELLED : JobState.FAILED;
        outcomes.record(
                job, new Outcome(job.id(), state, null, failure.code().code(), failure.reason(), clock.instant()));
        DurableFiles.deleteTree(folders.rendering(job));
        log.warn("{}: {}: {} See {}", job.id(), failure.code().code(), failure.reason(), folder);
    }

    private void writeRetryManifest(Job job, Path folder, String video) throws IOException {
        List<Manifest.Video> videos = new ArrayList<>();
        for (Job earlier : outcomes.unsuccessful(job.batch()).keySet()) {
            boolean isStillHere = Files.exists(reportOf(earlier, folder)); // else it has been dropped back already
            if (isStillHere && !earlier.id().equals(job.id())) {
                videos.add(new Manifest.Video(nameInError(earlier), earlier.options()));
            }
        }
        videos.add(new Manifest.Video(video, job.options()));
        String audio = bring(job.audio(), job.audioName(), folder, Names.fileName(job.audio()));
        Manifest manifest = new Manifest(audio, videos, job.priority(), Options.NONE);
        DurableFiles.write(folder.resolve(job.batch() + ".yaml"), YAML.writeValueAsBytes(manifest));
    }

    private static Path reportOf(Job job, Path folder) {
        return folder.resolve(job.stem() + ".error.json");
    }

    private String bringVideo(Job job, Path folder) throws IOException {
        return bring(job.video(), job.videoName(), folder, nameInError(job));
    }

    private String nameInError(Job job) {
        return isInLibrary(job.video()) ? job.videoName() : Names.sourceInError(job.stem(), job.videoName());
    }

    /** Puts a source beside its report, unless it is the library's, which stays where it is. */
    private String bring(Path source, String name, Path folder, String nameThere) throws IOException {
        if (isInLibrary(source)) {
            return name;
        }
        Path target = folder.resolve(nameThere);
        if (Files.exists(source) && !Files.exists(target)) {
            DurableFiles.linkOrCopy(source, target);
        }
        return nameThere;
    }

    private boolean isInLibrary(Path file) {
        return file.startsWith(folders.library());
    }

    private static Path freeIn(Path folder, String name) {
        Path free = folder.resolve(name);
        for (int count = 2; Files.exists(free); count++) {
            free = folder.resolve(name).resolveSibling(Names.stem(name) + "-" + count + Names.extension(name));
        }
        return free;
    }

    /** The document that says why. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Report(
            String code,
            String message,
            String hint,
            String stage,
            int attempts,
            Instant at,
            @Nullable Long frame,
            @Nullable Double seconds) {
        static Report of(Failure failure, String stage, int attempts, Instant at) {
            return new Report(
                    failure.code().code(),
                    failure.reason(),
                    failure.hint(),
                    stage,
                    attempts,
                    at,
                    failure.frame(),
                    failure.seconds());
        }
    }
}
