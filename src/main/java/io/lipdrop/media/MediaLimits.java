package io.lipdrop.media;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits that are checked before decoding.
 *
 * @param pixels the maximum frame size, width times height; 8192 by 4320 (DCI 8K) by default
 * @param duration the longest audio or video
 * @param probe time limit for probing one file
 */
@ConfigurationProperties("lipdrop.limits")
public record MediaLimits(
        @DefaultValue("35389440") long pixels,
        @DefaultValue("4h") Duration duration,
        @DefaultValue("20s") Duration probe) {
    public MediaLimits {
        if (pixels <= 0 || duration.compareTo(Duration.ZERO) <= 0 || probe.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("lipdrop.limits.pixels, .duration and .probe must be more than 0");
        }
    }

    /** The limits where none are set: 8192 × 4320 pixels, four hours, 20 seconds for probing. */
    public static MediaLimits defaults() {
        return new MediaLimits(8192L * 4320, Duration.ofHours(4), Duration.ofSeconds(20));
    }
}
