package io.lipdrop.web.events;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.StatusEvent;
import io.lipdrop.status.StatusEvent.BatchChanged;
import io.lipdrop.status.StatusEvent.BatchGone;
import io.lipdrop.status.StatusEvent.HealthChanged;
import io.lipdrop.status.StatusEvent.JobChanged;
import io.lipdrop.status.StatusEvent.JobProgressed;
import io.lipdrop.status.StatusEvent.QueueChanged;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/** What an event is called, and its data: the items of the API's lists, on one line. */
@Component
@ConditionalOnWebApplication
class EventJson {
    private final ObjectMapper json;

    EventJson(ObjectMapper json) {
        this.json = json;
    }

    private record Job(String batch, @JsonUnwrapped JobStatus status) {}

    private record Gone(String batch, boolean deleted) {}

    /** The name of an event; nothing where clients are not told of it. */
    @Nullable
    String name(StatusEvent event) {
        if (event instanceof BatchChanged || event instanceof BatchGone) {
            return "batch";
        }
        if (event instanceof JobChanged || event instanceof JobProgressed) {
            return "job";
        }
        return event instanceof QueueChanged ? "queue" : event instanceof HealthChanged ? "health" : null;
    }

    /** Its data. */
    byte[] data(StatusEvent event) {
        if (event instanceof BatchChanged changed) {
            return write(changed.batch());
        } else if (event instanceof BatchGone gone) {
            return write(new Gone(gone.batch(), true));
        } else if (event instanceof JobChanged changed) {
            return write(new Job(changed.batch(), changed.job()));
        } else if (event instanceof JobProgressed progressed) {
            return write(new Job(progressed.batch(), progressed.job()));
        } else if (event instanceof QueueChanged changed) {
            return write(changed.queue());
        } else if (event instanceof HealthChanged changed) {
            return write(changed.health());
        }
        throw new IllegalArgumentException(event.toString());
    }

    private byte[] write(Object data) {
        try {
            return json.writeValueAsBytes(data); // JSON has no line breaks inside, whatever a name has
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
