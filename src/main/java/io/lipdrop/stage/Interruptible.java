package io.lipdrop.stage;

import io.lipdrop.job.MachineUnfit;

/** Long work that can be told to stop. */
public interface Interruptible {
    /** Makes the running jobs, if any, end soon with {@link MachineUnfit}; what they have finished so far is kept. */
    void interrupt();
}
