package io.lipdrop.stage;

import io.lipdrop.job.Failure;
import java.io.IOException;
import java.nio.file.Path;

/** Where stages tell what the user should see of a drop that is not a job yet. */
public interface Notices {
    /** The drop is not complete. */
    void waiting(String batch, String manifest, String message);

    /**
     * The drop as a whole is about to go to error. On disk when this returns: if Lipdrop ends before it tells {@link #refused}, the
     * next start does.
     *
     * @param last what leaves its place with the last step: as long as it lies there, nothing was refused
     */
    void refusing(String batch, String manifest, Path last, Failure failure) throws IOException;

    /** The drop as a whole went to error. */
    void refused(String batch, String manifest, Failure failure);

    /** The drop left the inbox before it was complete. */
    void withdrawn(String batch, String manifest);
}
