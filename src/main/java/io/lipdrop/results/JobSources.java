package io.lipdrop.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.home.FolderAccess;
import io.lipdrop.home.Folders;
import io.lipdrop.home.HomeDocuments;
import io.lipdrop.home.Names;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The videos that jobs were made from: in {@code work/staging/} while their batch is open, then in {@code work/archive/} for the
 * retention time, in {@code library/} where they came from there, or beside the report of a failed job.
 */
@Component
public class JobSources {
    private final Folders folders;
    private final HomeDocuments documents;
    private final Results results;
    private final FolderAccess access;

    public JobSources(Folders folders, HomeDocuments documents, Results results, FolderAccess access) {
        this.access = access;
        this.folders = folders;
        this.documents = documents;
        this.results = results;
    }

    /** Opens the source of a job; nothing if it is not kept any more. */
    public Optional<OpenResult> open(String batch, String job) throws IOException {
        if (!Results.isName(batch)) {
            return Optional.empty();
        }
        for (Path home : homesOf(batch)) {
            Optional<Job> found = jobIn(home, batch, job);
            if (found.isPresent()) {
                return open(found.get(), home);
            }
        }
        return Optional.empty();
    }

    private Optional<OpenResult> open(Job job, Path home) throws IOException {
        Path staging = folders.staging(job.batch());
        Path video = job.video();
        Path now = video.startsWith(staging) ? home.resolve(staging.relativize(video)) : video;
        Path root = video.startsWith(staging) ? folders.work() : folders.library();
        Optional<OpenResult> kept = now.startsWith(root)
                ? access.folder(root).open(now).map(open -> Results.result(job.batch(), "source", now, open))
                : Optional.empty();
        return kept.isPresent() ? kept : results.open(job.batch(), Names.sourceInError(job.stem(), job.videoName()));
    }

    /** Where the record of a batch may be; of archived ones of the same name, the last comes first. */
    private List<Path> homesOf(String batch) {
        List<Path> homes = new ArrayList<>(List.of(folders.archive().resolve(batch)));
        for (int count = 2; Files.isDirectory(folders.archive().resolve(batch + "-" + count)); count++) {
            homes.add(0, folders.archive().resolve(batch + "-" + count));
        }
        homes.add(0, folders.staging(batch));
        return homes;
    }

    private Optional<Job> jobIn(Path home, String batch, String id) throws IOException {
        try {
            Batch record = documents.read(home.resolve(Folders.BATCH), Batch.class);
            return record == null || !batch.equals(record.id())
                    ? Optional.empty()
                    : record.jobs().stream().filter(job -> job.id().equals(id)).findFirst();
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
