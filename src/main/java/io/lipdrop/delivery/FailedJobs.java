package io.lipdrop.delivery;

import com.fasterxml.jackson.core.JacksonException;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.files.GuardedFolder;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Litter;
import io.lipdrop.home.Names;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes the files of one failed job out of {@code error/<batch>/}, where people may change them meanwhile. */
@Component
public class FailedJobs {
    private final FailedSources sources;
    private final Folders folders;
    private final ResultFolders results;
    private final GuardedFolder error;

    FailedJobs(ErrorReports reports, Folders folders, ResultFolders results) {
        this.sources = reports.sources();
        this.folders = folders;
        this.results = results;
        this.error = new GuardedFolder(folders.error());
    }

    /** What is needed of a report. */
    private record Again(@Nullable Manifest retry) {}

    /**
     * The manifest that would run just this job again, whose files are in its folder or in the library.
     *
     * @param report the name of the job's report
     * @param video the video, as the user named it
     * @return nothing where the report is gone or cannot be understood
     * @throws IOException while the error folder is away
     */
    public Optional<Manifest> manifestOf(String batch, String report, String video) throws IOException {
        results.require();
        Path folder = folders.error().resolve(batch);
        if (!isThere(folder.resolve(report))) {
            return Optional.empty();
        }
        try {
            Manifest known = Documents.read(folder.resolve(report), Again.class).retry();
            if (known != null && known.audio() != null && !known.videos().isEmpty()) {
                return Optional.of(known);
            }
        } catch (JacksonException e) {
            // what follows is a guess that is right unless two jobs have the same video
        }
        String stem = report.substring(0, report.length() - Names.REPORT.length());
        String own = video.startsWith(Manifest.LIBRARY) ? video : Names.sourceInError(stem, video);
        return RetryManifest.entry(folder, batch, own);
    }

    /** Whether a file that the manifest names is there: a file, not a link. */
    public boolean isThere(Path file) throws IOException {
        return error.attributes(file).filter(BasicFileAttributes::isRegularFile).isPresent();
    }

    /**
     * Copies a file that other failed jobs may need, or moves one that none does.
     *
     * @return false where it is not there any more
     */
    public boolean bring(Path file, Path target, boolean isShared) throws IOException {
        results.require();
        return isShared
                ? error.copy(file, target, BasicFileAttributes::isRegularFile, bytes -> {})
                : error.move(file, target, BasicFileAttributes::isRegularFile);
    }

    /**
     * Deletes what is left of a job whose files were brought: its entry in the manifest, the voice unless another job needs it, its
     * report, and the folder unless something else is in it. May be repeated.
     */
    public void remove(String batch, String report, Manifest retried) throws IOException {
        results.require();
        synchronized (sources) { // another job of the batch may just be failing
            Path folder = folders.error().resolve(batch);
            List<String> names = error.list(folder);
            if (names.isEmpty()) {
                return;
            }
            boolean isLast = !sources.isHeld(batch)
                    && names.stream().noneMatch(name -> name.endsWith(Names.REPORT) && !name.equals(report));
            RetryManifest.writeWithout(retried, batch, folder);
            if (isLast) {
                delete(RetryManifest.fileIn(folder, batch));
                if (!retried.audio().startsWith(Manifest.LIBRARY)) {
                    delete(folder.resolve(retried.audio()));
                }
            }
            delete(folder.resolve(report));
            if (isLast) {
                removeIfEmpty(folder);
            }
        }
    }

    private void removeIfEmpty(Path folder) throws IOException {
        List<String> rest = error.list(folder);
        if (rest.stream().allMatch(name -> Litter.isRemovable(name) || DurableFiles.isHalfWritten(Path.of(name)))) {
            for (String name : rest) {
                error.deleteTree(folder.resolve(name));
            }
            error.deleteFolder(folder);
        }
    }

    private void delete(Path file) throws IOException {
        if (Files.exists(file)) {
            error.delete(file, BasicFileAttributes::isRegularFile);
        }
    }
}
