package io.lipdrop.control;

import io.lipdrop.job.Batch;
import io.lipdrop.job.Manifest;
import java.nio.file.Path;
import java.util.List;

/**
 * How a failed job becomes a batch of its own. It is on disk before the first file moves, so that the next start carries on with it.
 *
 * @param job the failed job
 * @param from its batch
 * @param report the name of its report in that batch's folder in {@code error/}
 * @param manifest what would run just this job again
 * @param moves the files to bring, the voice first
 * @param batch the new batch, of one job
 */
record RetryPlan(String job, String from, String report, Manifest manifest, List<Move> moves, Batch batch) {
    /**
     * A file to bring.
     *
     * @param shared whether other failed jobs may need it, so that it is copied
     */
    record Move(Path source, Path target, boolean shared) {}

    boolean isComplete() {
        return job != null
                && from != null
                && report != null
                && manifest != null
                && moves != null
                && batch != null
                && !batch.jobs().isEmpty();
    }
}
