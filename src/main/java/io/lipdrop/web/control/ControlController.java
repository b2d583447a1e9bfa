package io.lipdrop.web.control;

import io.lipdrop.control.Answer;
import io.lipdrop.control.Cancelling;
import io.lipdrop.control.Places;
import io.lipdrop.control.Retrying;
import io.lipdrop.web.door.Caller;
import io.lipdrop.web.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Batches and jobs: cancelled, moved in the queue. */
@RestController
@ConditionalOnWebApplication
class ControlController {
    private final Cancelling cancelling;
    private final Places places;
    private final Retrying retrying;

    ControlController(Cancelling cancelling, Places places, Retrying retrying) {
        this.retrying = retrying;
        this.cancelling = cancelling;
        this.places = places;
    }

    /** Answered once it is on disk; the jobs end within two seconds, their reports follow. */
    @PostMapping(path = "/api/batches/{batch}/cancel", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> cancelBatch(@PathVariable String batch, HttpServletRequest request) throws IOException {
        String by = Caller.of(request);
        requireDone("batch", batch, cancelling.batch(batch, by));
        return Map.of("batch", batch, "by", by);
    }

    @PostMapping(path = "/api/jobs/{job}/cancel", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> cancelJob(@PathVariable String job, HttpServletRequest request) throws IOException {
        String by = Caller.of(request);
        requireDone("job", job, cancelling.job(job, by));
        return Map.of("job", job, "by", by);
    }

    /** Answered once it is on disk: the new batch gets the job's files out of {@code error/}. */
    @PostMapping(path = "/api/jobs/{job}/retry", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, String>> retry(@PathVariable String job, HttpServletRequest request) throws IOException {
        Retrying.Retry retry = retrying.job(job, Caller.of(request));
        return switch (retry.answer()) {
            case DONE ->
                ResponseEntity.accepted()
                        .location(UriComponentsBuilder.fromPath(request.getContextPath() + "/api/batches/{batch}")
                                .build(retry.batch()))
                        .body(Map.of("batch", retry.batch()));
            case UNKNOWN -> throw Problem.notFound("job", job);
            case ENDED ->
                throw Problem.conflict(
                        "retried", retry.detail(), "A job is retried once; the new batch has it from then on.");
            case NOT_NOW ->
                throw Problem.conflict(
                        "not-retriable",
                        retry.detail(),
                        "Only failed or cancelled jobs with their files can be retried.");
        };
    }

    @PatchMapping(
            path = "/api/jobs/{job}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> place(
            @PathVariable String job, @RequestBody Map<String, Object> change, HttpServletRequest request)
            throws IOException {
        Place place = Place.of(change);
        String by = Caller.of(request);
        Answer answer =
                place.priority() == null ? places.setFirst(job, by) : places.setPriority(job, place.priority(), by);
        if (answer == Answer.NOT_NOW) {
            throw Problem.conflict(
                    "not-waiting",
                    "%s does not wait in the queue now.".formatted(job),
                    "GET /api/jobs/%s says what it is doing; one that is not checked yet can be moved when it is."
                            .formatted(job));
        }
        requireDone("job", job, answer);
        change.put("job", job);
        return change;
    }

    private static void requireDone(String what, String name, Answer answer) {
        if (answer == Answer.UNKNOWN) {
            throw Problem.notFound(what, name);
        }
        if (answer != Answer.DONE) {
            throw Problem.conflict(
                    "ended",
                    "The %s %s has ended.".formatted(what, name),
                    "There is nothing left to change; its results are in outbox/, its reports in error/.");
        }
    }
}
