package io.lipdrop.uploads;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The record of an upload, on disk before its sender hears of it. How much has arrived is the length of its file.
 *
 * @param batch the batch that has taken it
 * @param usedAt when it was taken
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UploadDocument(
        String id,
        String name,
        long length,
        @Nullable String metadata,
        Instant createdAt,
        @Nullable String batch,
        @Nullable Instant usedAt) {
    @JsonIgnore
    boolean isComplete() {
        return id != null && name != null && length >= 0 && createdAt != null && (batch == null) == (usedAt == null);
    }

    UploadDocument usedBy(String itsBatch, Instant at) {
        return new UploadDocument(id, name, length, metadata, createdAt, itsBatch, at);
    }
}
