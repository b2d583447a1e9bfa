package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Killed for real, at every stage: nothing is lost, nothing is made twice. */
class CrashIT {
    private Path home;
    private RunningLipdrop lipdrop;

    @BeforeEach
    void freshHome() {
        home = RunningLipdrop.freshHome("crash");
    }

    @AfterEach
    void end() {
        if (lipdrop != null) {
            lipdrop.close();
        }
    }

    @Test
    void killedAtEachStageEveryResultIsThereExactlyOnce() throws IOException {
        start();
        try (FolderWatch inbox = FolderWatch.forDepartures(lipdrop.inbox())) {
            twoVideos("claiming").into(lipdrop.inbox());
            inbox.await("claiming.yaml"::equals);
            lipdrop.kill();
        }

        start();
        try (FolderWatch claimed = FolderWatch.forArrivals(lipdrop.work("claimed"))) {
            twoVideos("validating").into(lipdrop.inbox());
            claimed.await("validating.json"::equals);
            lipdrop.kill();
        }

        start();
        try (FolderWatch queued = FolderWatch.forArrivals(lipdrop.work("queued"))) {
            twoVideos("queueing").into(lipdrop.inbox());
            queued.await(name -> name.contains("queueing"));
            lipdrop.kill();
        }

        start();
        twoVideos("delivering").into(lipdrop.inbox());
        await().until(() -> Files.isDirectory(lipdrop.outbox("delivering")));
        try (FolderWatch outbox = FolderWatch.forArrivals(lipdrop.outbox("delivering"))) {
            outbox.await("a.mp4"::equals);
            lipdrop.kill();
        }

        start();
        List<String> batches = List.of("claiming", "validating", "queueing", "delivering");
        batches.forEach(batch -> lipdrop.awaitState(batch, "done"));

        assertThat(namesIn(home.resolve("outbox"))).containsExactlyInAnyOrderElementsOf(batches);
        assertThat(namesIn(home.resolve("error"))).isEmpty();
        assertThat(namesIn(home.resolve("inbox"))).isEmpty();
        for (String batch : batches) {
            assertThat(visible(lipdrop.outbox(batch)))
                    .containsExactly("a.json", "a.mp4", "b.json", "b.mp4", "status.json");
            assertThat(frames(lipdrop.outbox(batch).resolve("b.mp4"))).isBetween(37, 38);
        }
        await().untilAsserted(() -> assertThat(namesIn(lipdrop.work("staging"))).isEmpty());
        for (String folder : List.of("claimed", "queued", "running")) {
            assertThat(visible(lipdrop.work(folder))).as(folder).isEmpty();
        }
        assertThat(namesIn(lipdrop.work("archive"))).containsExactlyInAnyOrderElementsOf(batches);
    }

    /** Each at another moment within the four seconds of a drop's life; the seed of a failure is in its message. */
    @Test
    void killedAtAnyMomentEveryResultIsThereExactlyOnce() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> batches = List.of("r0", "r1", "r2", "r3");
        for (int i = 0; i < batches.size(); i++) {
            start();
            if (i > 0) {
                lipdrop.awaitState(batches.get(i - 1), "done");
            }
            twoVideos(batches.get(i)).into(lipdrop.inbox());
            lipdrop.killAfter(Duration.ofMillis(1000L * i + random.nextInt(1000)));
        }

        start();
        lipdrop.awaitState("r3", "done");
        for (String batch : batches) {
            assertThat(visible(lipdrop.outbox(batch)))
                    .as("seed %d", seed)
                    .containsExactly("a.json", "a.mp4", "b.json", "b.mp4", "status.json");
        }
        assertThat(namesIn(home.resolve("outbox"))).as("seed %d", seed).containsExactlyElementsOf(batches);
        assertThat(namesIn(home.resolve("error"))).as("seed %d", seed).isEmpty();
        assertThat(namesIn(home.resolve("inbox"))).as("seed %d", seed).isEmpty();
        assertThat(namesIn(home.resolve("tmp")))
                .as("temporaries of those that were killed")
                .hasSize(2); // and the lock
    }

    private void start(String... settings) {
        lipdrop = RunningLipdrop.start(home, settings);
    }

    private static Drop twoVideos(String batch) {
        return Drop.named(batch)
                .voice(batch + ".ogg", TestMedia.voice())
                .video("a.mp4", TestMedia.face())
                .video("b.mp4", TestMedia.face());
    }

    private static List<String> visible(Path folder) {
        return namesIn(folder).stream().filter(name -> !name.startsWith(".")).toList();
    }

    private static int frames(Path film) {
        JsonNode picture = ResultsIT.stream(TestMedia.probe(film), "video");
        return picture.path("nb_read_frames").asInt();
    }
}
