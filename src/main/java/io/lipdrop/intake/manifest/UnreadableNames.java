package io.lipdrop.intake.manifest;

import io.lipdrop.files.NameEncoding;
import io.lipdrop.stage.Uptime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Files in the inbox whose names cannot be decoded in the current locale: logged once, and shown in health. */
@Component("fileNamesHealthIndicator")
class UnreadableNames implements HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(UnreadableNames.class);
    private static final Duration GONE = Duration.ofSeconds(10);

    private final Uptime uptime;
    private final Map<String, Duration> seen = new ConcurrentHashMap<>();

    UnreadableNames(Uptime uptime) {
        this.uptime = uptime;
    }

    /** Adds a file found in the inbox. */
    void note(String place) {
        if (seen.put(place, uptime.now()) == null) {
            log.error("{} stays in the inbox: {}", place, NameEncoding.advice());
        }
    }

    @Override
    public Health health() {
        Duration oldest = uptime.now().minus(GONE);
        seen.values().removeIf(last -> last.compareTo(oldest) < 0);
        return seen.isEmpty()
                ? Health.up().build()
                : Health.down()
                        .withDetail(
                                "reasons",
                                List.of("%d file(s) in the inbox have names that cannot be read: %s"
                                        .formatted(seen.size(), NameEncoding.advice())))
                        .build();
    }
}
