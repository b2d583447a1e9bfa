package io.lipdrop.web.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** A request that is not carried out: answered as {@code application/problem+json} with a code and a hint. */
public final class Problem extends RuntimeException {
    private final HttpStatus status;
    private final String code;
    private final String hint;

    /**
     * A problem of the request or of the server.
     *
     * @param code stable, for programs: {@code not-found}
     * @param detail what is wrong, in a sentence
     * @param hint what to do about it, in a sentence
     */
    public Problem(HttpStatus status, String code, String detail, String hint) {
        super(detail);
        this.status = status;
        this.code = code;
        this.hint = hint;
    }

    /** There is no such batch, job, file or upload. */
    public static Problem notFound(String what, String name) {
        return new Problem(
                HttpStatus.NOT_FOUND,
                "not-found",
                "There is no %s '%s'.".formatted(what, name),
                "List what there is with GET /api/batches, /api/jobs or /api/library.");
    }

    /** The request does not fit the state of what it names. */
    public static Problem conflict(String code, String detail, String hint) {
        return new Problem(HttpStatus.CONFLICT, code, detail, hint);
    }

    /** A parameter or a document that is not as it should be. */
    public static Problem badRequest(String detail, String hint) {
        return new Problem(HttpStatus.BAD_REQUEST, "bad-request", detail, hint);
    }

    /** Answers with it where no controller does. */
    public void send(HttpServletResponse response, ObjectMapper json) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        json.writeValue(response.getOutputStream(), body());
    }

    /** As the answer of a controller. */
    ResponseEntity<ProblemDetail> answer() {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body());
    }

    ProblemDetail body() {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status, String.valueOf(getMessage()));
        body.setTitle(status.getReasonPhrase());
        body.setProperty("code", code);
        body.setProperty("hint", hint);
        return body;
    }

    /** A code for a status that Spring has chosen: {@code method-not-allowed}. */
    static String codeOf(HttpStatus status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
