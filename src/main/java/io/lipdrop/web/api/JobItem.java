package io.lipdrop.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lipdrop.status.BatchStatus.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * A job in a list: what {@code status.json} says of it, and its batch.
 *
 * @param position its place in the queue, 1 for the one that begins next; absent where it does not wait there
 * @param priority 0–9, higher first; absent where it has ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobItem(
        String batch,
        @Nullable Integer position,
        @Nullable Integer priority,
        @JsonUnwrapped JobStatus status) {}
