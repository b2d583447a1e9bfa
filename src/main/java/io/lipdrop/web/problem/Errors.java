package io.lipdrop.web.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what no handler has answered: faults of ours, and requests that were refused before one was chosen. */
@RestController
@ConditionalOnWebApplication
class Errors implements ErrorController {
    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<ProblemDetail> answer(HttpServletRequest request) {
        HttpStatus status = statusOf((Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        Problem problem = status.is5xxServerError()
                ? new Problem(
                        status,
                        Problem.codeOf(status),
                        "The request was not carried out because of a fault in Lipdrop.",
                        "Look into logs/lipdrop.log; repeat the request once.")
                : new Problem(
                        status,
                        Problem.codeOf(status),
                        "The request cannot be read as one to Lipdrop: " + status.getReasonPhrase() + ".",
                        "Write names in paths percent-encoded; no name has a slash, and no path two in a row.");
        return problem.answer();
    }

    /** Nobody was refused: somebody has opened the address of this page. */
    private static HttpStatus statusOf(@Nullable Integer code) {
        HttpStatus status = code == null ? HttpStatus.NOT_FOUND : HttpStatus.resolve(code);
        return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
    }
}
