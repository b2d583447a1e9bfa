package io.lipdrop.uploads;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An upload, as it stands.
 *
 * @param name the file's name, valid on every system
 * @param length the announced size in bytes
 * @param offset how many bytes are on disk
 * @param metadata as the sender wrote it
 * @param expiresAt when it is deleted, if nothing happens until then
 * @param batch the batch that has taken it
 */
public record Upload(
        String id,
        String name,
        long length,
        long offset,
        @Nullable String metadata,
        Instant expiresAt,
        @Nullable String batch) {
    public boolean isFinished() {
        return offset == length;
    }
}
