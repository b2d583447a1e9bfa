package io.lipdrop.web.problem;

import io.lipdrop.web.connection.ClientGone;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers every error of the API as {@code application/problem+json}. */
@RestControllerAdvice
@ConditionalOnWebApplication
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> answer(Problem problem) {
        return problem.answer();
    }

    /** A folder that is away, a full disk. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> answer(IOException error) {
        if (ClientGone.isSaidBy(error)) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build(); // nobody hears it
        }
        log.warn("A request was not carried out: {}", error.toString());
        return new Problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "unavailable",
                        "A folder cannot be read or written now: " + error.getMessage(),
                        "Check disks and network shares (GET /api/health), then repeat the request.")
                .answer();
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception error, @Nullable Object body, HttpHeaders headers, HttpStatusCode code, WebRequest request) {
        HttpStatus status = HttpStatus.valueOf(code.value());
        String detail = body instanceof ProblemDetail spring && spring.getDetail() != null
                ? spring.getDetail()
                : status.getReasonPhrase();
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(new Problem(
                                status,
                                Problem.codeOf(status),
                                detail,
                                "See docs/api.md or /api/openapi.json for the calls.")
                        .body());
    }
}
