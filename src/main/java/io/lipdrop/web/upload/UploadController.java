package io.lipdrop.web.upload;

import io.lipdrop.uploads.SenderGone;
import io.lipdrop.uploads.Upload;
import io.lipdrop.uploads.UploadRefused;
import io.lipdrop.uploads.Uploads;
import io.lipdrop.web.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Resumable uploads as <a href="https://tus.io/protocols/resumable-upload">tus 1.0.0</a> has them: core, creation, termination
 * and expiration.
 */
@RestController
@ConditionalOnWebApplication
class UploadController {
    private static final Logger log = LoggerFactory.getLogger(UploadController.class);

    private static final String VERSION = "1.0.0";
    private static final String TUS_VERSION = "Tus-Version";
    private static final String TUS_RESUMABLE = "Tus-Resumable";
    private static final String OFFSET = "Upload-Offset";
    private static final String LENGTH = "Upload-Length";
    private static final String METADATA = "Upload-Metadata";
    private static final String EXPIRES = "Upload-Expires";
    private static final String BYTES = "application/offset+octet-stream";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final Uploads uploads;

    UploadController(Uploads uploads) {
        this.uploads = uploads;
    }

    @RequestMapping(
            path = {"/api/uploads", "/api/uploads/{id}"},
            method = RequestMethod.OPTIONS)
    void options(HttpServletResponse response) {
        response.setHeader(TUS_RESUMABLE, VERSION);
        response.setHeader(TUS_VERSION, VERSION);
        response.setHeader("Tus-Extension", "creation,termination,expiration");
        response.setHeader("Tus-Max-Size", String.valueOf(uploads.maxBytes()));
        response.setHeader(HttpHeaders.ALLOW, "OPTIONS, POST, HEAD, PATCH, DELETE");
        response.setStatus(HttpStatus.NO_CONTENT.value());
    }

    @PostMapping("/api/uploads")
    void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        begin(request, response);
        if (request.getHeader("Upload-Concat") != null || request.getHeader("Upload-Defer-Length") != null) {
            throw Problem.badRequest(
                    "Upload-Concat and Upload-Defer-Length are not supported.",
                    "Say the whole length in Upload-Length and send the file in order.");
        }
        Upload upload;
        try {
            upload = uploads.create(number(request, LENGTH), request.getHeader(METADATA));
        } catch (UploadRefused e) {
            throw UploadProblems.of(e);
        }
        response.setHeader(HttpHeaders.LOCATION, request.getContextPath() + "/api/uploads/" + upload.id());
        describe(upload, response);
        response.setStatus(HttpStatus.CREATED.value());
    }

    @RequestMapping(path = "/api/uploads/{id}", method = RequestMethod.HEAD)
    void look(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        begin(request, response);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Upload upload;
        try {
            upload = uploads.look(id);
        } catch (UploadRefused e) {
            throw UploadProblems.of(e);
        }
        if (upload.batch() != null) {
            response.setStatus(HttpStatus.GONE.value());
            return;
        }
        response.setHeader(LENGTH, String.valueOf(upload.length()));
        if (upload.metadata() != null) {
            response.setHeader(METADATA, upload.metadata());
        }
        describe(upload, response);
    }

    @PatchMapping("/api/uploads/{id}")
    void append(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        begin(request, response);
        String type = request.getContentType();
        if (type == null || !type.strip().equalsIgnoreCase(BYTES)) {
            throw new Problem(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported-media-type",
                    "The bytes of an upload have the Content-Type " + BYTES + ".",
                    "Send the file as it is, with this Content-Type.");
        }
        try {
            Upload upload = uploads.append(
                    id, number(request, OFFSET), request.getContentLengthLong(), request.getInputStream());
            describe(upload, response);
            response.setStatus(HttpStatus.NO_CONTENT.value());
        } catch (UploadRefused e) {
            throw UploadProblems.of(e);
        } catch (SenderGone e) {
            log.debug("Upload {}: {}", id, e.toString());
            response.setHeader(HttpHeaders.CONNECTION, "close"); // usually nobody hears this
            response.setStatus(HttpStatus.REQUEST_TIMEOUT.value());
        }
    }

    @DeleteMapping("/api/uploads/{id}")
    void delete(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        begin(request, response);
        try {
            uploads.delete(id);
        } catch (UploadRefused e) {
            throw UploadProblems.of(e);
        }
        response.setStatus(HttpStatus.NO_CONTENT.value());
    }

    /** For networks that let only GET and POST pass: {@code X-HTTP-Method-Override} says what is meant. */
    @PostMapping("/api/uploads/{id}")
    void override(
            @PathVariable String id,
            @RequestHeader(name = "X-HTTP-Method-Override", required = false) @Nullable String method,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if ("PATCH".equals(method)) {
            append(id, request, response);
        } else if ("DELETE".equals(method)) {
            delete(id, request, response);
        } else {
            begin(request, response);
            throw Problem.badRequest(
                    "An upload is continued with PATCH.",
                    "Send PATCH, or POST with the header X-HTTP-Method-Override: PATCH.");
        }
    }

    private static void begin(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(TUS_RESUMABLE, VERSION);
        if (!VERSION.equals(request.getHeader(TUS_RESUMABLE))) {
            response.setHeader(TUS_VERSION, VERSION);
            throw new Problem(
                    HttpStatus.PRECONDITION_FAILED,
                    "tus-version",
                    "The header Tus-Resumable must be " + VERSION + ".",
                    "Use a client for tus " + VERSION + ", or add the header.");
        }
    }

    private static void describe(Upload upload, HttpServletResponse response) {
        response.setHeader(OFFSET, String.valueOf(upload.offset()));
        response.setHeader(
                EXPIRES,
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.ofInstant(upload.expiresAt(), ZoneOffset.UTC)));
    }

    private static long number(HttpServletRequest request, String header) {
        String value = request.getHeader(header);
        if (value == null || !NUMBER.matcher(value).matches()) {
            throw Problem.badRequest(
                    "The header " + header + " must be a whole number of bytes.",
                    "See https://tus.io/protocols/resumable-upload.");
        }
        return Long.parseLong(value);
    }
}
