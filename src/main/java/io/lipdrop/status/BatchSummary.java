package io.lipdrop.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lipdrop.job.JobState;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A batch, or a drop that still waits in the inbox, without its single jobs.
 *
 * @param manifest the manifest's path in the inbox
 * @param state where it stands
 * @param message what is going on, in words
 * @param jobs how many of its jobs are in which state; nothing where it is a drop and no batch of jobs
 * @param createdAt when it left the inbox, or was first seen there
 * @param finishedAt when the last of its jobs ended; absent before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchSummary(
        String batch,
        String manifest,
        JobState state,
        String message,
        Map<JobState, Integer> jobs,
        Instant createdAt,
        @Nullable Instant finishedAt,
        Instant updatedAt) {
    private static final Pattern AMOUNT = Pattern.compile("\\d+");

    /** What is said of a batch without its jobs. */
    public static BatchSummary of(BatchStatus status) {
        return new BatchSummary(
                status.batch(),
                status.manifest(),
                status.state(),
                status.message(),
                JobCounts.of(status.jobs()).byState(),
                status.cameAt(),
                status.finishedAt(),
                status.updatedAt());
    }

    /** Whether there is news; amounts in the message, as of free space, are none. */
    boolean isChangedFrom(@Nullable BatchSummary last) {
        return last == null
                || state != last.state
                || !jobs.equals(last.jobs)
                || !(jobs.isEmpty() ? message.equals(last.message) : isSameButAmounts(message, last.message));
    }

    /** Whether two messages differ in numbers at most. */
    static boolean isSameButAmounts(@Nullable String one, @Nullable String other) {
        return Objects.equals(one, other) || withoutAmounts(one).equals(withoutAmounts(other));
    }

    private static String withoutAmounts(@Nullable String message) {
        return message == null ? "" : AMOUNT.matcher(message).replaceAll("0");
    }
}
