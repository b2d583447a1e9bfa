package io.lipdrop.web.events;

import io.lipdrop.status.StatusEvent;
import io.lipdrop.status.StatusEvent.BatchChanged;
import io.lipdrop.status.StatusEvent.BatchGone;
import io.lipdrop.status.StatusEvent.HealthChanged;
import io.lipdrop.status.StatusEvent.JobChanged;
import io.lipdrop.status.StatusEvent.JobProgressed;
import io.lipdrop.status.StatusEvent.QueueChanged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last event of everything that is open: together they are the present state, and of the very moment of the last event. */
final class PresentState {
    private final Map<String, OpenBatch> batches = new LinkedHashMap<>();
    private final Map<String, Event> progress = new HashMap<>();
    private @Nullable Event queue;
    private @Nullable Event health;

    private static final class OpenBatch {
        private @Nullable Event itself;
        private final Map<String, Event> jobs = new LinkedHashMap<>();
    }

    void hear(StatusEvent told, Event event) {
        if (told instanceof BatchChanged changed) {
            String batch = changed.batch().batch();
            if (changed.batch().state().isFinal()) {
                close(batch);
            } else {
                open(batch).itself = event;
            }
        } else if (told instanceof BatchGone gone) {
            close(gone.batch());
        } else if (told instanceof JobChanged changed) {
            open(changed.batch()).jobs.put(changed.job().job(), event);
            progress.remove(changed.job().job());
        } else if (told instanceof JobProgressed progressed) {
            open(progressed.batch()).jobs.put(progressed.job().job(), event);
            progress.put(progressed.job().job(), event);
        } else if (told instanceof QueueChanged) {
            queue = event;
        } else if (told instanceof HealthChanged) {
            health = event;
        }
    }

    /** Whether nothing newer was told of the job whose progress this is. */
    boolean isNewest(Event event) {
        Event newest = progress.get(event.progressOf());
        return newest != null && newest.number() == event.number();
    }

    List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (OpenBatch batch : batches.values()) {
            if (batch.itself != null) {
                events.add(batch.itself);
            }
            events.addAll(batch.jobs.values());
        }
        if (health != null) {
            events.add(health);
        }
        if (queue != null) {
            events.add(queue);
        }
        return events;
    }

    private void close(String batch) {
        OpenBatch closed = batches.remove(batch);
        if (closed != null) {
            progress.keySet().removeAll(closed.jobs.keySet());
        }
    }

    private OpenBatch open(String batch) {
        return batches.computeIfAbsent(batch, name -> new OpenBatch());
    }
}
