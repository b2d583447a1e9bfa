package io.lipdrop.job;

/**
 * Not the job's fault: a full disk, a share that is gone, a service that is stopping. The job goes back to the queue as
 * it was and runs when the machine is fit again.
 */
public final class MachineUnfit extends RuntimeException {
    public MachineUnfit(String message) {
        super(message);
    }

    public MachineUnfit(String message, Throwable cause) {
        super(message, cause);
    }
}
