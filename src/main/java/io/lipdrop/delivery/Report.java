package io.lipdrop.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lipdrop.job.Failure;
import io.lipdrop.job.Job;
import io.lipdrop.job.Manifest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The report document.
 *
 * @param job absent where a whole drop is refused
 * @param retry what would run just this job again, with the files in this folder
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Report(
        @Nullable String job,
        @Nullable String video,
        String code,
        String message,
        String hint,
        String stage,
        int attempts,
        Instant at,
        @Nullable Long frame,
        @Nullable Double seconds,
        @Nullable String by,
        @Nullable Manifest retry) {
    static Report of(
            @Nullable Job job, Failure failure, String stage, int attempts, Instant at, @Nullable Manifest retry) {
        return new Report(
                job == null ? null : job.id(),
                job == null ? null : job.videoName(),
                failure.code().code(),
                failure.reason(),
                failure.hint(),
                stage,
                attempts,
                at,
                failure.frame(),
                failure.seconds(),
                failure.by(),
                retry);
    }
}
