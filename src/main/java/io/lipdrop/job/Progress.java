package io.lipdrop.job;

/** Receives the progress of a running job. Called often and from any thread; returns at once. */
public interface Progress {
    void phase(Job job, Phase phase);

    /** Reports what draws the job, as text for its status. */
    default void engine(Job job, String words) {}

    /**
     * Reports the number of finished frames.
     *
     * @param frame how many frames are done
     * @param frames how many there will be
     */
    void frame(Job job, long frame, long frames);

    /** Reports that a job is no longer processed, although it is not rendered. */
    default void stopped(Job job) {}
}
