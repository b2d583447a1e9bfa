package io.lipdrop.delivery;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Folders;
import io.lipdrop.job.Job;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a job that has ended leaves in {@code work/}. */
final class HalfMade {
    private static final Logger log = LoggerFactory.getLogger(HalfMade.class);

    private HalfMade() {}

    /** What stays is taken away with the batch: the job has ended, whatever becomes of its half-made files. */
    static void delete(Folders folders, Job job) {
        try {
            DurableFiles.deleteTree(folders.rendering(job));
        } catch (IOException e) {
            log.debug("{}: its working files cannot be deleted now", job.id(), e);
        }
    }
}
