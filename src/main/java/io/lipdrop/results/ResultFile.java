package io.lipdrop.results;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A file of a batch.
 *
 * @param batch whose it is
 * @param file its name
 * @param folder where it lies: {@code outbox} or {@code error}
 * @param tag changes when the file does
 * @param path where it is on disk
 */
public record ResultFile(
        String batch,
        String file,
        String folder,
        long bytes,
        Instant modifiedAt,
        @JsonIgnore String tag,
        @JsonIgnore Path path) {}
