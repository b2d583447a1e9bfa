package io.lipdrop.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.lipdrop.history.ErrorReport;
import io.lipdrop.history.History;
import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.web.problem.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Jobs, open and finished. */
@RestController
@ConditionalOnWebApplication
class JobsController {
    private final JobList list;
    private final BatchStatuses open;
    private final History history;

    JobsController(JobList list, BatchStatuses open, History history) {
        this.list = list;
        this.open = open;
        this.history = history;
    }

    /**
     * One job.
     *
     * @param position as in the list
     * @param priority as in the list
     * @param createdAt when its batch left the inbox
     * @param failure its report, where it failed or was cancelled and the report is still there
     * @param sidecar what its result was made of, where it is done and the sidecar is still there
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Detail(
            String batch,
            @Nullable Integer position,
            @Nullable Integer priority,
            @JsonUnwrapped JobStatus status,
            @Nullable Instant createdAt,
            @Nullable ErrorReport failure,
            @Nullable JsonNode sidecar) {}

    @GetMapping(path = "/api/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
    JobList.Page list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String batch,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return list.page(Parameters.states(state), batch, cursor, Parameters.limit(limit));
    }

    @GetMapping(path = "/api/jobs/{job}", produces = MediaType.APPLICATION_JSON_VALUE)
    Detail one(@PathVariable String job) throws IOException {
        // Open jobs first: one is in the history before it is open no longer.
        Optional<Detail> found = open.job(job)
                .map(it -> detail(
                        it.batch(),
                        it.status(),
                        it.priority(),
                        open.createdAt(it.batch()).orElse(null)))
                .or(() -> history.job(job).map(it -> detail(it.batch(), it.status(), null, it.createdAt())));
        return withFiles(found.orElseThrow(() -> Problem.notFound("job", job)));
    }

    private Detail detail(String batch, JobStatus status, @Nullable Integer priority, @Nullable Instant createdAt) {
        Integer position =
                status.state() == JobState.QUEUED ? list.position(status.job()).orElse(null) : null;
        return new Detail(batch, position, priority, status, createdAt, null, null);
    }

    private Detail withFiles(Detail job) throws IOException {
        if (!job.status.state().isFinal()) {
            return job;
        }
        ErrorReport report = history.report(job.batch, job.status).orElse(null);
        JsonNode sidecar = history.sidecar(job.batch, job.status).orElse(null);
        return new Detail(job.batch, null, null, job.status, job.createdAt, report, sidecar);
    }
}
