package io.lipdrop.web.api;

import io.lipdrop.history.EndedBatch;
import io.lipdrop.history.History;
import io.lipdrop.history.SearchText;
import io.lipdrop.status.BatchStatus;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.web.door.Caller;
import io.lipdrop.web.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Batches, open and finished: the list, one of them, and its deletion. */
@RestController
@ConditionalOnWebApplication
class BatchesController {
    private static final Logger log = LoggerFactory.getLogger(BatchesController.class);

    private final BatchList list;
    private final BatchStatuses open;
    private final History history;

    BatchesController(BatchList list, BatchStatuses open, History history) {
        this.list = list;
        this.open = open;
        this.history = history;
    }

    @GetMapping(path = "/api/batches", produces = MediaType.APPLICATION_JSON_VALUE)
    BatchList.Page list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return list.page(Parameters.states(state), SearchText.query(q), cursor, Parameters.limit(limit));
    }

    @GetMapping(path = "/api/batches/{batch}", produces = MediaType.APPLICATION_JSON_VALUE)
    BatchStatus one(@PathVariable String batch) {
        return open.batch(batch) // first: it is in the history before it is open no longer
                .or(() -> history.batch(batch).map(EndedBatch::status))
                .orElseThrow(() -> Problem.notFound("batch", batch));
    }

    @DeleteMapping("/api/batches/{batch}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String batch, HttpServletRequest request) throws IOException {
        switch (history.delete(batch)) {
            case DELETED -> log.info("{}: deleted by {}", batch, Caller.of(request));
            case OPEN ->
                throw Problem.conflict(
                        "not-ended",
                        "'%s' has not ended.".formatted(batch),
                        "Cancel it with POST /api/batches/{batch}/cancel, or wait until it has ended.");
            case HELD ->
                throw Problem.conflict(
                        "busy", "'%s' is just being retried or deleted.".formatted(batch), "Try again in a moment.");
            case UNKNOWN -> throw Problem.notFound("batch", batch);
        }
    }
}
