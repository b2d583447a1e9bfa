package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The order of work: one at a time, by priority, then by arrival; and how a person changes it. */
class OrderIT {
    private final RunningLipdrop lipdrop = RunningLipdrop.shared();

    @Test
    void runsOneAtATimeByPriorityAndThenByArrival() {
        occupy("busy-1", 29);
        Drop.simple("order-low").priority(1).into(lipdrop.inbox().resolve("o1"));
        awaitQueued("order-low-01");
        Drop.simple("order-usual").into(lipdrop.inbox().resolve("o2"));
        awaitQueued("order-usual-01");
        Drop.simple("order-high").priority(9).into(lipdrop.inbox().resolve("o3"));
        awaitQueued("order-high-01");
        Drop.simple("order-usual-later").into(lipdrop.inbox().resolve("o4"));
        awaitQueued("order-usual-later-01");

        AtomicInteger mostAtOnce = new AtomicInteger();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    int running = (int) namesIn(lipdrop.work("running")).stream()
                            .filter(name -> name.endsWith(".json") && !name.startsWith("."))
                            .count();
                    mostAtOnce.accumulateAndGet(running, Math::max);
                    return lipdrop.state("order-low").equals("done");
                });

        assertThat(mostAtOnce).hasValue(1);
        assertThatTheseRanOneAfterTheOther("order-high", "order-usual", "order-usual-later", "order-low");
    }

    @Test
    void aLargeBatchHoldsUpNeitherItsOwnFirstVideosNorAMoreUrgentDrop() {
        Drop large = Drop.named("large").voice("large.ogg", TestMedia.voice()).video("first.mp4", TestMedia.face());
        for (int number = 2; number <= 25; number++) {
            large.video("nobody-%02d.mp4".formatted(number), TestMedia.noFace());
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> namesIn(lipdrop.work("running")).isEmpty()
                        && namesIn(lipdrop.work("staging")).isEmpty());
        large.into(lipdrop.inbox().resolve("l1"));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> lipdrop.status("large").path("message").asText().contains(" of 25 checked"));
        assertThat(lipdrop.status("large").path("jobs")).hasSize(25);
        assertThat(lipdrop.status("large").at("/jobs/24/state").asText()).isEqualTo("waiting");
        Drop.simple("urgent").priority(9).into(lipdrop.inbox().resolve("l2"));
        lipdrop.awaitState("urgent", "done");
        lipdrop.awaitEnd("large");

        Instant last = lipdrop.end("large", 24);
        assertThat(lipdrop.status("large").path("message").asText()).isEqualTo("1 of 25 done, 24 failed");
        assertThat(lipdrop.begin("large", 0)).isBefore(last);
        assertThat(lipdrop.end("large", 1)).isBefore(last);
        assertThat(lipdrop.begin("urgent", 0)).isBefore(last);
        assertThat(RunningLipdrop.json(lipdrop.error("large").resolve("nobody-25.error.json"))
                        .path("code")
                        .asText())
                .isEqualTo("no-face");
    }

    @Test
    void renamingAQueuedDocumentChangesItsPlace() throws IOException {
        occupy("busy-2", 22);
        Drop.simple("rename-a").into(lipdrop.inbox().resolve("r1"));
        awaitQueued("rename-a-01");
        Drop.simple("rename-b").into(lipdrop.inbox().resolve("r2"));
        awaitQueued("rename-b-01");
        Drop.simple("rename-c").into(lipdrop.inbox().resolve("r3"));
        awaitQueued("rename-c-01");

        Path last = queued("rename-c-01");
        Files.move(last, last.resolveSibling("0" + last.getFileName().toString().substring(1)));
        Path middle = queued("rename-b-01");
        Files.move(middle, middle.resolveSibling("00-this-one-first.json"));
        for (String batch : List.of("rename-a", "rename-b", "rename-c")) {
            lipdrop.awaitState(batch, "done");
        }

        assertThatTheseRanOneAfterTheOther("rename-c", "rename-b", "rename-a");
    }

    @Test
    void deletingAQueuedDocumentCancelsTheJob() throws IOException {
        int before = lipdrop.rendered();
        lipdrop.post("/api/queue/pause", "");
        Drop.named("deleted")
                .voice("deleted.ogg", TestMedia.voice())
                .video("goes.mp4", TestMedia.face())
                .video("stays.mp4", TestMedia.face())
                .into(lipdrop.inbox());
        awaitQueued("deleted-01");

        Files.delete(queued("deleted-01"));

        assertThat(lipdrop.awaitCode("deleted", "goes")).isEqualTo("cancelled");
        lipdrop.post("/api/queue/resume", "");
        lipdrop.awaitEnd("deleted");
        assertThat(lipdrop.status("deleted").at("/jobs/0/state").asText()).isEqualTo("cancelled");
        assertThat(lipdrop.status("deleted").at("/jobs/1/state").asText()).isEqualTo("done");
        assertThat(lipdrop.error("deleted").resolve("goes.mp4")).exists();
        assertThat(namesIn(lipdrop.outbox("deleted")))
                .containsExactlyInAnyOrder("stays.json", "stays.mp4", "status.json");
        assertThat(lipdrop.rendered()).as("stays").isEqualTo(before + 1);
    }

    @Test
    void deletingARunningDocumentCancelsTheJobAndTheNextBegins() throws IOException {
        int before = lipdrop.rendered();
        occupy("busy-4", 20);
        Drop.simple("after-running").into(lipdrop.inbox().resolve("d1"));
        awaitQueued("after-running-01");

        await().atMost(Duration.ofSeconds(10)).until(() -> deleteRunning("busy-4-01"));

        assertThat(lipdrop.awaitCode("busy-4", "busy-4")).isEqualTo("cancelled");
        JsonNode report = RunningLipdrop.json(lipdrop.error("busy-4").resolve("busy-4.error.json"));
        assertThat(report.path("by").asText()).isEqualTo("document");
        assertThat(report.path("stage").asText()).isEqualTo("sync");
        lipdrop.awaitState("busy-4", "cancelled");
        lipdrop.awaitState("after-running", "done");
        assertThat(lipdrop.outbox("busy-4").resolve("busy-4.mp4")).doesNotExist();
        assertThat(lipdrop.rendered()).as("busy-4 once, and after-running").isEqualTo(before + 2);
    }

    private boolean deleteRunning(String job) throws IOException {
        Path running = lipdrop.work("running");
        for (String name : namesIn(running)) {
            if (name.endsWith(job + ".json") && !name.startsWith(".")) {
                return Files.deleteIfExists(running.resolve(name));
            }
        }
        return false;
    }

    @Test
    void aFileThatIsNoJobStopsNothing() throws IOException {
        Files.writeString(lipdrop.work("queued").resolve("0-notes.json"), "remember the milk");
        Files.writeString(lipdrop.work("queued").resolve("0-notes.txt"), "remember the milk");

        Drop.simple("after-notes").into(lipdrop.inbox());

        lipdrop.awaitState("after-notes", "done");
    }

    /** Batches of one job each. */
    private void assertThatTheseRanOneAfterTheOther(String... batches) {
        Instant end = Instant.EPOCH;
        for (String batch : batches) {
            lipdrop.awaitState(batch, "done");
            assertThat(lipdrop.begin(batch, 0)).as(batch).isAfterOrEqualTo(end);
            end = lipdrop.end(batch, 0);
        }
    }

    /** Gives Lipdrop something to do for a while. */
    private void occupy(String batch, int seconds) {
        Drop.named(batch)
                .voice(batch + ".ogg", TestMedia.voice(seconds))
                .video(batch + ".mp4", TestMedia.face())
                .into(lipdrop.inbox());
        await().atMost(Duration.ofMinutes(1)).until(() -> lipdrop.state(batch).equals("running"));
    }

    private void awaitQueued(String job) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> namesIn(lipdrop.work("queued")).stream().anyMatch(name -> name.endsWith(job + ".json")));
    }

    private Path queued(String job) {
        return namesIn(lipdrop.work("queued")).stream()
                .filter(name -> name.endsWith(job + ".json"))
                .map(name -> lipdrop.work("queued").resolve(name))
                .findFirst()
                .orElseThrow();
    }
}
