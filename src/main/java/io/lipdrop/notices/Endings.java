package io.lipdrop.notices;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatus;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.BatchSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Writes a notice when a batch ends, before its record is deleted: after a crash in between the batch ends once more, and the
 * notice is written again. What cannot be written holds the end up.
 */
@Component
class Endings {
    private final Set<Channel> channels;
    private final NoticeFolder notices;
    private final Clock clock;

    Endings(NoticeSettings settings, NoticeFolder notices, Clock clock) {
        this.channels = settings.channels();
        this.notices = notices;
        this.clock = clock;
    }

    /**
     * How a batch has ended.
     *
     * @param counts how many of its jobs are in which state
     * @param code why the whole drop was refused, if it was
     * @param hint what to do then
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Ending(
            String batch,
            String manifest,
            JobState state,
            String message,
            @Nullable Instant createdAt,
            Instant finishedAt,
            Map<JobState, Integer> counts,
            @Nullable String code,
            @Nullable String hint,
            List<Job> jobs) {}

    /**
     * How a job has ended.
     *
     * @param result the finished video's file name in {@code outbox/<batch>/}
     * @param report the report's file name in {@code error/<batch>/}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Job(
            String job,
            String video,
            JobState state,
            @Nullable String result,
            @Nullable String report,
            @Nullable String code,
            @Nullable String message,
            @Nullable String hint) {
        static Job of(JobStatus job) {
            Optional<FailureCode> code = codeOf(job.error());
            return new Job(
                    job.job(),
                    job.video(),
                    job.state(),
                    job.result(),
                    job.report(),
                    job.error(),
                    job.message(),
                    code.map(FailureCode::hint).orElse(null));
        }
    }

    @EventListener
    void ended(BatchStatus.Ended batch) {
        if (channels.isEmpty()) {
            return;
        }
        try {
            BatchStatus last = batch.last();
            Instant end = last.finishedAt() == null ? clock.instant() : last.finishedAt();
            String what = last.batch() + "\n" + last.createdAt();
            notices.write(Notice.of(Notice.BATCH_ENDED, what, end, of(last, end)), channels);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    new IOException("its notice cannot be written to work/notices: " + e.getMessage(), e));
        }
    }

    private static Ending of(BatchStatus last, Instant end) {
        Instant createdAt = last.createdAt() == null ? end : last.createdAt();
        Optional<FailureCode> code =
                last.jobs().isEmpty() ? codeOf(last.message().split(": ", 2)[0]) : Optional.empty();
        return new Ending(
                last.batch(),
                last.manifest(),
                last.state(),
                last.message(),
                createdAt,
                end,
                BatchSummary.of(last).jobs(),
                code.map(FailureCode::code).orElse(null),
                code.map(FailureCode::hint).orElse(null),
                last.jobs().stream().map(Job::of).toList());
    }

    private static Optional<FailureCode> codeOf(@Nullable String name) {
        return Arrays.stream(FailureCode.values())
                .filter(code -> code.code().equals(name))
                .findFirst();
    }
}
