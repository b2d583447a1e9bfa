package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** What a drop may look like, and when it is taken. */
@Execution(CONCURRENT)
class DropsIT {
    private final RunningLipdrop lipdrop = RunningLipdrop.shared();

    @Test
    void takesAManifestInYaml() {
        Drop.simple("in-yaml").into(lipdrop.inbox());

        lipdrop.awaitState("in-yaml", "done");

        assertThat(namesIn(lipdrop.outbox("in-yaml"))).containsExactly("face.json", "face.mp4", "status.json");
        assertThat(lipdrop.inbox().resolve("in-yaml.yaml")).doesNotExist();
    }

    @Test
    void takesAManifestInJson() {
        Drop.manifest("in-json.json", """
                        {"audio": "spoken.ogg", "videos": ["a.mp4", {"file": "b.mp4", "options": {"length": "loop"}}]}
                        """)
                .with("spoken.ogg", TestMedia.voice())
                .with("a.mp4", TestMedia.face())
                .with("b.mp4", TestMedia.face())
                .into(lipdrop.inbox());

        lipdrop.awaitState("in-json", "done");

        Path outbox = lipdrop.outbox("in-json");
        assertThat(namesIn(outbox)).contains("a.mp4", "b.mp4");
        assertThat(RunningLipdrop.json(outbox.resolve("a.json"))
                        .at("/options/length")
                        .asText())
                .isEqualTo("pingpong");
        assertThat(RunningLipdrop.json(outbox.resolve("b.json"))
                        .at("/options/length")
                        .asText())
                .isEqualTo("loop");
    }

    @Test
    void takesASubFolderAndLeavesNothingOfIt() {
        Drop.simple("below").into(lipdrop.inbox().resolve("lesson 1/today"));

        lipdrop.awaitState("below", "done");

        assertThat(lipdrop.inbox().resolve("lesson 1/today")).doesNotExist();
    }

    @Test
    void oneBadVideoCostsNoOther() {
        Drop.named("one-bad")
                .voice("one.ogg", TestMedia.voice())
                .video("good-1.mp4", TestMedia.face())
                .video("bad.mp4", TestMedia.noFace())
                .video("good-2.mp4", TestMedia.face())
                .into(lipdrop.inbox());

        lipdrop.awaitEnd("one-bad");

        assertThat(namesIn(lipdrop.outbox("one-bad")))
                .containsExactly("good-1.json", "good-1.mp4", "good-2.json", "good-2.mp4", "status.json");
        assertThat(lipdrop.report("one-bad", "bad").path("code").asText()).isEqualTo("no-face");
        assertThat(lipdrop.error("one-bad").resolve("bad.mp4")).hasSameBinaryContentAs(TestMedia.noFace());
    }

    @Test
    void waitsForMediaThatComeLaterAndSaysForWhich() {
        Drop drop = Drop.named("early")
                .voice("early.ogg", TestMedia.voice())
                .video("early-a.mp4", TestMedia.face())
                .naming("early-b.mp4");
        drop.into(lipdrop.inbox());

        await().untilAsserted(
                        () -> assertThat(lipdrop.status("early").path("message").asText())
                                .isEqualTo("waiting for early-b.mp4 (2 of 3 here)"));
        assertThat(lipdrop.state("early")).isEqualTo("waiting");
        assertThat(lipdrop.inbox().resolve("early-a.mp4")).exists();

        Drop.copy(TestMedia.face(), lipdrop.inbox().resolve("early-b.mp4"));
        lipdrop.awaitState("early", "done");
        assertThat(namesIn(lipdrop.outbox("early"))).contains("early-a.mp4", "early-b.mp4");
    }

