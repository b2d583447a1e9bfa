package io.lipdrop.web.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.history.History;
import io.lipdrop.history.HistoryPlace;
import io.lipdrop.home.HomeDocuments;
import io.lipdrop.home.StuckThreads;
import io.lipdrop.job.JobState;
import io.lipdrop.results.JobSources;
import io.lipdrop.results.ResultArchives;
import io.lipdrop.results.Results;
import io.lipdrop.results.ZipSettings;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.status.FakeQueue;
import io.lipdrop.web.ApiServer;
import io.lipdrop.web.connection.ConnectionCut;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;

/** Files and archives over HTTP, with the web server as it is in the application. */
@Timeout(60)
class DownloadsTest {
    private static final int THREADS = 40;

    @TempDir
    Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private HistoryPlace place;
    private AnnotationConfigServletWebServerApplicationContext web;

    @ApiServer
    @Import({FilesController.class, ZipController.class, ConnectionCut.class})
    static class Web {}

    @BeforeEach
    void start() throws IOException {
        place = new HistoryPlace(home);
        Results results = new Results(place.folders, place.access);
        web = new AnnotationConfigServletWebServerApplicationContext();
        TestPropertyValues.of("server.port=0", "server.tomcat.threads.max=" + THREADS)
                .applyTo(web);
        web.registerBean(Results.class, () -> results);
        web.registerBean(
                JobSources.class,
                () -> new JobSources(place.folders, new HomeDocuments(place.folders), results, place.access));
        web.registerBean(
                ResultArchives.class, () -> new ResultArchives(results, new ZipSettings(200, DataSize.ofGigabytes(4))));
        web.registerBean(BatchStatuses.class, () -> place.statuses);
        web.registerBean(History.class, () -> place.history);
        web.register(Web.class);
        web.refresh();
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void aShareThatHangsIsSaidAndTakesNotAllThreads() throws Exception {
        place.end("talk", 1, JobState.DONE);
        place.queue.add("open", 1);
        assertThat(get("/api/batches/talk/files/teacher-1.mp4").body()).isEqualTo("video");

        StuckThreads stuck = new StuckThreads(place.access, place.folders.outbox());
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            for (String path : List.of("files", "files/teacher-1.mp4", "zip", "zip/parts")) {
                answers.add(client.sendAsync(request("/api/batches/talk/" + path), BodyHandlers.ofString()));
            }
        }
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).isEqualTo(503);
            assertThat(answer.get().body()).contains("\"code\":\"unavailable\"", "does not answer", "\"hint\":");
        }
        assertThat(get("/api/jobs/no-such-01/source").statusCode()).isEqualTo(404);
        stuck.answer();
        assertThat(get("/api/batches/talk/files/teacher-1.mp4").body()).isEqualTo("video");
        assertThat(get("/api/batches/talk/zip").statusCode()).isEqualTo(200);
    }

    @Test
    void anUnknownBatchIsNotLeftOutOfAnArchiveWithoutAWord() throws Exception {
        place.end("talk", 1, JobState.DONE);
        place.end("bad", 2, JobState.FAILED);
        place.queue.add("open", 1);
        FakeQueue.look(place.statuses);
        for (String path : List.of("/api/zip", "/api/zip/parts")) {
            HttpResponse<String> refused = get(path + "?batch=talk&batch=gone&batch=a%2Cb&batch=gone");
            assertThat(refused.statusCode()).as(path).isEqualTo(404);
            assertThat(refused.body()).contains("\"code\":\"not-found\"", "There is no batch 'gone', 'a,b'.");
            assertThat(get(path + "?batch=talk&batch=bad&batch=open").statusCode())
                    .as("there is nothing in them yet, or ever")
                    .isEqualTo(200);
            assertThat(get(path + "?batch=bad").body()).contains("There are no results in 'bad'.");
        }
        assertThat(get("/api/batches/gone/zip").statusCode()).isEqualTo(404);

        Path putBack = Files.createDirectories(place.folders.outbox().resolve("back"));
        Files.writeString(putBack.resolve("a.mp4"), "a");
        assertThat(get("/api/batches/back/zip").statusCode())
                .as("a folder that nobody knows of yet")
                .isEqualTo(200);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path), BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + web.getWebServer().getPort() + path))
                .timeout(Duration.ofSeconds(30))
                .build();
    }
}
