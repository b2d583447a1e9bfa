package io.lipdrop.status;

/**
 * Hears what changes, as a bean. Each listener is called by one thread at a time, in the order in which things changed; one
 * that is slow or fails costs the others and the jobs nothing.
 */
@FunctionalInterface
public interface StatusListener {
    /**
     * Hears one event. To a listener that is behind, older news that newer news replaces are not told: the progress of a job, the
     * state of the queue, the health. Every change of a batch or of a job's state is.
     */
    void hear(StatusEvent event);
}
