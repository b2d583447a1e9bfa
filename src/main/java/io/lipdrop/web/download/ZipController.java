package io.lipdrop.web.download;

import io.lipdrop.history.History;
import io.lipdrop.results.ResultArchives;
import io.lipdrop.results.ResultArchives.Part;
import io.lipdrop.results.zip.MemberChanged;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.web.connection.ClientGone;
import io.lipdrop.web.connection.ConnectionCut;
import io.lipdrop.web.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The results of one or several batches in one download. */
@RestController
@ConditionalOnWebApplication
class ZipController {
    private static final Logger log = LoggerFactory.getLogger(ZipController.class);

    private static final String SEVERAL = "lipdrop";

    /** A problem names so many batches at most. */
    private static final int MAX_NAMES = 20;

    private final ResultArchives archives;
    private final BatchStatuses open;
    private final History history;

    ZipController(ResultArchives archives, BatchStatuses open, History history) {
        this.archives = archives;
        this.open = open;
        this.history = history;
    }

    @GetMapping("/api/batches/{batch}/zip")
    void ofBatch(
            @PathVariable String batch,
            @RequestParam(defaultValue = "1") int part,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        send(batch, List.of(batch), part, request, response);
    }

    @GetMapping(path = "/api/batches/{batch}/zip/parts", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> partsOfBatch(@PathVariable String batch) throws IOException {
        return describe(batch, partsOf(List.of(batch)));
    }

    @GetMapping("/api/zip")
    void ofBatches(@RequestParam(defaultValue = "1") int part, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        send(SEVERAL, batchesIn(request), part, request, response);
    }

    @GetMapping(path = "/api/zip/parts", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> partsOfBatches(HttpServletRequest request) throws IOException {
        return describe(SEVERAL, partsOf(batchesIn(request)));
    }

    /** As they are: Spring would divide a name at its commas. */
    private static List<String> batchesIn(HttpServletRequest request) {
        String[] batches = request.getParameterValues("batch");
        if (batches == null) {
            throw Problem.badRequest("The parameter 'batch' is missing.", "Name each batch: ?batch=a&batch=b");
        }
        return List.of(batches);
    }

    private List<Part> partsOf(List<String> batches) throws IOException {
        List<Part> parts = archives.of(batches);
        List<String> unknown = new ArrayList<>();
        for (String batch : new LinkedHashSet<>(batches)) {
            if (isUnknown(batch)) {
                unknown.add(batch);
            }
        }
        if (!unknown.isEmpty()) {
            throw new Problem(
                    HttpStatus.NOT_FOUND,
                    "not-found",
                    "There is no batch %s.".formatted(named(unknown)),
                    "Leave out what is not there any more; GET /api/batches says which batches there are.");
        }
        if (parts.isEmpty()) {
            throw new Problem(
                    HttpStatus.NOT_FOUND,
                    "not-found",
                    "There are no results in %s.".formatted(named(batches)),
                    "GET /api/batches says which batches have finished jobs.");
        }
        return parts;
    }

    private boolean isUnknown(String batch) throws IOException {
        return open.summary(batch).isEmpty() && history.batch(batch).isEmpty() && !archives.has(batch);
    }

    private static String named(List<String> batches) {
        String first = batches.stream()
                .limit(MAX_NAMES)
                .map(batch -> "'" + batch + "'")
                .collect(Collectors.joining(", "));
        int more = batches.size() - MAX_NAMES;
        return more > 0 ? "%s and %d more".formatted(first, more) : first;
    }

    private static Map<String, Object> describe(String stem, List<Part> parts) {
        List<Map<String, Object>> described = new ArrayList<>();
        for (Part part : parts) {
            int number = described.size() + 1;
            described.add(Map.of(
                    "part", number,
                    "name", nameOf(stem, number, parts.size()),
                    "files", part.files(),
                    "bytes", part.bytes()));
        }
        return Map.of(
                "parts", described,
                "files", parts.stream().mapToInt(Part::files).sum(),
                "bytes", parts.stream().mapToLong(Part::bytes).sum());
    }

    private void send(
            String stem, List<String> batches, int number, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        List<Part> parts = partsOf(batches);
        if (number < 1 || number > parts.size()) {
            throw new Problem(
                    HttpStatus.NOT_FOUND,
                    "not-found",
                    "There is no part %d; there are %d.".formatted(number, parts.size()),
                    "The same address with /parts says how many there are.");
        }
        Part part = parts.get(number - 1);
        response.setContentType("application/zip");
        response.setContentLengthLong(part.bytes());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, Disposition.of(false, nameOf(stem, number, parts.size())));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        FileAnswer.protect(response);
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        response.setBufferSize(FileAnswer.BUFFER_BYTES);
        try {
            part.archive().writeTo(response.getOutputStream());
        } catch (IOException e) {
            if (ClientGone.isSaidBy(e)) {
                throw e;
            }
            if (response.isCommitted()) {
                log.warn("{}: the download is broken off: {}", stem, e.getMessage());
                ConnectionCut.of(request).run();
                return;
            }
            response.reset();
            if (!(e instanceof MemberChanged)) {
                throw e;
            }
            throw Problem.conflict("file-changed", String.valueOf(e.getMessage()), "Begin again in a moment.");
        }
    }

    private static String nameOf(String stem, int part, int parts) {
        return parts == 1 ? stem + ".zip" : "%s-%dof%d.zip".formatted(stem, part, parts);
    }
}
