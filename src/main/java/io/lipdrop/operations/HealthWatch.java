package io.lipdrop.operations;

import io.lipdrop.stage.LookThread;
import io.lipdrop.status.HealthStatus;
import io.lipdrop.status.StatusEvent.HealthChanged;
import io.lipdrop.status.StatusEvents;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Tells when the machine becomes fit or unfit. */
@Component
class HealthWatch implements DisposableBean {
    private final HealthStatus.Source check;
    private final StatusEvents events;
    private final LookThread thread = new LookThread("lipdrop-health");
    private @Nullable HealthStatus told;

    HealthWatch(HealthStatus.Source check, StatusEvents events) {
        this.check = check;
        this.events = events;
    }

    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
    void tick() {
        thread.begin(this::look);
    }

    @Override
    public void destroy() {
        thread.close();
    }

    synchronized void look() {
        HealthStatus now = check.health();
        if (now.isChangedFrom(told)) {
            told = now;
            events.publish(new HealthChanged(now));
        }
    }
}
