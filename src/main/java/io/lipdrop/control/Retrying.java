package io.lipdrop.control;

import io.lipdrop.delivery.FailedJobs;
import io.lipdrop.files.SharedFolder;
import io.lipdrop.home.FolderAccess;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.intake.claim.BatchNames;
import io.lipdrop.intake.claim.Claim;
import io.lipdrop.job.Batch;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Manifest;
import io.lipdrop.status.BatchStatus.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Runs a failed or cancelled job again, as a batch of its own that gets the job's files out of {@code error/}. */
@Component
public class Retrying {
    private final KnownJobs jobs;
    private final FailedJobs failed;
    private final BatchNames names;
    private final OpenRetries open;
    private final Folders folders;
    private final FolderAccess access;
    private final Clock clock;

    Retrying(
            KnownJobs jobs,
            FailedJobs failed,
            BatchNames names,
            OpenRetries open,
            Folders folders,
            FolderAccess access,
            Clock clock) {
        this.access = access;
        this.jobs = jobs;
        this.failed = failed;
        this.names = names;
        this.open = open;
        this.folders = folders;
        this.clock = clock;
    }

    /**
     * What became of a request.
     *
     * @param batch the new batch, or nothing where there is none
     * @param detail why not, in a sentence; nothing where there is one
     */
    public record Retry(Answer answer, String batch, String detail) {
        private static Retry not(Answer answer, String detail) {
            return new Retry(answer, "", detail);
        }
    }

    /**
     * Begins a retry; on disk when this returns.
     *
     * @param by who asks, for the log
     */
    public Retry job(String id, String by) throws IOException {
        return access.within(folders.error(), () -> begin(id, by));
    }

    private synchronized Retry begin(String id, String by) throws IOException {
        Optional<KnownJobs.Known> known = jobs.find(id);
        if (known.isEmpty()) {
            return Retry.not(Answer.UNKNOWN, "There is no job " + id + ".");
        }
        String from = known.get().batch();
        JobStatus status = known.get().status();
        String report = status.report();
        if (status.state() != JobState.FAILED && status.state() != JobState.CANCELLED) {
            return Retry.not(Answer.NOT_NOW, id + " has neither failed nor been cancelled.");
        }
        if (open.has(id)) {
            return Retry.not(Answer.ENDED, id + " is being retried already.");
        }
        Optional<Manifest> manifest =
                report == null ? Optional.empty() : failed.manifestOf(from, report, status.video());
        if (report == null || manifest.isEmpty()) {
            return Retry.not(
                    Answer.ENDED, "The report of " + id + " is no longer in error/: it was retried or removed.");
        }
        for (Path file : filesOf(from, manifest.get()).values()) {
            if (!failed.isThere(file)) {
                return Retry.not(Answer.NOT_NOW, Names.fileName(file) + " is missing from error/" + from + ".");
            }
        }
        if (!open.hold(from)) {
            return Retry.not(Answer.NOT_NOW, from + " is just being deleted.");
        }
        try {
            return new Retry(Answer.DONE, begin(id, from, report, manifest.get(), by), "");
        } catch (IOException | RuntimeException e) {
            open.release(from);
            throw e;
        }
    }

    /** The name of the new batch. */
    private String begin(String job, String from, String report, Manifest manifest, String by) throws IOException {
        String name = names.begin(from);
        try {
            open.begin(plan(name, job, from, report, manifest), by);
        } finally {
            names.settle(name);
        }
        return name;
    }

    private RetryPlan plan(String name, String job, String from, String report, Manifest manifest) throws IOException {
        String voice = manifest.audio();
        String video = manifest.videos().get(0).file();
        Map<String, Path> places = new LinkedHashMap<>();
        List<RetryPlan.Move> moves = new ArrayList<>();
        filesOf(from, manifest).forEach((file, source) -> {
            Path target = folders.media(name).resolve(Names.fileName(source));
            places.put(file, target);
            moves.add(new RetryPlan.Move(source, target, file.equals(voice)));
        });
        for (String file : List.of(voice, video)) {
            if (file.startsWith(Manifest.LIBRARY)) {
                places.put(file, folders.library().resolve(file.substring(Manifest.LIBRARY.length())));
            }
        }
        Path label = folders.inbox().resolve(from + ".yaml");
        String mount = Files.exists(folders.inbox()) ? SharedFolder.mountOf(folders.inbox()) : "";
        Batch batch = new Claim(name, label, manifest, places, List.of(), mount, clock.instant()).toBatch();
        return new RetryPlan(job, from, report, manifest, moves, batch);
    }

    /** The files in the error folder, by their names in the manifest, the voice first. */
    private Map<String, Path> filesOf(String batch, Manifest manifest) throws IOException {
        Path folder = folders.error().resolve(batch);
        Map<String, Path> files = new LinkedHashMap<>();
        for (String name : List.of(manifest.audio(), manifest.videos().get(0).file())) {
            if (!name.startsWith(Manifest.LIBRARY)) {
                Path file = folder.resolve(name).normalize();
                if (!folder.equals(file.getParent())) {
                    throw new IOException(name + " is not a file in " + folder);
                }
                files.put(name, file);
            }
        }
        return files;
    }
}
