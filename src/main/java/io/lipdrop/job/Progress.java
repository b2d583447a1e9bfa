package io.lipdrop.job;

/** Where a running job tells how far it is. Called often and from any thread; returns at once. */
public interface Progress {
    void phase(Job job, Phase phase);

    /** Says what draws the job, in words for its status. */
    default void engine(Job job, String words) {}

    /**
     * Says how many frames are finished.
     *
     * @param frame how many frames are done
     * @param frames how many there will be
     */
    void frame(Job job, long frame, long frames);

    /** Says that a job is not worked on any more, though it is not rendered. */
    default void stopped(Job job) {}
}
