package io.lipdrop.web.control;

import io.lipdrop.queue.opening.Pause;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.status.QueueStatus;
import io.lipdrop.web.door.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The queue as a whole: looked at, paused, resumed. */
@RestController
@ConditionalOnWebApplication
class QueueController {
    private final BatchStatuses statuses;
    private final Pause pause;

    QueueController(BatchStatuses statuses, Pause pause) {
        this.statuses = statuses;
        this.pause = pause;
    }

    @GetMapping(path = "/api/queue", produces = MediaType.APPLICATION_JSON_VALUE)
    QueueStatus queue() {
        return statuses.queue();
    }

    /** The running jobs go on to their end. */
    @PostMapping(path = "/api/queue/pause", produces = MediaType.APPLICATION_JSON_VALUE)
    QueueStatus pause(HttpServletRequest request) {
        pause.begin(Caller.of(request));
        return statuses.queue();
    }

    @PostMapping(path = "/api/queue/resume", produces = MediaType.APPLICATION_JSON_VALUE)
    QueueStatus resume(HttpServletRequest request) throws IOException {
        pause.end(Caller.of(request));
        return statuses.queue();
    }
}
