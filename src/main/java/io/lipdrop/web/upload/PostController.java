package io.lipdrop.web.upload;

import io.lipdrop.intake.manifest.PostedManifest;
import io.lipdrop.intake.posted.PostRefused;
import io.lipdrop.intake.posted.PostedBatches;
import io.lipdrop.job.Failure;
import io.lipdrop.uploads.UploadRefused;
import io.lipdrop.web.door.Caller;
import io.lipdrop.web.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Makes a batch of uploads and files of the library. */
@RestController
@ConditionalOnWebApplication
class PostController {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final PostedBatches batches;

    PostController(PostedBatches batches) {
        this.batches = batches;
    }

    @PostMapping(
            path = "/api/batches",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, String>> post(
            HttpServletRequest request, @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key)
            throws IOException {
        if (key != null && !KEY.matcher(key).matches()) {
            throw Problem.badRequest(
                    "The header Idempotency-Key must be 1 to 255 ASCII characters without spaces.",
                    "Use a UUID, a new one for each batch.");
        }
        byte[] body = request.getInputStream().readNBytes(PostedManifest.MAX_BYTES + 1);
        String batch;
        try {
            batch = batches.post(body, Caller.of(request), key);
        } catch (UploadRefused e) {
            throw UploadProblems.of(e);
        } catch (PostRefused e) {
            throw problem(e);
        }
        return ResponseEntity.accepted()
                .location(UriComponentsBuilder.fromPath(request.getContextPath() + "/api/batches/{batch}")
                        .build(batch))
                .body(Map.of("batch", batch));
    }

    private static Problem problem(PostRefused refused) {
        String why = String.valueOf(refused.getMessage());
        Failure failure = refused.failure();
        String code = failure == null ? "manifest-invalid" : failure.code().code();
        return switch (refused.reason()) {
            case NOT_JSON ->
                new Problem(
                        HttpStatus.BAD_REQUEST, code, why, "Fix the manifest as the message says, then post it again.");
            case MANIFEST ->
                new Problem(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        code,
                        why,
                        "Fix the manifest as the message says, then post it again. Uploads that it names are kept.");
            case KEY_REUSED ->
                new Problem(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        "idempotency-key-reused",
                        why,
                        "Use a new key for each batch; repeat a request with the same body only.");
            case IN_PROGRESS ->
                Problem.conflict(
                        "request-in-progress", why, "Wait a second, then repeat the request to get its answer.");
            case STARTING ->
                new Problem(HttpStatus.SERVICE_UNAVAILABLE, "starting", why, "Repeat the request in a few seconds.");
        };
    }
}
