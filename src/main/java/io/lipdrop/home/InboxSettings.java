package io.lipdrop.home;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for taking drops.
 *
 * @param settle a drop is taken when nothing has changed for this long
 * @param unfinished a file shorter than its header says is taken as it is after this long without a change
 * @param patience an incomplete drop fails after this long without a change
 */
@ConfigurationProperties("lipdrop.inbox")
public record InboxSettings(
        @DefaultValue("2s") Duration settle,
        @DefaultValue("30s") Duration unfinished,
        @DefaultValue("30m") Duration patience) {
    public InboxSettings {
        if (settle.isNegative() || unfinished.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException("lipdrop.inbox.settle, .unfinished and .patience must not be negative");
        }
    }
}
