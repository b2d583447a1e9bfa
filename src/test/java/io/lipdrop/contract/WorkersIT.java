package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two workers, as with two graphics cards: two jobs at a time, each once, also when both are cut short. */
class WorkersIT {
    private Path home;
    private RunningLipdrop lipdrop;

    @BeforeEach
    void freshHome() {
        home = RunningLipdrop.freshHome("workers");
    }

    @AfterEach
    void end() {
        if (lipdrop != null) {
            lipdrop.close();
        }
    }

    @Test
    void twoJobsRunAtATimeInOrderAndEachResultIsThereOnce() throws IOException {
        start();
        assertThat(lipdrop.health().at("/components/lipdrop/details/devices")).hasSize(2);
        videos("pairs", 5, 4).into(lipdrop.inbox());
        Set<String> pairs = new HashSet<>();
        Set<Boolean> counted = new HashSet<>();
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    List<String> running = running();
                    assertThat(running).hasSizeLessThanOrEqualTo(2);
                    if (running.size() == 2) {
                        pairs.add(String.join(" ", running));
                        counted.add(countsTwoRunning());
                    }
                    return lipdrop.state("pairs").equals("done");
                });

        assertThat(pairs).anyMatch(pair -> pair.contains("pairs-01.json") && pair.contains("pairs-02.json"));
        assertThat(counted).contains(true);
        assertThat(lipdrop.begin("pairs", 1)).as("at the same time").isBefore(lipdrop.end("pairs", 0));
        for (int later = 2; later < 5; later++) {
            assertThat(lipdrop.begin("pairs", later)).isAfter(lipdrop.begin("pairs", 0));
            assertThat(lipdrop.begin("pairs", later)).isAfter(lipdrop.begin("pairs", 1));
        }
        assertThatAllAreThereOnce("pairs", 5);
        assertThat(lipdrop.log()).doesNotContain(" ERROR ", "Exception");
        await().untilAsserted(() -> assertThat(namesIn(lipdrop.work("archive"))).containsExactly("pairs"));
        assertThat(namesIn(lipdrop.work("staging"))).isEmpty();
        assertThat(drawn()).contains("id=\"queue\"", "id=\"queue-2\"", "id=\"sync\"");
    }

    @Test
    void killedWithTwoRunningJobsBothGoOnAndEachResultIsThereOnce() {
        start();
        videos("killed", 3, 12).into(lipdrop.inbox());
        awaitMoment(() -> liveJobs("killed") == 2 && frames("killed", 0) > 30 && frames("killed", 1) > 30);
        assertThat(running()).hasSize(2);
        lipdrop.kill();
        assertThat(running()).hasSize(2);

        start();
        awaitMoment(() -> running().size() == 2);
        assertThat(running())
                .allSatisfy(name -> assertThat(attempts("running", name)).isEqualTo(1));
        assertThat(lipdrop.health().path("status").asText())
                .as("%s", lipdrop.health())
                .isEqualTo("UP");
        lipdrop.awaitState("killed", "done");

        assertThatAllAreThereOnce("killed", 3);
    }

    @Test
    void aJobThatEndsLipdropAgainAndAgainDoesNotCostTheOneBesideItAnAttemptTooMany() {
        start();
        videos("suspects", 2, 24).into(lipdrop.inbox());
        for (int crash = 1; crash <= 2; crash++) {
            awaitMoment(() -> running().size() == 2);
            lipdrop.kill();
            start();
        }
        awaitMoment(() -> running().size() == 1);
        await().during(Duration.ofSeconds(2)).until(() -> running().size() == 1);
        assertThat(running().get(0)).endsWith("suspects-01.json");
        lipdrop.kill();

        start();
        assertThat(lipdrop.awaitCode("suspects", "v1")).isEqualTo("worker-crashed");
        lipdrop.awaitState("suspects", "failed");
        assertThat(lipdrop.status("suspects").at("/jobs/1/state").asText()).isEqualTo("done");
        assertThat(lipdrop.outbox("suspects").resolve("v2.mp4")).isNotEmptyFile();
    }

    @Test
    void aStopPutsBothBackWithoutCountingAnAttempt() {
        start("lipdrop.shutdown.patience=200ms");
        videos("stopped", 3, 12).into(lipdrop.inbox());
        awaitMoment(() -> liveJobs("stopped") == 2 && frames("stopped", 0) > 5 && frames("stopped", 1) > 5);

        lipdrop.terminate();
        assertThat(lipdrop.waitForExit()).isEqualTo(143);

        assertThat(running()).isEmpty();
        assertThat(documents("queued"))
                .hasSize(3)
                .allSatisfy(name -> assertThat(attempts("queued", name)).isZero());
        start();
        lipdrop.awaitState("stopped", "done");
        assertThatAllAreThereOnce("stopped", 3);
    }

    private void start(String... more) {
        List<String> settings = new ArrayList<>(List.of("lipdrop.device=cpu,cpu"));
        settings.addAll(List.of(more));
        lipdrop = RunningLipdrop.start(home, settings.toArray(String[]::new));
    }

    private static void awaitMoment(Callable<Boolean> moment) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .until(moment);
    }

    private static Drop videos(String batch, int count, int seconds) {
        Drop drop = Drop.named(batch).voice(batch + ".ogg", TestMedia.voice(seconds));
        for (int number = 1; number <= count; number++) {
            drop.video("v" + number + ".mp4", TestMedia.face());
        }
        return drop;
    }

    private void assertThatAllAreThereOnce(String batch, int count) {
        List<String> names = new ArrayList<>(List.of("status.json"));
        for (int number = 1; number <= count; number++) {
            names.add("v" + number + ".mp4");
            names.add("v" + number + ".json");
        }
        assertThat(lipdrop.rendered()).as("by this process").isEqualTo(count);
        assertThat(namesIn(lipdrop.outbox(batch))).containsExactlyInAnyOrderElementsOf(names);
        assertThat(namesIn(home.resolve("error"))).isEmpty();
        assertThat(documents("queued")).isEmpty();
        assertThat(running()).isEmpty();
    }

    private List<String> running() {
        return documents("running");
    }

    private List<String> documents(String folder) {
        return namesIn(lipdrop.work(folder)).stream()
                .filter(name -> name.endsWith(".json") && !name.startsWith("."))
                .toList();
    }

    private int attempts(String folder, String document) {
        return RunningLipdrop.json(lipdrop.work(folder).resolve(document))
                .path("attempts")
                .asInt(-1);
    }

    /** Jobs that run and tell how far they are. */
    private long liveJobs(String batch) {
        long live = 0;
        for (JsonNode job : lipdrop.status(batch).path("jobs")) {
            live += job.path("state").asText().equals("running")
                            && job.path("frame").asInt() > 0
                    ? 1
                    : 0;
        }
        return live;
    }

    private int frames(String batch, int job) {
        return lipdrop.status(batch).path("jobs").path(job).path("frame").asInt();
    }

    private boolean countsTwoRunning() {
        return lipdrop.metric("lipdrop_jobs", "state=\"running\"") == 2;
    }

    /** All routes as the console draws them. */
    private String drawn() throws IOException {
        String context = jolokia("{\"type\": \"search\", \"mbean\": \"org.apache.camel:type=context,*\"}")
                .path(0)
                .toString();
        return jolokia("{\"type\": \"exec\", \"operation\": \"dumpRoutesAsXml()\", \"mbean\": " + context + "}")
                .asText();
    }

    private JsonNode jolokia(String request) throws IOException {
        String answer = lipdrop.post("/actuator/jolokia", request).body();
        return new ObjectMapper().readTree(answer).path("value");
    }
}
