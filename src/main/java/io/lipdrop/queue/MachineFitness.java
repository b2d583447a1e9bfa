package io.lipdrop.queue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a machine must have to do its work; asked by the queue's gate and by the health check. */
public final class MachineFitness {
    /** Space that always stays free, for logs, status files and other programs: with less, no job begins. */
    public static final long RESERVE_BYTES = 256L << 20;

    /** With less than this, health says that a disk is nearly full, before the queue has to wait. */
    public static final long LOW_BYTES = 2 * RESERVE_BYTES;

    private MachineFitness() {}

    /** Why nothing can be written into a folder, if so. */
    public static Optional<String> obstacleIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.of(folder + " does not exist");
        }
        return Files.isWritable(folder) ? Optional.empty() : Optional.of(folder + " is not writable");
    }
}
