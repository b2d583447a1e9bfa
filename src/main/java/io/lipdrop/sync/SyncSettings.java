package io.lipdrop.sync;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs are rendered.
 *
 * @param stall a job in which nothing moves for so long fails as {@code stalled}
 * @param checkpoint how much video a segment holds: what a restart may lose
 */
@ConfigurationProperties("lipdrop")
record SyncSettings(
        @DefaultValue("60s") Duration stall,
        @DefaultValue("10s") Duration checkpoint) {
    SyncSettings {
        if (stall.isNegative() || stall.isZero() || checkpoint.isNegative() || checkpoint.isZero()) {
            throw new IllegalArgumentException("lipdrop.stall and lipdrop.checkpoint must be more than 0");
        }
    }
}
