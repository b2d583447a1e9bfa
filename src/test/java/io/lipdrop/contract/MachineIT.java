package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A machine that is not as it should be: Lipdrop says so, waits, and goes on. */
class MachineIT {
    private RunningLipdrop lipdrop;

    @AfterEach
    void end() {
        if (lipdrop != null) {
            lipdrop.close();
        }
    }

    @Test
    void aHomeWithAStrangeNameWhoseFoldersGoAwayAndComeBack() throws IOException {
        Path home = RunningLipdrop.freshHome("odd").resolve("R&D #1, C++; (王's)");
        lipdrop = RunningLipdrop.start(home, "lipdrop.inbox.patience=5m");
        Drop.simple("odd").into(lipdrop.inbox());
        lipdrop.awaitState("odd", "done");

        theInboxGoesAway();
        theOutboxCannotBeWritten();
    }

    private void theInboxGoesAway() throws IOException {
        Drop drop =
                Drop.named("patient").voice("patient.ogg", TestMedia.voice()).naming("later.mp4");
        drop.into(lipdrop.inbox());
        lipdrop.awaitState("patient", "waiting");
        Path away = lipdrop.home().resolve("away");
        Files.move(lipdrop.inbox(), away);

        await().untilAsserted(() -> {
            assertThat(lipdrop.health().path("status").asText()).isEqualTo("DOWN");
            assertThat(lipdrop.health()
                            .at("/components/lipdrop/details/reasons")
                            .toString())
                    .contains("inbox");
        });
        Files.createDirectory(lipdrop.inbox()); // what an unmounted share leaves behind
        lipdrop.awaitRuns("removed-drops", 4);
        assertThat(lipdrop.state("patient")).isEqualTo("waiting");

        Files.deleteIfExists(lipdrop.inbox());
        Files.move(away, lipdrop.inbox());
        Drop.copy(TestMedia.face(), lipdrop.inbox().resolve("later.mp4"));
        lipdrop.awaitState("patient", "done");
        await().untilAsserted(() ->
                assertThat(lipdrop.health().path("status").asText()).isEqualTo("UP"));
    }

    private void theOutboxCannotBeWritten() throws IOException {
        Drop.named("before")
                .voice("before.ogg", TestMedia.voice(12))
                .video("before.mp4", TestMedia.face())
                .into(lipdrop.inbox());
        Drop.simple("behind").priority(4).into(lipdrop.inbox());
        await().until(() -> lipdrop.state("before").equals("running")
                && namesIn(lipdrop.work("queued")).size() == 1);
        Path outbox = lipdrop.home().resolve("outbox");
        Path away = lipdrop.home().resolve("outbox-away");
        Files.move(outbox, away);
        Files.writeString(outbox, "not a folder");

        await().untilAsserted(() -> {
            assertThat(lipdrop.health().path("status").asText()).isEqualTo("DOWN");
            assertThat(lipdrop.health()
                            .at("/components/lipdrop/details/reasons")
                            .toString())
                    .contains("outbox");
        });
        await().until(() -> namesIn(lipdrop.work("running")).isEmpty()
                && namesIn(lipdrop.work("queued")).size() == 2);

        Files.delete(outbox);
        Files.move(away, outbox);
        lipdrop.awaitState("before", "done");
        lipdrop.awaitState("behind", "done");
        assertThat(namesIn(lipdrop.home().resolve("error"))).isEmpty();
    }

    @Test
    void aHomeWhosePathMeansSomethingElseIsRefusedInOneLine() {
        lipdrop = RunningLipdrop.launch(RunningLipdrop.freshHome("odd").resolve("100%"));

        assertThat(lipdrop.waitForExit()).isEqualTo(1);
        assertThat(lipdrop.console().lines().filter(line -> !line.contains("Commons Logging")))
                .singleElement()
                .asString()
                .contains("100%", "without ?, %, { and }");
    }

    @Test
    void aVideoTooLargeForTheMemoryFailsAlone() {
        lipdrop = RunningLipdrop.start(RunningLipdrop.freshHome("memory"), "-Xmx200m");
        Path huge = TestMedia.made(
                "huge.mp4", "-i %s -vf scale=4096:4096 -c:v libx264 -preset ultrafast", TestMedia.face());
        Drop.named("large")
                .voice("voice.ogg", TestMedia.voice())
                .video("huge.mp4", huge)
                .video("small.mp4", TestMedia.face())
                .into(lipdrop.inbox());

        assertThat(lipdrop.awaitCode("large", "huge")).isEqualTo("out-of-memory");
        lipdrop.awaitState("large", "failed");
        assertThat(lipdrop.outbox("large").resolve("small.mp4")).exists();
    }

    @Test
    void anEncoderThatDoesNotWorkFailsTheJobAfterThreeAttempts() throws IOException {
        Path home = RunningLipdrop.freshHome("encoder");
        Path notAFolder = Files.writeString(home.resolve("full"), "nor a disk with room");
        lipdrop = RunningLipdrop.start(home, "lipdrop.encoder.codec=nonsense", "lipdrop.tmp=" + notAFolder);
        assertThat(lipdrop.console()).contains("the temporary folder " + notAFolder + " cannot be used");
        assertThat(lipdrop.health().at("/components/lipdrop/details/reasons").toString())
                .contains("the temporary folder");
        Drop.simple("unencoded").into(lipdrop.inbox());

        assertThat(lipdrop.awaitCode("unencoded", "face")).isEqualTo("encoder-failed");

        assertThat(lipdrop.report("unencoded", "face").path("attempts").asInt()).isEqualTo(3);
        assertThat(lipdrop.report("unencoded", "face").path("stage").asText()).isEqualTo("sync");
        lipdrop.awaitState("unencoded", "failed");
    }

    @Test
    void aJobInWhichNothingMovesIsStalled() {
        lipdrop = RunningLipdrop.start(RunningLipdrop.freshHome("stall"), "lipdrop.stall=1ms");
        Drop.simple("stuck").into(lipdrop.inbox());

        assertThat(lipdrop.awaitCode("stuck", "face")).isEqualTo("stalled");
        lipdrop.awaitState("stuck", "failed");
    }

    @Test
    void whatCannotBeSeenIsNeitherCancelledNorRefusedAgainAndAgain() throws IOException {
        lipdrop = RunningLipdrop.start(RunningLipdrop.freshHome("unseen"), "lipdrop.inbox.settle=2s");
        Drop.named("long")
                .voice("long.ogg", TestMedia.voice(12))
                .video("long.mp4", TestMedia.face())
                .into(lipdrop.inbox());
        Drop.simple("next").priority(4).into(lipdrop.inbox());
        await().until(() ->
                lipdrop.state("long").equals("running") && lipdrop.state("next").equals("queued"));
        Drop.manifest("bad.yaml", "no manifest").into(lipdrop.inbox());
        await().until(() -> lipdrop.state("bad").equals("waiting"));
        Path error = lipdrop.home().resolve("error");
        Files.delete(error);
        Files.writeString(error, "not a folder");
        Path away = Files.move(lipdrop.work("queued"), lipdrop.home().resolve("queued-away"));
        await().during(Duration.ofSeconds(6))
                .until(() -> namesIn(lipdrop.home().resolve("outbox")).equals(List.of("bad", "long", "next")));

        Files.delete(error);
        Files.move(away, lipdrop.work("queued"));
        assertThat(lipdrop.awaitCode("bad", "bad")).isEqualTo("manifest-invalid");
        lipdrop.awaitState("next", "done");
        assertThat(namesIn(error)).containsExactly("bad");
    }
}
