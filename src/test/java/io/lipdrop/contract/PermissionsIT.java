package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that may not read everything: each file without permission has a report, and an end. */
class PermissionsIT {
    private RunningLipdrop lipdrop;

    @BeforeEach
    void start() {
        lipdrop = RunningLipdrop.startAsOtherUser(RunningLipdrop.freshHome("permissions"));
    }

    @AfterEach
    void end() {
        if (lipdrop != null) {
            lipdrop.close();
        }
    }

    @Test
    void whatMayNotBeReadIsReportedWithWhatCanBeBroughtAndTheOthersAreMade() throws IOException {
        Path inbox = lipdrop.inbox();
        Path hidden = lipdrop.home().resolve("library/hidden.mp4");
        Drop.copy(TestMedia.face(), hidden);
        protect(hidden);
        Drop mixed = Drop.named("mixed")
                .voice("mixed.ogg", TestMedia.voice())
                .video("closed.mp4", TestMedia.face())
                .video("open.mp4", TestMedia.face())
                .naming("library/hidden.mp4");
        Drop mute = Drop.named("mute").voice("mute.ogg", TestMedia.voice());
        mute.video("one.mp4", TestMedia.face()).video("two.mp4", TestMedia.face());
        mixed.mediaInto(inbox);
        mute.mediaInto(inbox);
        protect(inbox.resolve("closed.mp4"));
        protect(inbox.resolve("mute.ogg"));
        mixed.manifestInto(inbox);
        mute.manifestInto(inbox);
        Drop.manifest("closed.yaml", "audio: none.ogg").into(inbox);
        protect(inbox.resolve("closed.yaml"));

        assertThat(lipdrop.awaitCode("mixed", "closed")).isEqualTo("media-unreadable");
        assertThat(lipdrop.report("mixed", "closed").path("message").asText()).contains("closed.mp4");
        assertThat(lipdrop.report("mixed", "closed").path("hint").asText()).contains("chmod");
        assertThat(lipdrop.awaitCode("mixed", "hidden")).isEqualTo("media-unreadable");
        assertThat(lipdrop.awaitCode("mute", "one")).isEqualTo("media-unreadable");
        assertThat(lipdrop.awaitCode("mute", "two")).isEqualTo("media-unreadable");
        assertThat(lipdrop.awaitCode("closed", "closed")).isEqualTo("media-unreadable");
        lipdrop.awaitState("mixed", "failed");
        lipdrop.awaitState("mute", "failed");
        assertThat(lipdrop.outbox("mixed").resolve("open.mp4")).exists();
        assertThat(namesIn(lipdrop.error("mixed"))).contains("closed.mp4", "mixed.ogg", "mixed.yaml");
        await().untilAsserted(() -> assertThat(namesIn(lipdrop.work("staging"))).isEmpty());
        assertThat(lipdrop.log()).doesNotContain("Exception", "retrying");

        Path retry = inbox.resolve("retry");
        Drop.copyFolder(lipdrop.error("mixed"), retry.resolveSibling(".retry"));
        for (String name : List.of("closed.mp4", "mixed.ogg")) {
            Files.setPosixFilePermissions(
                    retry.resolveSibling(".retry").resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
        }
        Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-r--r--"));
        Path dropped = retry.resolveSibling(".retry");
        Files.setPosixFilePermissions(dropped, PosixFilePermissions.fromString("rwxrwxrwx")); // the test's own folder
        Files.move(dropped, retry);
        lipdrop.awaitState("mixed-2", "done");
        assertThat(namesIn(lipdrop.outbox("mixed-2"))).contains("closed.mp4", "hidden.mp4");
    }

    /** As another user's file that nobody else may read: this test's process is that user. */
    private static void protect(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
