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

/** Network shares that are mounted late, go away or are full: Lipdrop says so, waits, and goes on. */
class SharesIT {
    private RunningLipdrop lipdrop;

    @AfterEach
    void end() {
        if (lipdrop != null) {
            lipdrop.close();
        }
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
                    .voice("sent.ogg", TestMedia.voice(12))
                    .video("sent.mp4", TestMedia.face())
                    .into(lipdrop.inbox());
            await().until(() -> lipdrop.state("sent").equals("running"));
            assertThat(run("umount", "-l", outbox.toString())).isTrue();

            await().untilAsserted(() -> assertThat(lipdrop.health().toString()).contains("network share unmounted"));
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
        await().atMost(Duration.ofMinutes(3))
                .until(() -> lipdrop.health().toString().contains("a different folder than before"));
        Drop.simple("waits").into(lipdrop.inbox());
        await().until(() -> lipdrop.console().contains("waits.yaml waits in the inbox"));
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
    void aFullDiskLetsTheQueueWaitAndSaysSo() throws Exception {
        Path home = RunningLipdrop.freshHome("full");
        Path disk = Files.createDirectories(home.resolve("outbox"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=100m", "lipdrop-test", disk.toString()),
                "not allowed to mount a small disk");
        try {
            lipdrop = RunningLipdrop.start(home);
            Drop.simple("full").into(lipdrop.inbox());

            await().untilAsserted(() ->
                    assertThat(lipdrop.status("full").path("message").asText()).contains("disk-full"));
            assertThat(lipdrop.state("full")).isEqualTo("queued");
            assertThat(lipdrop.health().path("status").asText()).isEqualTo("DOWN");

            assertThat(run("mount", "-o", "remount,size=2g", disk.toString())).isTrue();
            lipdrop.awaitState("full", "done");
        } finally {
            end();
            run("umount", "-l", disk.toString());
        }
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
