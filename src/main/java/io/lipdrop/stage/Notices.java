package io.lipdrop.stage;

import io.lipdrop.job.Failure;

/** Where stages tell what the user should see of a drop that is not a job yet. */
public interface Notices {
    /** The drop is not complete. */
    void waiting(String batch, String manifest, String message);

    /** The drop as a whole went to error. */
    void refused(String batch, String manifest, Failure failure);

    /** The drop left the inbox before it was complete. */
    void withdrawn(String batch, String manifest);
}
