package io.lipdrop.job;

/** Long work that can be told to stop. */
public interface Interruptible {
    /** Makes the running job, if any, end soon with {@link MachineUnfit}; what it has finished so far is kept. */
    void interrupt();
}
