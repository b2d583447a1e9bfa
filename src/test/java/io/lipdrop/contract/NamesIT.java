package io.lipdrop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** People name files as they like. */
class NamesIT {
    private final RunningLipdrop lipdrop = RunningLipdrop.shared();

    static Stream<String> names() {
        return Stream.of(
                "two words and  more",
                "it's \"quoted\"",
                "$HOME ${body} $(date) `date`",
                "100% #1 & more; {{x}} + ?a=b",
                "%41%2e%2e%2f",
                "王老师 第一课",
                "smile 😀 family 👨‍👩‍👧",
                "line\nbreak\ttab",
                "-i leading dash",
                "Q: why, and *what* <now>|[a]",
                "é decomposed e\u0301",
                "n".repeat(200));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameIsKeptFromDropToResult(String name) {
        Drop.named(name)
                .voice(name + ".ogg", TestMedia.voice())
                .video(name + ".mp4", TestMedia.face())
                .into(lipdrop.inbox().resolve("in " + Integer.toHexString(name.hashCode())));
        String shown = name.length() < 200 ? name : shortened(name);

        lipdrop.awaitState(shown, "done");

        assertThat(lipdrop.outbox(shown).resolve(shown + ".mp4")).exists();
        assertThat(lipdrop.outbox(shown).resolve(shown + ".json")).exists();
        assertThat(lipdrop.status(shown).at("/jobs/0/video").asText()).isEqualTo(name + ".mp4");
    }

    /** A name that leaves no room for what we put behind it is cut, and made unique. */
    private String shortened(String name) {
        return org.awaitility.Awaitility.await()
                .until(
                        () -> RunningLipdrop.namesIn(lipdrop.home().resolve("outbox")).stream()
                                .filter(batch -> batch.startsWith(name.substring(0, 100)))
                                .findFirst()
                                .orElse(""),
                        batch -> !batch.isEmpty());
    }
}
