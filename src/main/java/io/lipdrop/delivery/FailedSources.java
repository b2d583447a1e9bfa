package io.lipdrop.delivery;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.Job;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the sources of failed jobs to {@code error/<batch>/}. A copy to another file system takes long and nobody waits for it; what
 * lies in the folder, by name, changes only under the lock of this object.
 */
final class FailedSources {
    private static final Logger log = LoggerFactory.getLogger(FailedSources.class);

    private final Folders folders;
    private final ResultFolders results;
    private final RetryManifest retry;
    private final Map<String, Integer> held = new HashMap<>();

    FailedSources(Folders folders, ResultFolders results, RetryManifest retry) {
        this.folders = folders;
        this.results = results;
        this.retry = retry;
    }

    /** The folder of a batch, to which files are brought: nobody deletes it, nor a voice that is there already. */
    record Hold(FailedSources sources, String batch, Path folder) implements AutoCloseable {
        @Override
        public void close() {
            sources.release(batch);
        }
    }

    synchronized Hold hold(String batch) throws IOException {
        Path folder = results.error(batch);
        Files.createDirectories(folder);
        held.merge(batch, 1, Integer::sum);
        return new Hold(this, batch, folder);
    }

    private synchronized void release(String batch) {
        held.computeIfPresent(batch, (name, count) -> count == 1 ? null : count - 1);
    }

    /** Whether files are being brought to the folder of a batch. */
    synchronized boolean isHeld(String batch) {
        return held.containsKey(batch);
    }

    /** Whether files of a job are on another file system than the error folder, so that it takes long to bring them there. */
    boolean isFarFrom(Job job) throws IOException {
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
     * Puts the sources of a job into the folder, except those of the library, which stay where they are.
     *
     * @param copied hears how many bytes are copied; what it throws ends the copy
     */
    void bring(Job job, Path folder, LongConsumer copied) throws IOException {
        bring(job.video(), folder.resolve(retry.nameOf(job)), copied);
        bring(job.audio(), folder.resolve(Names.fileName(job.audio())), copied);
    }

    /** An unreadable file can only be moved by rename; if that fails, the report is written without it. */
    private void bring(Path source, Path target, LongConsumer copied) throws IOException {
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
            log.debug("{} cannot be moved to {}", source, target, e);
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
}
