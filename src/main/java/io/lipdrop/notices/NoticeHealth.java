package io.lipdrop.notices;

import java.io.IOException;
import java.util.List;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** {@code /actuator/health}: notices that nobody has accepted. The machine is fit all the same. */
@Component("noticesHealthIndicator")
class NoticeHealth implements HealthIndicator {
    private static final int MAX_NAMES = 20;

    private final NoticeFolder notices;

    NoticeHealth(NoticeFolder notices) {
        this.notices = notices;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        try {
            List<String> waiting = notices.waiting();
            List<String> aside = notices.putAside();
            health.withDetail("waiting", waiting.size());
            if (!aside.isEmpty()) {
                health.withDetail(
                        "not accepted, in " + notices.aside(),
                        aside.stream().limit(MAX_NAMES).toList());
            }
        } catch (IOException e) {
            health.withDetail("unreadable", String.valueOf(e.getMessage()));
        }
        return health.build();
    }
}
