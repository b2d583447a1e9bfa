package io.lipdrop.queue;

import io.lipdrop.files.FreeSpace;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Rendered;
import io.lipdrop.job.Job;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the disks have room for what jobs make. */
final class DiskSpace {
    private final Folders folders;
    private final FreeSpace space;

    DiskSpace(Folders folders, FreeSpace space) {
        this.folders = folders;
        this.space = space;
    }

    /** Why the next job cannot begin beside those that run, if so. */
    @Nullable
    String obstacle(Collection<Job> running, Collection<Job> next) throws IOException {
        long needed = MachineFitness.RESERVE_BYTES + neededBy(running) + neededBy(next);
        for (Path folder : List.of(folders.work(), folders.outbox())) {
            long free = space.of(folder);
            if (free < needed) {
                String who = running.isEmpty() ? "the next job needs" : "the next job and the running jobs need";
                return "disk-full: %s has %d MB free, %s %d MB".formatted(folder, free >> 20, who, needed >> 20);
            }
        }
        return null;
    }

    /** What jobs still take of the disk: what they, or earlier attempts, have rendered is there already. */
    private long neededBy(Collection<Job> jobs) throws IOException {
        long needed = 0;
        for (Job job : jobs) {
            Rendered rendered = Rendered.of(job, folders);
            if (rendered.isFinished()) { // what is left is to bring it to the outbox
                needed += sizeOf(rendered.video());
                continue;
            }
            Long known = job.neededBytes();
            long bytes = known != null ? known : 3 * (sizeOf(job.audio()) + sizeOf(job.video()));
            needed += Math.max(0, bytes - sizeOfFilesIn(folders.rendering(job)));
        }
        return needed;
    }

    private static long sizeOfFilesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                bytes += Files.isDirectory(file) ? sizeOfFilesIn(file) : sizeOf(file);
            }
        } catch (NoSuchFileException e) {
            return 0; // it was just delivered
        }
        return bytes;
    }

    private static long sizeOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
