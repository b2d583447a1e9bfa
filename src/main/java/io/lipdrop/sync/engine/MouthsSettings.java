package io.lipdrop.sync.engine;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The mouths that are kept of each video, for its next voice.
 *
 * @param keep for how long after they were used last
 * @param size how much room all of them may take
 */
@ConfigurationProperties("lipdrop.mouths")
record MouthsSettings(
        @DefaultValue("30d") Duration keep,
        @DefaultValue("5GB") DataSize size) {
    MouthsSettings {
        if (keep.isNegative() || size.isNegative()) {
            throw new IllegalArgumentException("lipdrop.mouths.keep and .size must not be negative");
        }
    }
}
