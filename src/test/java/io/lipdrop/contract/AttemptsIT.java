package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a job has rendered and how often it was tried, when Lipdrop is killed or stopped while it runs. */
class AttemptsIT {
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
    void aJobThatEndsTheProcessThreeTimesFailsAloneAndWorkIsResumedUntilThen() throws IOException {
        start();
        Drop.named("crasher")
                .voice("crasher.ogg", TestMedia.voice(60))
                .video("c.mp4", TestMedia.face())
                .into(lipdrop.inbox());
        await().atMost(Duration.ofMinutes(2))
                .until(() -> lipdrop.state("crasher").equals("running"));
        Drop.simple("innocent").into(lipdrop.inbox());
        killWhen(() -> segments().size() >= 3 && namesIn(lipdrop.work("queued")).size() == 1);
        Path first = segments().get(0);
        FileTime written = Files.getLastModifiedTime(first);
        int finished = segments().size() - 1;

        start();
        killWhen(() -> segments().size() > finished + 1);
        assertThat(Files.getLastModifiedTime(first))
                .as("the first segment is not made again")
                .isEqualTo(written);

        start();
        killWhen(() -> lipdrop.state("crasher").equals("running")
                && !namesIn(lipdrop.work("running")).isEmpty());

        start();
        assertThat(lipdrop.awaitCode("crasher", "c")).isEqualTo("worker-crashed");
        assertThat(lipdrop.report("crasher", "c").path("attempts").asInt()).isEqualTo(3);
        assertThat(lipdrop.error("crasher").resolve("c.mp4")).exists();
        lipdrop.awaitState("innocent", "done");
        lipdrop.awaitState("crasher", "failed");
    }

    /** As after two kills while it ran and a third when its video had appeared in the outbox. */
    @Test
    void aJobThatIsRenderedIsDeliveredWhateverItsAttempts() throws IOException {
        start();
        Drop.named("late").voice("late.ogg", TestMedia.voice()).naming("a.mp4").into(lipdrop.inbox());
        lipdrop.awaitState("late", "waiting");
        Path obstacle = Files.createDirectories(lipdrop.outbox("late").resolve("a.json"));
        Files.writeString(obstacle.resolve("note"), "in the place of the sidecar");
        Drop.copy(TestMedia.face(), lipdrop.inbox().resolve("a.mp4"));
        killWhen(() -> Files.exists(lipdrop.outbox("late").resolve("a.mp4"))
                && namesIn(lipdrop.work("queued")).stream().anyMatch(name -> name.endsWith("late-01.json")));
        Path document =
                lipdrop.work("queued").resolve(visible(lipdrop.work("queued")).get(0));
        Files.writeString(document, Files.readString(document).replace("\"attempts\" : 0", "\"attempts\" : 3"));
        assertThat(RunningLipdrop.json(document).path("attempts").asInt()).isEqualTo(3);
        Files.delete(obstacle.resolve("note"));
        Files.delete(obstacle);

        start();
        lipdrop.awaitState("late", "done");
        assertThat(visible(lipdrop.outbox("late"))).containsExactly("a.json", "a.mp4", "status.json");
        assertThat(namesIn(home.resolve("error"))).isEmpty();
    }

    @Test
    void aStopPutsTheRunningJobBackWithoutCountingAnAttemptAndKeepsOthersOutUntilItHasEnded() throws IOException {
        start("lipdrop.shutdown.patience=200ms");
        Drop.named("stopped")
                .voice("stopped.ogg", TestMedia.voice(20))
                .video("s.mp4", TestMedia.face())
                .into(lipdrop.inbox());
        lipdrop.awaitState("stopped", "running");

        RunningLipdrop second = RunningLipdrop.launch(home);
        assertThat(second.waitForExit()).isEqualTo(1);
        assertThat(second.console().lines().filter(line -> !line.contains("Commons Logging")))
                .singleElement()
                .asString()
                .contains("Another Lipdrop", home.toString());

        await().until(() -> segments().size() >= 2);
        lipdrop.terminate();
        assertThat(lipdrop.waitForExit()).isEqualTo(143);

        assertThat(visible(lipdrop.work("running"))).isEmpty();
        Path document =
                lipdrop.work("queued").resolve(visible(lipdrop.work("queued")).get(0));
        assertThat(RunningLipdrop.json(document).path("attempts").asInt(-1)).isZero();
        Path first = segments().get(0);
        FileTime written = Files.getLastModifiedTime(first);

        start();
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        lipdrop.state("stopped").equals("running") && segments().size() > 3);
        assertThat(Files.getLastModifiedTime(first))
                .as("the first segment is not made again")
                .isEqualTo(written);
        lipdrop.awaitState("stopped", "done");
        assertThat(frames(lipdrop.outbox("stopped").resolve("s.mp4"))).isEqualTo(500);
    }

    private void start(String... settings) {
        lipdrop = RunningLipdrop.start(home, settings);
    }

    private void killWhen(Callable<Boolean> moment) {
        try {
            await().atMost(Duration.ofMinutes(2)).until(moment);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("The moment did not come. " + lipdrop.lastWords(), e);
        }
        lipdrop.kill();
    }

    /** Finished or half-written pieces of the jobs that are not done. */
    private List<Path> segments() throws IOException {
        try (var files = Files.walk(home.resolve("work/staging"))) {
            return files.filter(file -> file.getFileName().toString().matches("segment-\\d+\\.nut"))
                    .sorted()
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            return List.of(); // a folder went while we looked
        }
    }

    private static List<String> visible(Path folder) {
        return namesIn(folder).stream().filter(name -> !name.startsWith(".")).toList();
    }

    private static int frames(Path film) {
        JsonNode picture = ResultsIT.stream(TestMedia.probe(film), "video");
        return picture.path("nb_read_frames").asInt();
    }
}
