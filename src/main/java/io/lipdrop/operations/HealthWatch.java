package io.lipdrop.operations;

import io.lipdrop.status.HealthStatus;
import io.lipdrop.status.StatusEvent.HealthChanged;
import io.lipdrop.status.StatusEvents;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Tells when the machine becomes fit or unfit. */
@Component
class HealthWatch {
    private final HealthStatus.Source check;
    private final StatusEvents events;
    private @Nullable HealthStatus told;

    HealthWatch(HealthStatus.Source check, StatusEvents events) {
        this.check = check;
        this.events = events;
    }

    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
    synchronized void look() {
        HealthStatus now = check.health();
        if (now.isChangedFrom(told)) {
            told = now;
            events.publish(new HealthChanged(now));
        }
    }
}
