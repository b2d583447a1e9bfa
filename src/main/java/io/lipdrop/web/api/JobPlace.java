package io.lipdrop.web.api;

import io.lipdrop.job.JobState;
import java.time.Instant;
import java.util.Comparator;

/**
 * The place of a job in the list. In the queue it is given by the queue itself, elsewhere by its batch and its number there.
 *
 * @param createdAt when its batch came
 * @param number of the job in its batch
 */
record JobPlace(Section section, Instant createdAt, String batch, int number) {
    /** What of the list comes first. */
    enum Section {
        RUNNING,
        QUEUED,
        WAITING,
        ENDED;

        static Section of(JobState state) {
            return switch (state) {
                case RUNNING -> RUNNING;
                case QUEUED -> QUEUED;
                case WAITING -> WAITING;
                case DONE, FAILED, CANCELLED -> ENDED;
            };
        }
    }

    private static final Comparator<JobPlace> OLDEST_FIRST = Comparator.comparing(JobPlace::createdAt)
            .thenComparing(JobPlace::batch)
            .thenComparing(JobPlace::number);
    private static final Comparator<JobPlace> NEWEST_FIRST = Comparator.comparing(JobPlace::createdAt)
            .reversed()
            .thenComparing(JobPlace::batch)
            .thenComparing(JobPlace::number);

    static JobPlace of(JobState state, Instant createdAt, String batch, String job) {
        return new JobPlace(Section.of(state), createdAt, batch, numberIn(job));
    }

    /** The order within a section; of no meaning in the queue. */
    static Comparator<JobPlace> order(Section section) {
        return section == Section.ENDED ? NEWEST_FIRST : OLDEST_FIRST;
    }

    /** Ids end with the number of the job in its batch. */
    private static int numberIn(String job) {
        try {
            return Integer.parseInt(job.substring(job.lastIndexOf('-') + 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
