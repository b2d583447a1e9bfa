package io.lipdrop.web.download;

import io.lipdrop.history.History;
import io.lipdrop.results.JobSources;
import io.lipdrop.results.OpenResult;
import io.lipdrop.results.ResultFile;
import io.lipdrop.results.Results;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.web.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The files of a batch, and the sources of its jobs. */
@RestController
@ConditionalOnWebApplication
class FilesController {
    private final Results results;
    private final JobSources sources;
    private final BatchStatuses open;
    private final History history;

    FilesController(Results results, JobSources sources, BatchStatuses open, History history) {
        this.results = results;
        this.sources = sources;
        this.open = open;
        this.history = history;
    }

    @GetMapping(path = "/api/batches/{batch}/files", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> files(@PathVariable String batch) throws IOException {
        List<ResultFile> files = results.of(batch);
        if (files.isEmpty() && open.summary(batch).isEmpty()) {
            throw Problem.notFound("batch", batch);
        }
        return Map.of("batch", batch, "files", files);
    }

    @GetMapping("/api/batches/{batch}/files/{file}")
    void file(
            @PathVariable String batch,
            @PathVariable String file,
            @RequestParam(required = false) @Nullable String inline,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        try (OpenResult found = results.open(batch, file).orElseThrow(() -> Problem.notFound("file", file))) {
            new FileAnswer(request, response).send(found, isOn(inline));
        }
    }

    @GetMapping("/api/jobs/{job}/source")
    void source(@PathVariable String job, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String batch = batchOf(job).orElseThrow(() -> Problem.notFound("job", job));
        try (OpenResult found = sources.open(batch, job).orElseThrow(() -> gone(job))) {
            new FileAnswer(request, response).send(found, true);
        }
    }

    private Optional<String> batchOf(String job) {
        return open.job(job)
                .map(BatchStatuses.OpenJob::batch)
                .or(() -> history.job(job).map(ended -> ended.batch()));
    }

    private static Problem gone(String job) {
        return new Problem(
                HttpStatus.NOT_FOUND,
                "source-gone",
                "The source of job '%s' is not kept any more.".formatted(job),
                "Sources of finished batches are kept for lipdrop.archive.keep.");
    }

    /** {@code ?inline} and {@code ?inline=true}. */
    private static boolean isOn(@Nullable String inline) {
        return inline != null && !inline.equals("false");
    }
}
