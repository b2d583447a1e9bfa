package io.lipdrop.web.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lipdrop.control.Cancelling;
import io.lipdrop.control.ControlledHome;
import io.lipdrop.control.Places;
import io.lipdrop.control.Retrying;
import io.lipdrop.job.JobState;
import io.lipdrop.queue.opening.Pause;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.web.ApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Import;

/** The calls that cancel, retry, move and pause, over HTTP and on real folders. */
class ControlTest {
    @TempDir
    Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private AnnotationConfigServletWebServerApplicationContext web;
    private ControlledHome all;

    @ApiServer
    @Import({ControlController.class, QueueController.class})
    static class Web {}

    @BeforeEach
    void start() throws IOException {
        all = new ControlledHome(home);
        web = new AnnotationConfigServletWebServerApplicationContext();
        TestPropertyValues.of("server.port=0").applyTo(web);
        web.registerBean(Cancelling.class, () -> all.cancelling);
        web.registerBean(Places.class, () -> all.places);
        web.registerBean(Retrying.class, () -> all.retrying);
        web.registerBean(Pause.class, () -> all.pause);
        web.registerBean(BatchStatuses.class, () -> all.place.statuses);
        web.register(Web.class);
        web.refresh();
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void aWaitingJobIsCancelled() throws IOException {
        all.queue("talk", 2);

        Answer answer = post("/api/jobs/talk-01/cancel");
        assertThat(answer.status).isEqualTo(202);
        assertThat(answer.text("job")).isEqualTo("talk-01");
        assertThat(answer.text("by")).isEqualTo("api:local");
        assertThat(all.store.waiting()).containsExactly("talk-02");
        assertThat(all.ledger.cancelledBy(all.ledger.job("talk-01").orElseThrow()))
                .contains("api:local");
    }

    @Test
    void aRunningJobIsEndedAndThePageIsNamed() throws IOException {
        all.queue("talk", 1);
        all.run("talk-01");

        Answer answer = send("POST", "/api/jobs/talk-01/cancel", "", "Sec-Fetch-Site", "same-origin");
        assertThat(answer.status).isEqualTo(202);
        assertThat(answer.text("by")).isEqualTo("page:local");
        assertThat(all.running.ended.get("talk-01")).hasMessageContaining("page:local");
    }

    @Test
    void aBatchIsCancelledWherePartOfItRuns() throws IOException {
        all.queue("Größe 演示", 3);
        all.run("Größe 演示-02");

        Answer answer = post("/api/batches/Gr%C3%B6%C3%9Fe%20%E6%BC%94%E7%A4%BA/cancel");
        assertThat(answer.status).isEqualTo(202);
        assertThat(answer.text("batch")).isEqualTo("Größe 演示");
        assertThat(all.store.waiting()).isEmpty();
        assertThat(all.running.ended).containsOnlyKeys("Größe 演示-02");
    }

    @Test
    void aDropThatWaitsInTheInboxIsCancelled() throws IOException {
        Path manifest = Files.writeString(all.folders.inbox().resolve("lesson.yaml"), "audio: missing.ogg");
        all.names.of(manifest);

        assertThat(post("/api/batches/lesson/cancel").status).isEqualTo(202);
    }

    @Test
    void whatHasEndedIsAConflict() throws IOException {
        all.place.end("talk", 0, JobState.DONE, JobState.FAILED);
        for (String path : new String[] {"/api/jobs/talk-01/cancel", "/api/batches/talk/cancel"}) {
            requireProblem(post(path), 409, "ended");
        }
        requireProblem(patch("talk-01", "{\"priority\": 9}"), 409, "ended");
        requireProblem(post("/api/jobs/talk-01/retry"), 409, "not-retriable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/jobs/no-01/cancel", "/api/batches/no/cancel", "/api/jobs/no-01/retry"})
    void whatNobodyKnowsIsNotFound(String path) {
        requireProblem(post(path), 404, "not-found");
        requireProblem(patch("no-01", "{\"priority\": 9}"), 404, "not-found");
    }

    @Test
    void aFailedJobIsRetriedOnce() throws IOException {
        failed();

        Answer answer = post("/api/jobs/talk-01/retry");
        assertThat(answer.status).isEqualTo(202);
        assertThat(answer.text("batch")).isEqualTo("talk-2");
        assertThat(answer.location).endsWith("/api/batches/talk-2");
        requireProblem(post("/api/jobs/talk-01/retry"), 409, "retried");
    }

    @Test
    void aJobWithoutItsFilesIsNotRetried() throws IOException {
        failed();
        Files.delete(all.folders.error().resolve("talk").resolve("teacher-1.mov"));

        Answer answer = post("/api/jobs/talk-01/retry");
        requireProblem(answer, 409, "not-retriable");
        assertThat(answer.text("detail")).contains("teacher-1.mov");
    }

    private void failed() throws IOException {
        all.place.end("talk", 0, JobState.FAILED);
        Path error = all.folders.error().resolve("talk");
        Files.writeString(error.resolve("voice.ogg"), "voice");
        Files.writeString(error.resolve("teacher-1.error.json"), """
                {"job": "talk-01", "video": "teacher-1.mov", "code": "no-face", "message": "", "hint": "", "stage": "sync", "attempts": 1,
                 "retry": {"audio": "voice.ogg", "videos": [{"file": "teacher-1.mov", "options": {}}], "priority": 7, "options": {}}}
                """);
    }

    @Test
    void placesAreInTheOrderOfPriorityAndFirstIsBeforeAll() throws IOException {
        all.queue("talk", 4);

        assertThat(patch("talk-03", "{\"priority\": 9}").status).isEqualTo(200);
        assertThat(patch("talk-01", "{\"priority\": 0}").status).isEqualTo(200);
        assertThat(all.store.waiting()).containsExactly("talk-03", "talk-02", "talk-04", "talk-01");
        Answer first = patch("talk-01", "{\"place\": \"first\"}");
        assertThat(first.text("job")).isEqualTo("talk-01");
        assertThat(first.text("place")).isEqualTo("first");
        assertThat(all.store.waiting()).containsExactly("talk-01", "talk-03", "talk-02", "talk-04");
    }

    /** So another check, a retry manifest and the next start use it. */
    @Test
    void aNewPriorityIsKept() throws IOException {
        all.queue("talk", 2);
        patch("talk-02", "{\"priority\": 9}");
        patch("talk-01", "{\"place\": \"first\"}");

        ControlledHome restarted = new ControlledHome(home);
        assertThat(restarted.ledger.job("talk-01").orElseThrow().priority()).isEqualTo(4);
        assertThat(restarted.ledger.job("talk-02").orElseThrow().priority()).isEqualTo(9);
        assertThat(restarted.store.waiting()).containsExactly("talk-01", "talk-02");
    }

    @Test
    void aJobThatDoesNotWaitInTheQueueIsNotMoved() throws IOException {
        all.queue("talk", 1);
        all.run("talk-01");
        all.claim("later", 1);

        for (String job : new String[] {"talk-01", "later-01"}) {
            requireProblem(patch(job, "{\"priority\": 9}"), 409, "not-waiting");
            requireProblem(patch(job, "{\"place\": \"first\"}"), 409, "not-waiting");
        }
        assertThat(all.ledger.job("talk-01").orElseThrow().priority()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "9",
                "null",
                "{}",
                "{\"priority\": 10}",
                "{\"priority\": -1}",
                "{\"priority\": 4.5}",
                "{\"priority\": 99999999999}",
                "{\"priority\": \"9\"}",
                "{\"priority\": null}",
                "{\"place\": \"last\"}",
                "{\"priority\": 9, \"place\": \"first\"}"
            })
    void anythingElseIsABadRequest(String body) throws IOException {
        all.queue("talk", 1);
        requireProblem(patch("talk-01", body), 400, "bad-request");
    }

    @Test
    void thePauseIsSeenAndEnds() throws IOException {
        assertThat(get("/api/queue").text("state")).isEqualTo("open");
        Answer paused = post("/api/queue/pause");
        assertThat(paused.status).isEqualTo(200);
        assertThat(all.pause.now())
                .isNotNull()
                .satisfies(pause -> assertThat(pause.by()).isEqualTo("api:local"));
        assertThat(new ControlledHome(home).folders.work().resolve("pause.json"))
                .exists();
        assertThat(post("/api/queue/resume").status).isEqualTo(200);
        assertThat(all.pause.now()).isNull();
        assertThat(post("/api/queue/resume").status).as("twice").isEqualTo(200);
    }

    @Test
    void aFolderThatIsAwayIsSaidToBe() throws IOException {
        all.queue("talk", 1);
        Files.move(all.folders.queued(), home.resolve("away"));
        requireProblem(patch("talk-01", "{\"priority\": 9}"), 503, "unavailable");
        assertThat(all.ledger.job("talk-01").orElseThrow().priority()).isEqualTo(4);
    }

    private static void requireProblem(Answer answer, int status, String code) {
        assertThat(answer.status).isEqualTo(status);
        assertThat(answer.type).startsWith("application/problem+json");
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.text("hint")).isNotBlank();
    }

    private Answer get(String path) {
        return send("GET", path, "");
    }

    private Answer post(String path) {
        return send("POST", path, "");
    }

    private Answer patch(String job, String body) {
        return send("PATCH", "/api/jobs/" + job, body, "Content-Type", "application/json");
    }

    private Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + web.getWebServer().getPort() + path))
                .method(method, BodyPublishers.ofString(body));
        try {
            HttpResponse<byte[]> response = client.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Location").orElse(""),
                    new ObjectMapper().readTree(response.body()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private record Answer(int status, String type, String location, JsonNode body) {
        String text(String name) {
            return body.path(name).asText();
        }
    }
}