    @Test
    void waitsForAFileThatIsStillBeingCopied() throws IOException {
        byte[] film = Files.readAllBytes(TestMedia.face());
        int half = film.length / 2;
        try (OutputStream copy = Files.newOutputStream(lipdrop.inbox().resolve("slow.mp4"))) {
            Drop.named("slow")
                    .voice("slow.ogg", TestMedia.voice())
                    .naming("slow.mp4")
                    .into(lipdrop.inbox());
            for (byte[] part : new byte[][] {Arrays.copyOf(film, half), Arrays.copyOfRange(film, half, film.length)}) {
                for (int written = 0; written < part.length; written += 5000) {
                    copy.write(part, written, Math.min(5000, part.length - written));
                    await().during(Duration.ofMillis(250))
                            .until(() -> Files.exists(lipdrop.inbox().resolve("slow.mp4")));
                }
            }
        }

        lipdrop.awaitState("slow", "done");
        Path kept = lipdrop.work("archive").resolve("slow/media/slow.mp4");
        await().until(() -> Files.exists(kept));
        assertThat(kept).hasBinaryContent(film);
    }

    @Test
    void waitsForFilesThatAreStillEmpty() throws IOException {
        Path film = lipdrop.inbox().resolve("filled.mp4");
        Path manifest = lipdrop.inbox().resolve("filled.yaml");
        Files.createFile(film);
        Files.createFile(manifest);
        Drop.copy(TestMedia.voice(), lipdrop.inbox().resolve("filled.ogg"));
        await().until(() -> message("filled").equals("filled.yaml is still empty"));
        Files.writeString(manifest, "audio: filled.ogg\nvideo: filled.mp4\n");
        await().until(() -> message("filled").equals("filled.mp4 is still empty"));
        Files.write(film, Files.readAllBytes(TestMedia.face()));

        lipdrop.awaitState("filled", "done");
    }

    @Test
    void aFileThatIsWrittenOnWhileItIsRenderedIsRenderedAnew() throws IOException {
        Path film = lipdrop.home().resolve("library/growing.mp4");
        Drop.copy(TestMedia.face(), film);
        Drop.named("growing")
                .voice("growing.ogg", TestMedia.voice(16))
                .naming("library/growing.mp4")
                .into(lipdrop.inbox());
        await().until(() ->
                lipdrop.status("growing").at("/jobs/0/state").asText().equals("running"));
        await().until(() -> !Files.exists(lipdrop.work("claimed").resolve("growing.json")));
        try (FolderWatch claimed = FolderWatch.forArrivals(lipdrop.work("claimed"))) {
            Files.write(film, new byte[] {0, 0, 0, 8, 'f', 'r', 'e', 'e'}, StandardOpenOption.APPEND);
            claimed.await("growing.json"::equals); // the job is claimed once more
        }

        lipdrop.awaitState("growing", "done");

        assertThat(lipdrop.status("growing").at("/jobs/0/attempts").asInt()).isZero();
        assertThat(lipdrop.outbox("growing").resolve("growing.json")).content().contains(sha256(film));
    }

    @Test
    void aWriterThatPausesIsNotCutShortBeforeItsManifestHasCome() throws IOException {
        byte[] film = Files.readAllBytes(TestMedia.face());
        Path slow = lipdrop.inbox().resolve("paused.mp4");
        Files.write(slow, Arrays.copyOf(film, 1000));
        await().during(Duration.ofSeconds(2)).until(() -> Files.exists(slow));
        Files.write(slow, film);
        Drop.named("paused")
                .voice("paused.ogg", TestMedia.voice())
                .naming("paused.mp4")
                .into(lipdrop.inbox());

        lipdrop.awaitState("paused", "done");
    }

    @Test
    void afterThePatienceAnIncompleteDropGoesToErrorWithWhatIsThere() {
        Drop.named("never")
                .voice("never.ogg", TestMedia.voice())
                .naming("nowhere.mp4")
                .into(lipdrop.inbox());

        assertThat(lipdrop.awaitCode("never", "never")).isEqualTo("media-missing");

        assertThat(lipdrop.report("never", "never").path("message").asText()).contains("nowhere.mp4", "1 of 2 here");
        lipdrop.awaitState("never", "failed");
        assertThat(namesIn(lipdrop.error("never"))).containsExactly("never.error.json", "never.ogg", "never.yaml");
        assertThat(lipdrop.inbox().resolve("never.ogg")).doesNotExist();
    }

