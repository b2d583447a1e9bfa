package io.lipdrop.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended.
 *
 * @param state done, failed or cancelled
 * @param result the finished video's file name
 * @param code why it failed
 * @param message why it failed, in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(
        String job,
        JobState state,
        @Nullable String result,
        @Nullable String code,
        @Nullable String message,
        Instant at) {}
