package io.lipdrop.stage;

import io.lipdrop.job.MachineUnfit;

/** Long work that can be told to stop, as a whole or one job of it. */
public interface Interruptible {
    /** Makes the running jobs, if any, end soon with {@link MachineUnfit}; what they have finished so far is kept. */
    void interrupt();

    /**
     * Makes one running job end with this cause, within two seconds.
     *
     * @return false where this job is not worked on now
     */
    boolean interrupt(String job, RuntimeException why);
}
