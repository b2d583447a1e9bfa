package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Files that never can be lip-synced: each is reported by itself, with the code that says why. */
@Execution(CONCURRENT)
class BadMediaIT {
    private static final String SECRET = "the-secret-of-this-machine-4711";

    private final RunningLipdrop lipdrop = RunningLipdrop.shared();

    @Test
    void everyBadVideoIsReportedByItselfAndTheGoodOneIsMade() throws IOException {
        Drop drop = Drop.named("bad-videos").voice("bad.ogg", TestMedia.voice()).video("good.mp4", TestMedia.face());
        drop.video("text.mp4", written("text.mp4", "This is not a film."));
        drop.video("empty.mp4", written("empty.mp4", ""));
        drop.video("sound.mp4", TestMedia.voice());
        drop.video("landscape.mp4", TestMedia.noFace());
        byte[] film = Files.readAllBytes(TestMedia.face());
        drop.video("cut.mp4", written("cut.mp4", Arrays.copyOf(film, film.length / 2)));
        drop.video("giant.png", written("giant.png", giantPicture()));
        drop.video("hours.mp4", TestMedia.made("hours.mp4", "-f lavfi -i color=s=64x64:r=1:d=40 -c:v libx264"));
        drop.into(lipdrop.inbox());

        await().until(() ->
                lipdrop.status("bad-videos").path("message").asText().equals("empty.mp4 is still empty"));
        lipdrop.awaitEnd("bad-videos");

        assertThat(code("text")).isEqualTo("video-unsupported");
        assertThat(code("empty")).isEqualTo("media-damaged");
        assertThat(lipdrop.report("bad-videos", "empty").path("message").asText())
                .isEqualTo("empty.mp4 is empty (0 bytes).");
        assertThat(code("sound")).isEqualTo("no-video-stream");
        assertThat(code("landscape")).isEqualTo("no-face");
        assertThat(code("cut")).isEqualTo("media-damaged");
        assertThat(code("giant")).isEqualTo("media-too-large");
        assertThat(code("hours")).isEqualTo("media-too-long");
        JsonNode report = lipdrop.report("bad-videos", "landscape");
        assertThat(report.path("message").asText()).contains("landscape.mp4");
        assertThat(report.path("hint").asText()).isNotBlank();
        assertThat(report.path("stage").asText()).isEqualTo("validation");
        assertThat(report.has("attempts")).isTrue();
        assertThat(Instant.parse(report.path("at").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(namesIn(lipdrop.error("bad-videos")))
                .contains("text.mp4", "cut.mp4", "giant.png", "landscape.mp4", "bad.ogg", "bad-videos.yaml");
        assertThat(namesIn(lipdrop.outbox("bad-videos"))).containsExactly("good.json", "good.mp4", "status.json");
    }

    private String code(String stem) {
        return lipdrop.report("bad-videos", stem).path("code").asText();
    }

    @Test
    void aBadVoiceIsReportedForEveryVideo() throws IOException {
        badVoice("voice-text", written("voice-text.ogg", "This is not a sound."), "audio-unsupported");
        badVoice("voice-silent-film", TestMedia.face(), "no-audio-stream");
        badVoice("voice-empty", written("voice-empty.ogg", ""), "media-damaged");
        badVoice("voice-long", TestMedia.voice(40), "media-too-long");
    }

    private void badVoice(String batch, Path voice, String code) {
        Drop.named(batch)
                .voice(batch + ".ogg", voice)
                .video("one.mp4", TestMedia.face())
                .video("two.mp4", TestMedia.face())
                .into(lipdrop.inbox().resolve(batch));
        assertThat(lipdrop.awaitCode(batch, "one")).isEqualTo(code);
        assertThat(lipdrop.awaitCode(batch, "two")).isEqualTo(code);
        assertThat(lipdrop.report(batch, "one").path("message").asText()).contains(batch + ".ogg");
        lipdrop.awaitState(batch, "failed");
    }

    @Test
    void aModelThatIsNotThereIsMissing() {
        Drop.simple("no-model")
                .line("options: {engine: wav2lip}")
                .into(lipdrop.inbox().resolve("no-model"));

        assertThat(lipdrop.awaitCode("no-model", "face")).isEqualTo("model-missing");
    }

    @Test
    void aModelThatIsNoneIsInvalid() throws IOException {
        Path model = Files.writeString(lipdrop.home().resolve("models/broken.part"), "not a model");
        Files.setLastModifiedTime(model, FileTime.from(Instant.EPOCH)); // no longer being copied
        Files.move(model, model.resolveSibling("broken.onnx"));
        Drop.simple("bad-model")
                .line("options: {engine: broken.onnx}")
                .into(lipdrop.inbox().resolve("bad-model"));

        assertThat(lipdrop.awaitCode("bad-model", "face")).isEqualTo("model-invalid");
        Files.delete(model.resolveSibling("broken.onnx"));
    }

    @Test
    void aFileThatPointsAtOthersReadsNothing() throws IOException {
        Path secret = written("secret.txt", SECRET);
        Path film = lipdrop.home().resolve("private.mp4");
        Drop.copy(TestMedia.face(), film);
        Drop drop = Drop.named("pointers").voice("pointers.ogg", TestMedia.voice());
        drop.video(
                "playlist.mp4",
                written(
                        "playlist.mp4",
                        "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://" + film + "\n#EXT-X-ENDLIST\n"));
        drop.video(
                "concat.mp4",
                written("concat.mp4", "ffconcat version 1.0\nfile '" + film + "'\nfile '" + secret + "'\n"));
        drop.video(
                "picture.mp4",
                written(
                        "picture.mp4",
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"99\" height=\"99\"><image href=\"file://"
                                + film + "\" width=\"99\" height=\"99\"/><text>" + "</text></svg>"));
        drop.into(lipdrop.inbox());

        lipdrop.awaitState("pointers", "failed");

        for (String stem : List.of("playlist", "concat", "picture")) {
            assertThat(lipdrop.report("pointers", stem).path("code").asText()).isEqualTo("video-unsupported");
        }
        assertThat(namesIn(lipdrop.outbox("pointers"))).containsExactly("status.json");
        assertThatNothingOfOursContains(SECRET);
        assertThat(lipdrop.log()).doesNotContain(SECRET);
    }

    @Test
    void theFolderOfWhatFailedRunsWhenItIsDroppedBack() throws IOException {
        byte[] film = Files.readAllBytes(TestMedia.face());
        Path folder = lipdrop.inbox().resolve("fix");
        Drop.named("fix")
                .voice("fix.ogg", TestMedia.voice())
                .video("whole.mp4", TestMedia.face())
                .video("broken.mp4", written("broken.mp4", Arrays.copyOf(film, 2000)))
                .priority(6)
                .into(folder);
        lipdrop.awaitEnd("fix");
        assertThat(namesIn(lipdrop.error("fix")))
                .containsExactly("broken.error.json", "broken.mp4", "fix.ogg", "fix.yaml");

        Files.write(lipdrop.error("fix").resolve("broken.mp4"), film);
        Drop.copyFolder(lipdrop.error("fix"), folder);

        lipdrop.awaitState("fix-2", "done");
        assertThat(namesIn(lipdrop.outbox("fix-2"))).containsExactly("broken.json", "broken.mp4", "status.json");
        assertThat(folder).doesNotExist();
    }

    private void assertThatNothingOfOursContains(String text) throws IOException {
        for (Path folder :
                List.of(lipdrop.home().resolve("outbox"), lipdrop.home().resolve("error"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as("%s", file)
                            .doesNotContain(text);
                }
            }
        }
    }

    /** A picture of 20000 x 20000 pixels in a few bytes: its head alone. */
    private static byte[] giantPicture() {
        ByteBuffer head = ByteBuffer.allocate(17).put("IHDR".getBytes(StandardCharsets.US_ASCII));
        head.putInt(20000).putInt(20000).put(new byte[] {8, 2, 0, 0, 0});
        ByteBuffer png = ByteBuffer.allocate(8 + 4 + 17 + 4 + 12);
        png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        png.putInt(13).put(head.array()).putInt(crc(head.array()));
        byte[] data = "IDAT".getBytes(StandardCharsets.US_ASCII);
        return png.putInt(0).put(data).putInt(crc(data)).array();
    }

    private static int crc(byte[] chunk) {
        CRC32 crc = new CRC32();
        crc.update(chunk);
        return (int) crc.getValue();
    }

    private static Path written(String name, String content) throws IOException {
        return written(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static Path written(String name, byte[] content) throws IOException {
        Path folder =
                Files.createDirectories(Path.of("target", "test-media", "bad").toAbsolutePath());
        return Files.write(folder.resolve(name), content);
    }
}
