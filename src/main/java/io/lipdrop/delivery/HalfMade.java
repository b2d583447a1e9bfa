package io.lipdrop.delivery;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Folders;
import io.lipdrop.job.Job;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The working files in {@code work/} of a job that has ended. */
final class HalfMade {
    private static final Logger log = LoggerFactory.getLogger(HalfMade.class);

    private HalfMade() {}

    /** Errors are ignored: what is left is deleted with the batch. */
    static void delete(Folders folders, Job job) {
        try {
            DurableFiles.deleteTree(folders.rendering(job));
        } catch (IOException e) {
            log.debug("{}: its working files cannot be deleted now", job.id(), e);
        }
    }
}
