package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** People name files as they like; results can be read from any share, and no name meets one of Lipdrop's own. */
@Execution(CONCURRENT)
class NamesIT {
    private final RunningLipdrop lipdrop = RunningLipdrop.shared();

    static Stream<Arguments> names() {
        return Stream.of(
                same("two words and  more"),
                same("$HOME ${body} $(date) `date`"),
                same("%41%2e%2e%2f"),
                same("王老师 第一课"),
                same("smile 😀 family 👨‍👩‍👧"),
                same("-i leading dash"),
                same("é decomposed e\u0301"),
                same("#1 @home, it's"),
                Arguments.of("100% #1 & more; {{x}} + ?a=b", "100% #1 & more; {{x}} + _a=b"),
                Arguments.of("line\nbreak\ttab", "line_break_tab"),
                Arguments.of("\"Q\": why, and *what* <now>|[a]", "_Q__ why, and _what_ _now__[a]"),
                Arguments.of("ends in a dot. ", "ends in a dot__"),
                Arguments.of("Con", "Con_"),
                Arguments.of("n".repeat(200), "n".repeat(171) + "-4f6da822"));
    }

    private static Arguments same(String name) {
        return Arguments.of(name, name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameIsKeptFromDropToResultAsFarAsSharesAllow(String name, String shown) {
        Drop.named(name)
                .voice(name + ".ogg", TestMedia.voice())
                .video(name + ".mp4", TestMedia.face())
                .into(lipdrop.inbox().resolve("in " + Integer.toHexString(name.hashCode())));

        lipdrop.awaitState(shown, "done");

        assertThat(lipdrop.outbox(shown).resolve(shown + ".mp4")).exists();
        assertThat(lipdrop.outbox(shown).resolve(shown + ".json")).exists();
        assertThat(lipdrop.status(shown).at("/jobs/0/video").asText()).isEqualTo(name + ".mp4");
    }

    @Test
    void aManifestMayBeCalledAsARecordOfOurs() {
        for (String name : List.of("batch", "claim", "status")) {
            Drop.manifest(name + ".json", "{\"audio\": \"voice.ogg\", \"video\": \"face.mp4\"}")
                    .with("voice.ogg", TestMedia.voice())
                    .with("face.mp4", TestMedia.face())
                    .into(lipdrop.inbox().resolve("as " + name));
        }
        for (String name : List.of("batch", "claim", "status")) {
            lipdrop.awaitState(name, "done");
            assertThat(lipdrop.inbox().resolve("as " + name)).doesNotExist();
        }
    }

    @Test
    void batchesThatDifferInCaseOnlyHaveFoldersOfTheirOwn() {
        Drop.simple("Intro").into(lipdrop.inbox());
        await().until(() -> !Files.exists(lipdrop.inbox().resolve("Intro.yaml")));
        Drop.simple("intro").into(lipdrop.inbox());

        lipdrop.awaitState("Intro", "done");
        lipdrop.awaitState("intro-2", "done");
    }

    @Test
    void aFileInThePlaceOfAResultFolderIsLeftAlone() throws IOException {
        Path file = Files.writeString(lipdrop.outbox("in the way"), "a file");
        Drop.simple("in the way").into(lipdrop.inbox().resolve("way"));

        lipdrop.awaitState("in the way-2", "done");
        assertThat(file).hasContent("a file");
    }

    @Test
    void inAFolderForARetryEachFileHasItsPlace() {
        Drop.named("coll")
                .voice("a-2.mp4", TestMedia.faceWithSound())
                .video("x/a.mp4", TestMedia.noFace())
                .video("y/a.mp4", TestMedia.noFace())
                .into(lipdrop.inbox().resolve("coll"));

        lipdrop.awaitState("coll", "failed");

        assertThat(namesIn(lipdrop.error("coll")))
                .containsExactly("a-2.mp4", "a-3.error.json", "a-3.mp4", "a.error.json", "a.mp4", "coll.yaml");
        assertThat(lipdrop.error("coll").resolve("a-2.mp4")).hasSameBinaryContentAs(TestMedia.faceWithSound());
        assertThat(lipdrop.error("coll").resolve("a-3.mp4")).hasSameBinaryContentAs(TestMedia.noFace());
    }

    @Test
    void documentsThatAreNoManifestsArePassedOver() throws IOException {
        Drop.simple("first").into(lipdrop.inbox().resolve("first"));
        lipdrop.awaitState("first", "done");
        Path folder = lipdrop.inbox().resolve("@Anna");
        Drop.copyFolder(lipdrop.outbox("first"), folder);
        Files.move(folder.resolve("face.mp4"), folder.resolve("again.mp4"));
        Files.writeString(folder.resolve(".DS_Store"), "");
        Path info = Files.writeString(folder.resolve("again.info.json"), "{\"id\": 1, \"title\": \"again\"}");
        Drop.named("#2 again")
                .voice("v.ogg", TestMedia.voice())
                .naming("again.mp4")
                .into(folder);

        lipdrop.awaitState("#2 again", "done");

        assertThat(namesIn(folder)).contains("again.info.json", "face.json").doesNotContain("v.ogg", "again.mp4");
        assertThat(namesIn(lipdrop.home().resolve("error"))).doesNotContain("face", "status", "again.info");
        Files.delete(info);
    }
}