    @Test
    void aVoiceNamedByTwoManifestsServesBoth() {
        Drop first = Drop.named("twin-1").voice("twins.ogg", TestMedia.voice()).video("twin-1.mp4", TestMedia.face());
        Drop second = Drop.named("twin-2").voice("twins.ogg", TestMedia.voice()).video("twin-2.mp4", TestMedia.face());
        first.manifestInto(lipdrop.inbox());
        second.manifestInto(lipdrop.inbox());
        first.mediaInto(lipdrop.inbox());
        second.mediaInto(lipdrop.inbox());

        lipdrop.awaitState("twin-1", "done");
        lipdrop.awaitState("twin-2", "done");

        assertThat(lipdrop.outbox("twin-1").resolve("twin-1.mp4")).exists();
        assertThat(lipdrop.outbox("twin-2").resolve("twin-2.mp4")).exists();
        assertThat(lipdrop.inbox().resolve("twins.ogg")).doesNotExist();
    }

    @Test
    void theSameNameTwiceGivesTwoResults() throws IOException {
        Path folder = lipdrop.inbox().resolve("again");
        Drop.simple("again").into(folder);
        await().until(() -> !Files.exists(folder.resolve("again.yaml")));
        Drop.simple("again").into(folder);
        lipdrop.awaitState("again", "done");
        lipdrop.awaitState("again-2", "done");
        byte[] first = Files.readAllBytes(lipdrop.outbox("again").resolve("face.mp4"));

        Drop.simple("again").into(folder);
        lipdrop.awaitState("again-3", "done");

        assertThat(lipdrop.outbox("again").resolve("face.mp4")).hasBinaryContent(first);
    }

    @Test
    void aLibraryFileIsUsedAndStays() {
        Path presenter = lipdrop.home().resolve("library/presenter.mp4");
        Drop.copy(TestMedia.face(), presenter);
        Drop.named("from-library")
                .voice("from-library.ogg", TestMedia.voice())
                .naming("library/presenter.mp4")
                .into(lipdrop.inbox());

        lipdrop.awaitState("from-library", "done");

        assertThat(lipdrop.outbox("from-library").resolve("presenter.mp4")).exists();
        assertThat(presenter).hasSameBinaryContentAs(TestMedia.face());
    }

    @Test
    void twoVideosOfTheSameStemGetTwoResults() {
        Drop.named("stems")
                .voice("stems.ogg", TestMedia.voice())
                .video("left/talk.mp4", TestMedia.face())
                .video("right/talk.mp4", TestMedia.face())
                .video("status.mp4", TestMedia.face())
                .into(lipdrop.inbox().resolve("stems"));

        lipdrop.awaitState("stems", "done");

        assertThat(namesIn(lipdrop.outbox("stems")))
                .contains("talk.mp4", "talk.json", "talk-2.mp4", "talk-2.json", "status.json");
        assertThat(lipdrop.status("stems").path("jobs")).hasSize(3);
    }

    @Test
    void aDropTakenOutOfTheInboxIsCancelled() throws IOException {
        Drop.named("second-thoughts")
                .voice("thoughts.ogg", TestMedia.voice())
                .naming("comes-never.mp4")
                .into(lipdrop.inbox());
        lipdrop.awaitState("second-thoughts", "waiting");

        Files.delete(lipdrop.inbox().resolve("second-thoughts.yaml"));

        lipdrop.awaitState("second-thoughts", "cancelled");
        assertThat(lipdrop.inbox().resolve("thoughts.ogg")).exists();
        Files.delete(lipdrop.inbox().resolve("thoughts.ogg"));
    }

    private String message(String batch) {
        return lipdrop.status(batch).path("message").asText();
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
