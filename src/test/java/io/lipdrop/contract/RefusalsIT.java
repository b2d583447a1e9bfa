package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manifests that are refused: why, and with which line and key. */
@Execution(CONCURRENT)
class RefusalsIT {
    private final RunningLipdrop lipdrop = RunningLipdrop.shared();

    @BeforeAll
    static void keepASecret() throws IOException {
        Files.writeString(RunningLipdrop.shared().home().resolve("secret.ogg"), "secret");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    unknown-key.yaml       | audio: a.ogg~video: b.mp4~colour: red                       | line 3 | colour
                    unknown-option.yaml    | audio: a.ogg~videos:~  - file: b.mp4~    options: {mood: 1} | line 4 | mood
                    wrong-type.yaml        | audio: a.ogg~video: b.mp4~priority: high                    | line 3 | priority
                    wrong-range.yaml       | audio: a.ogg~video: b.mp4~~priority: 12                     | line 4 | priority
                    wrong-value.yaml       | audio: a.ogg~video: b.mp4~options:~  length: forever        | line 4 | length
                    number-as-name.yaml    | audio: 12~video: b.mp4                                      | line 1 | audio
                    list-as-name.yaml      | video: b.mp4~audio: [a.ogg]                                 | line 2 | audio
                    bad-yaml.yaml          | audio: a.ogg~videos: [b.mp4~priority: 3                     | line   | bad-yaml
                    duplicate-key.yaml     | audio: a.ogg~video: b.mp4~audio: c.ogg                      | line 3 | audio
                    no-audio.yaml          | video: b.mp4                                                |        | audio
                    no-video.yaml          | audio: a.ogg                                                |        | videos
                    both.yaml              | audio: a.ogg~video: b.mp4~videos: [c.mp4]                   | line 3 | videos
                    empty-list.yaml        | audio: a.ogg~videos: []                                     | line 2 | videos
                    two-documents.yaml     | audio: a.ogg~video: b.mp4~---~audio: c.ogg                  | line   | two-documents
                    a-list.yaml            | - audio: a.ogg                                              | line 1 | a-list
                    unknown-in-json.json   | {"audio": "a.ogg",~ "video": "b.mp4",~ "sound": 1}          | line 3 | sound
                    not-json.json          | {"audio": "a.ogg",~ "video" "b.mp4"}                        | line 2 | not-json
                    comma-at-end.json      | {"audio": "a.ogg",~ "video": "b.mp4",~~}                    | line 2 | extra comma
                    duplicate-in-json.json | {"audio": "a.ogg",~ "audio": "b.ogg", "video": "c.mp4"}     | line 2 | audio
                    """)
    void refusesAManifestWithTheLineAndTheKey(String file, String content, String line, String key) {
        Drop.manifest(file, content.replace('~', '\n')).into(lipdrop.inbox());
        String batch = file.substring(0, file.indexOf('.'));

        JsonNode report = lipdrop.awaitReport(batch, batch);

        assertThat(report.path("code").asText()).isEqualTo("manifest-invalid");
        assertThat(report.path("message").asText()).contains(file, key).contains(line == null ? "" : line);
        assertThat(report.path("hint").asText()).isNotBlank();
        assertThat(report.path("stage").asText()).isEqualTo("intake");
        assertThat(report.path("attempts").asInt(-1)).isZero();
        assertThat(Instant.parse(report.path("at").asText())).isBeforeOrEqualTo(Instant.now());
        lipdrop.awaitState(batch, "failed");
        assertThat(namesIn(lipdrop.error(batch))).contains(file);
        assertThat(lipdrop.inbox().resolve(file)).doesNotExist();
    }

    @Test
    void refusesAnEmptyManifestAndAHugeOne() {
        Drop.manifest("empty.yaml", "\n").into(lipdrop.inbox());
        Drop.manifest("huge.yaml", "# " + "x".repeat(300_000) + "\naudio: a.ogg\nvideo: b.mp4\n")
                .into(lipdrop.inbox());

        assertThat(lipdrop.awaitCode("empty", "empty")).isEqualTo("manifest-invalid");
        assertThat(lipdrop.awaitCode("huge", "huge")).isEqualTo("manifest-invalid");
        assertThat(lipdrop.report("huge", "huge").path("message").asText()).contains("larger than");
    }

    @Test
    void aBombOfAliasesIsRefusedAtOnce() {
        StringBuilder bomb = new StringBuilder("audio: a.ogg\na: &a [x,x,x,x,x,x,x,x,x]\n");
        for (char name = 'b'; name < 'k'; name++) {
            char before = (char) (name - 1);
            bomb.append("%s: &%s [%s]\n".formatted(name, name, ("*" + before + ",").repeat(8) + "*" + before));
        }
        Drop.manifest("bomb.yaml", bomb + "videos: *j\n").into(lipdrop.inbox());

        assertThat(lipdrop.awaitCode("bomb", "bomb")).isEqualTo("manifest-invalid");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "up-audio,     ../secret.ogg",
        "up-deep,      a/../../secret.ogg",
        "absolute,     /etc/hostname",
        "windows,      C:\\secret.ogg",
        "address,      http://127.0.0.1:1/x.ogg",
        "library-up,   library/../secret.ogg",
    })
    void refusesAPathThatLeavesTheInbox(String batch, String path) throws IOException {
        Drop.named(batch)
                .namingVoice(path)
                .video(batch + ".mp4", TestMedia.face())
                .into(lipdrop.inbox());

        assertThat(lipdrop.awaitCode(batch, batch)).isEqualTo("path-not-allowed");

        assertThat(lipdrop.report(batch, batch).path("message").asText())
                .contains(path, batch + ".yaml", "line 1", "\"audio\"");
        assertThat(lipdrop.home().resolve("secret.ogg")).hasContent("secret");
        assertThat(lipdrop.error(batch).resolve(batch + ".mp4")).exists();
        assertThat(lipdrop.inbox().resolve(batch + ".mp4")).doesNotExist();
    }

    @Test
    void refusesSymbolicLinksToFilesAndThroughFolders() throws IOException {
        Path secret = Files.createDirectories(lipdrop.home().resolve("secret")).resolve("film.mp4");
        Drop.copy(TestMedia.face(), secret);
        Files.createSymbolicLink(lipdrop.inbox().resolve("link.mp4"), secret);
        Files.createSymbolicLink(lipdrop.inbox().resolve("folder"), secret.getParent());
        Drop.named("linked-file")
                .voice("lf.ogg", TestMedia.voice())
                .naming("link.mp4")
                .into(lipdrop.inbox());
        Drop.named("linked-folder")
                .voice("ld.ogg", TestMedia.voice())
                .naming("folder/film.mp4")
                .into(lipdrop.inbox());

        for (String batch : List.of("linked-file", "linked-folder")) {
            assertThat(lipdrop.awaitCode(batch, batch)).isEqualTo("path-not-allowed");
            assertThat(lipdrop.report(batch, batch).path("message").asText()).contains("link", "line 3");
        }
        assertThat(secret).exists();
    }

    @Test
    void aLinkedFolderIsNotSearchedForManifests() throws IOException {
        Path elsewhere = Files.createDirectories(lipdrop.home().resolve("elsewhere"));
        Drop.simple("not-yours").into(elsewhere);
        Files.createSymbolicLink(lipdrop.inbox().resolve("shortcut"), elsewhere);
        Files.createSymbolicLink(lipdrop.inbox().resolve("loop"), lipdrop.home());

        Drop.simple("besides").into(lipdrop.inbox());
        lipdrop.awaitState("besides", "done");

        assertThat(namesIn(elsewhere)).containsExactly("face.mp4", "not-yours.yaml", "voice.ogg");
        assertThat(lipdrop.outbox("not-yours")).doesNotExist();
        Files.delete(lipdrop.inbox().resolve("loop"));
    }

    @Test
    void aManifestThatCannotBeReadGoesAloneAndComesBackAlone() throws IOException {
        Path folder = lipdrop.inbox().resolve("alone");
        Drop.manifest("alone.yaml", "audio: v.ogg\nvideos:\n\t- f.mp4\n")
                .with("v.ogg", TestMedia.voice())
                .with("f.mp4", TestMedia.face())
                .into(folder);
        JsonNode report = lipdrop.awaitReport("alone", "alone");
        assertThat(report.path("message").asText())
                .isEqualTo("alone.yaml, line 3, key \"videos\": the indentation is a tab; indent with spaces.");
        assertThat(report.path("hint").asText()).contains("back into inbox/alone/");
        lipdrop.awaitState("alone", "failed");
        assertThat(namesIn(lipdrop.error("alone"))).containsExactly("alone.error.json", "alone.yaml");
        assertThat(namesIn(folder)).containsExactly("f.mp4", "v.ogg");

        Files.writeString(folder.resolve("alone.yaml"), "audio: v.ogg\nvideos:\n  - f.mp4\n");
        lipdrop.awaitState("alone-2", "done");
        assertThat(folder).doesNotExist();
    }

    @Test
    void aRefusedFolderRunsWhenItIsCorrectedAndDroppedBack() throws IOException {
        Path folder = lipdrop.inbox().resolve("correct");
        Drop.manifest("correct.yaml", "audio: sound/v.ogg\nvideo: f.mp4\ncolour: red\n")
                .with("sound/v.ogg", TestMedia.voice())
                .with("f.mp4", TestMedia.face())
                .into(folder);
        assertThat(lipdrop.awaitCode("correct", "correct")).isEqualTo("manifest-invalid");
        lipdrop.awaitState("correct", "failed");
        await().until(() -> !Files.exists(folder));

        Path manifest = lipdrop.error("correct").resolve("correct.yaml");
        Files.writeString(manifest, Files.readString(manifest).replace("colour: red\n", ""));
        Drop.copyFolder(lipdrop.error("correct"), folder);

        lipdrop.awaitState("correct-2", "done");
        assertThat(lipdrop.outbox("correct-2").resolve("f.mp4")).exists();
        assertThat(folder).doesNotExist();
    }
}
