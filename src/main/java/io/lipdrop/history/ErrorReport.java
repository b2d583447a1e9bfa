package io.lipdrop.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a report in {@code error/<batch>/}.
 *
 * @param job which job; absent where a whole drop was refused, and in reports of earlier versions
 * @param video its video, as the user named it
 * @param hint what to do
 * @param stage where it happened
 * @param by who or what cancelled it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorReport(
        @Nullable String job,
        @Nullable String video,
        String code,
        @Nullable String message,
        @Nullable String hint,
        @Nullable String stage,
        int attempts,
        @Nullable Instant at,
        @Nullable Long frame,
        @Nullable Double seconds,
        @Nullable String by) {}
