package io.lipdrop.startup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens when Lipdrop is stopped.
 *
 * @param patience grace period for running jobs; then they are requeued
 */
@ConfigurationProperties("lipdrop.shutdown")
record ShutdownSettings(@DefaultValue("20s") Duration patience) {
    ShutdownSettings {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("lipdrop.shutdown.patience must not be negative");
        }
    }
}
