package io.lipdrop.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lipdrop.home.Documents;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code outbox/<batch>/status.json}: the batch, live.
 *
 * @param manifest the manifest's path in the inbox
 * @param state where the batch as a whole stands
 * @param message what is going on, in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchStatus(
        String batch, String manifest, JobState state, String message, Instant updatedAt, List<JobStatus> jobs) {
    public BatchStatus {
        jobs = List.copyOf(jobs);
    }

    public static BatchStatus read(Path file) throws IOException {
        return Documents.read(file, BatchStatus.class);
    }

    /**
     * One job of the batch, live.
     *
     * @param percent of the frames, one digit behind the point
     * @param etaSeconds how long it will still take, from the second half-second of rendering on
     * @param result the finished video's file name
     * @param error the code, when it failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record JobStatus(
            String job,
            String video,
            JobState state,
            @Nullable Phase phase,
            @Nullable Long frame,
            @Nullable Long frames,
            @Nullable Double percent,
            @Nullable Long etaSeconds,
            int attempts,
            @Nullable String result,
            @Nullable String error,
            @Nullable String message,
            Instant updatedAt) {}
}
