package io.lipdrop.job;

/**
 * An error of the machine, not of the job: a full disk, an unmounted share, a service that is stopping. The job is requeued
 * unchanged and runs when the machine works again.
 */
public final class MachineUnfit extends RuntimeException {
    public MachineUnfit(String message) {
        super(message);
    }

    public MachineUnfit(String message, Throwable cause) {
        super(message, cause);
    }
}
