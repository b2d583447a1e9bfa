package io.lipdrop.operations;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The sources of finished batches.
 *
 * @param keep for how long they stay in {@code work/archive/}
 */
@ConfigurationProperties("lipdrop.archive")
record ArchiveSettings(@DefaultValue("7d") Duration keep) {
    ArchiveSettings {
        if (keep.isNegative()) {
            throw new IllegalArgumentException("lipdrop.archive.keep must not be negative");
        }
    }
}
