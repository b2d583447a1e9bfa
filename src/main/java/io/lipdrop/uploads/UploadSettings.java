package io.lipdrop.uploads;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings for uploads.
 *
 * @param keep an upload that no batch has taken is deleted when nothing of it has arrived for this long
 * @param maxSize a larger file is refused
 */
@ConfigurationProperties("lipdrop.uploads")
public record UploadSettings(
        @DefaultValue("24h") Duration keep,
        @DefaultValue("100GB") DataSize maxSize) {
    public UploadSettings {
        if (keep.isNegative() || keep.isZero() || maxSize.isNegative()) {
            throw new IllegalArgumentException("lipdrop.uploads.keep and .max-size must be more than 0");
        }
    }
}
