package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
        await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
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
                .voice("before.ogg", TestMedia.voice(40))
                .video("before.mp4", TestMedia.face())
                .into(lipdrop.inbox());
        await().atMost(Duration.ofMinutes(1))
                .until(() -> lipdrop.state("before").equals("running"));
        Drop.simple("behind").into(lipdrop.inbox());
        await().atMost(Duration.ofMinutes(1))
                .until(() -> namesIn(lipdrop.work("queued")).size() == 1);
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
        await().atMost(Duration.ofMinutes(1))
                .until(() -> namesIn(lipdrop.work("running")).isEmpty()
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
                "huge.mp4", "-i " + TestMedia.face() + " -vf scale=4096:4096 -c:v libx264 -preset ultrafast %s");
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
    void whileTheOutboxIsAwayNothingIsWrittenInItsPlace() throws Exception {
        Path home = RunningLipdrop.freshHome("away");
        Path share = Files.createDirectories(home.resolve("share"));
        Path outbox = Files.createDirectories(home.resolve("outbox"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=600m", "lipdrop-share", share.toString()),
                "not allowed to mount a share");
        try {
            assertThat(run("mount", "--bind", share.toString(), outbox.toString()))
                    .isTrue();
            lipdrop = RunningLipdrop.start(home);
            Drop.named("sent")
                    .voice("sent.ogg", TestMedia.voice(25))
                    .video("sent.mp4", TestMedia.face())
                    .into(lipdrop.inbox());
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> lipdrop.state("sent").equals("running"));
            assertThat(run("umount", "-l", outbox.toString())).isTrue();

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(lipdrop.health().toString()).contains("network share unmounted"));
            assertThat(outbox).isEmptyDirectory();

            assertThat(run("mount", "--bind", share.toString(), outbox.toString()))
                    .isTrue();
            lipdrop.awaitState("sent", "done");
            assertThat(lipdrop.outbox("sent").resolve("sent.mp4")).exists();
        } finally {
            end();
            run("umount", "-l", outbox.toString());
            run("umount", "-l", share.toString());
        }
    }

    /** Also what an owner does who starts Lipdrop before the network is there. */
    @Test
    void aShareThatIsMountedAfterTheStartIsUsed() throws Exception {
        Path home = RunningLipdrop.freshHome("late");
        Path outbox = Files.createDirectories(home.resolve("outbox"));
        try {
            lipdrop = RunningLipdrop.start(home);
            Drop.simple("early").into(lipdrop.inbox());
            lipdrop.awaitState("early", "done");
            assumeTrue(mountShare(outbox), "not allowed to mount a share");
            Drop.simple("late").into(lipdrop.inbox());
            lipdrop.awaitState("late", "done");
            await().until(() ->
                    namesIn(lipdrop.work("staging")).isEmpty()); // else its status is told again at the next start
            assertThat(namesIn(outbox)).containsExactly("late");
            assertThat(outbox.resolve(".lipdrop")).exists();
            assertThat(lipdrop.console()).contains("was mounted after Lipdrop started", "for the batches early");

            end();
            assertThat(run("umount", "-l", outbox.toString())).isTrue();
            assertThat(namesIn(outbox)).containsExactly("early");
            theNextStartWaitsForIt(home, outbox);
        } finally {
            end();
            run("umount", "-l", outbox.toString());
        }
    }

    private void theNextStartWaitsForIt(Path home, Path outbox) throws Exception {
        lipdrop = RunningLipdrop.launch(home);
        await().atMost(Duration.ofMinutes(3)).until(() -> lipdrop.console().contains("a different folder than before"));
        Drop.simple("waits").into(lipdrop.inbox());
        await().atMost(Duration.ofMinutes(1)).until(() -> lipdrop.console().contains("waits.yaml waits in the inbox"));
        assertThat(lipdrop.health().path("status").asText()).isEqualTo("DOWN");
        assertThat(lipdrop.health().at("/components/lipdrop/details/reasons").toString())
                .contains("a different folder than before", "use-this-folder");
        assertThat(namesIn(outbox)).containsExactly("early");

        Files.createFile(outbox.resolve("use-this-folder"));
        lipdrop.awaitState("waits", "done");
        assertThat(namesIn(outbox)).containsExactly("early", "waits");
        assertThat(lipdrop.console()).doesNotContain("Rollback", "Exception");
    }

    @Test
    void whatCannotBeSeenIsNeitherCancelledNorRefusedAgainAndAgain() throws IOException {
        lipdrop = RunningLipdrop.start(RunningLipdrop.freshHome("unseen"), "lipdrop.inbox.settle=2s");
        Drop.named("long")
                .voice("long.ogg", TestMedia.voice(90))
                .video("long.mp4", TestMedia.face())
                .into(lipdrop.inbox());
        await().atMost(Duration.ofMinutes(1)).until(() -> lipdrop.state("long").equals("running"));
        Drop.simple("next").into(lipdrop.inbox());
        await().atMost(Duration.ofMinutes(1)).until(() -> lipdrop.state("next").equals("queued"));
        Drop.manifest("bad.yaml", "no manifest").into(lipdrop.inbox());
        await().until(() -> lipdrop.state("bad").equals("waiting"));
        Path error = lipdrop.home().resolve("error");
        Files.delete(error);
        Files.writeString(error, "not a folder");
        Path away = Files.move(lipdrop.work("queued"), lipdrop.home().resolve("queued-away"));
        await().pollDelay(Duration.ofSeconds(7)).until(() -> true);

        assertThat(namesIn(lipdrop.home().resolve("outbox"))).containsExactlyInAnyOrder("bad", "long", "next");
        Files.delete(error);
        Files.move(away, lipdrop.work("queued"));
        assertThat(lipdrop.awaitCode("bad", "bad")).isEqualTo("manifest-invalid");
        lipdrop.awaitState("next", "done");
        assertThat(namesIn(error)).containsExactly("bad");
    }

    @Test
    void aFullDiskLetsTheQueueWaitAndSaysSo() throws Exception {
        Path home = RunningLipdrop.freshHome("full");
        Path disk = Files.createDirectories(home.resolve("outbox"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=100m", "lipdrop-test", disk.toString()),
                "not allowed to mount a small disk");
        try {
            lipdrop = RunningLipdrop.start(home);
            Drop.simple("full").into(lipdrop.inbox());

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(
                                    lipdrop.status("full").path("message").asText())
                            .contains("disk-full"));
            assertThat(lipdrop.state("full")).isEqualTo("queued");
            assertThat(lipdrop.health().path("status").asText()).isEqualTo("DOWN");

            assertThat(run("mount", "-o", "remount,size=2g", disk.toString())).isTrue();
            lipdrop.awaitState("full", "done");
        } finally {
            end();
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void inALocaleWithoutUnicodeFilesOfAnyNameAreTaken() {
        lipdrop = RunningLipdrop.start(RunningLipdrop.freshHome("locale"), "env:LC_ALL=C");
        Drop.named("第一课")
                .voice("王.ogg", TestMedia.voice())
                .video("Müller.mp4", TestMedia.face())
                .into(lipdrop.inbox());

        lipdrop.awaitState("第一课", "done");
        assertThat(lipdrop.outbox("第一课").resolve("Müller.mp4")).exists();

        lipdrop.terminate();
        assertThat(lipdrop.waitForExit()).isEqualTo(143);
        assertThat(lipdrop.log()).contains("Stopping");
    }

    /** As it is where Lipdrop cannot start itself again: with a debugger, or where that locale is missing. */
    @Test
    void whatCannotBeReadInThisLocaleIsToldOnceAndHoldsUpNoOther() {
        lipdrop = RunningLipdrop.start(
                RunningLipdrop.freshHome("locale"),
                "env:LC_ALL=C",
                "env:LIPDROP_STARTED_BY=" + ProcessHandle.current().pid());
        Drop.simple("王").into(lipdrop.inbox().resolve("other"));
        Drop.named("names-it")
                .voice("names-it.ogg", TestMedia.voice())
                .video("Müller.mp4", TestMedia.face())
                .into(lipdrop.inbox().resolve("names"));
        Drop.simple("plain").into(lipdrop.inbox());

        lipdrop.awaitState("plain", "done");

        assertThat(lipdrop.health().path("status").asText()).isEqualTo("DOWN");
        assertThat(lipdrop.health().toString()).contains("LC_ALL=C.UTF-8");
        assertThat(lipdrop.log().lines().filter(line -> line.contains("LC_ALL=C.UTF-8")))
                .as("at the start, for each file, and for the drop that waits for one")
                .hasSizeLessThanOrEqualTo(4);
        assertThat(namesIn(lipdrop.home().resolve("error"))).isEmpty();
    }

    private static boolean mountShare(Path folder) throws Exception {
        return run("mount", "-t", "tmpfs", "-o", "size=600m", "lipdrop-share", folder.toString());
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(List.of(command)).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
