package io.lipdrop.home;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a drop is complete.
 *
 * @param settle how long nothing of a drop may have changed before it is taken
 * @param unfinished how long a file that ends before its own header says may rest before it is taken as it is
 * @param patience how long an incomplete drop may rest unchanged before it goes to error
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
