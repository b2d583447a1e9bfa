package io.lipdrop.status;

import io.lipdrop.job.Batch;
import io.lipdrop.status.queue.QueueView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Ends a batch: when its last status has been written, and no document speaks of it any more. */
@Component
class BatchCloser {
    private static final Logger log = LoggerFactory.getLogger(BatchCloser.class);

    private final BatchStatuses statuses;
    private final QueueView queue;
    private final Drops drops;
    private final UntoldEnds untold;
    private final ApplicationEventPublisher events;

    BatchCloser(
            BatchStatuses statuses, QueueView queue, Drops drops, UntoldEnds untold, ApplicationEventPublisher events) {
        this.statuses = statuses;
        this.queue = queue;
        this.drops = drops;
        this.untold = untold;
        this.events = events;
    }

    /** Whether nothing more happens to it, so that its last status may be written. */
    boolean mayEnd(String batch) throws IOException {
        Optional<Batch> open = statuses.open(batch);
        return open.isEmpty() || queue.isDoneWith(open.get());
    }

    /** It ends: this was written of it. */
    void end(BatchStatus last) throws IOException {
        try {
            events.publishEvent(new BatchStatus.Ended(last));
        } catch (UncheckedIOException e) {
            throw e.getCause(); // it does not end yet
        }
        untold.forget(last.batch()); // a batch of jobs has its own record until it is closed
        Optional<Batch> open = statuses.open(last.batch());
        if (open.isPresent()) {
            statuses.close(open.get());
            log.info("{}: {}", last.batch(), last.message());
        } else {
            drops.remove(last);
        }
    }
}
