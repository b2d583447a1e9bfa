package io.lipdrop.queue.opening;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When jobs may begin.
 *
 * @param hours such as {@code mon-fri 20:00-06:00, sat-sun}; empty: always
 * @param zone the time zone of the hours, such as {@code Europe/Berlin}; empty: that of this machine
 */
@ConfigurationProperties("lipdrop.queue")
record QueueSettings(
        @DefaultValue("") String hours, @DefaultValue("") String zone) {
    QueueSettings {
        Hours.parse(hours, zoneOf(zone)); // wrong ones are refused at the start
    }

    Hours parsed() {
        return Hours.parse(hours, zoneOf(zone));
    }

    private static ZoneId zoneOf(String zone) {
        try {
            return zone.isBlank() ? ZoneId.systemDefault() : ZoneId.of(zone.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "lipdrop.queue.zone: '%s' is not a time zone; example: Europe/Berlin".formatted(zone), e);
        }
    }
}
