package io.lipdrop.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Manifest;
import io.lipdrop.job.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
    private final ManifestReader reader = new ManifestReader();

    @TempDir
    Path folder;

    @Test
    void readsTheSmallestManifest() throws IOException {
        Manifest manifest = read("a.yaml", "audio: a.ogg\nvideo: b.mp4\n");

        assertThat(manifest.audio()).isEqualTo("a.ogg");
        assertThat(manifest.videos()).containsExactly(new Manifest.Video("b.mp4", null));
        assertThat(manifest.priority()).isEqualTo(4);
    }

    @Test
    void readsEveryKeyInYamlAndInJson() throws IOException {
        Manifest yaml = read("a.yml", """
                audio: lesson.ogg
                videos:
                  - teacher_a.mp4
                  - file: teacher_b.mp4
                    options: { face: left }
                priority: 7
                options: { engine: auto, length: hold, noFace: fail, audioOffsetMs: -40, label: true }
                """);
        Manifest json = read("a.json", """
                {"audio": "lesson.ogg",
                 "videos": ["teacher_a.mp4", {"file": "teacher_b.mp4", "options": {"face": "left"}}],
                 "priority": 7,
                 "options": {"engine": "auto", "length": "hold", "noFace": "fail", "audioOffsetMs": -40, "label": true}}
                """);

        assertThat(json).isEqualTo(yaml);
        Options own = yaml.videos().get(1).options();
        assertThat(Objects.requireNonNull(own).over(yaml.options()).over(Options.DEFAULTS))
                .isEqualTo(new Options(
                        "auto", Options.Length.HOLD, Options.FaceChoice.LEFT, Options.NoFace.FAIL, -40, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            audio: a.ogg\\nvideo: b.mp4\\ncolour: red            | line 3 | "colour"
            audio: a.ogg\\nvideo: b.mp4\\npriority: high         | line 3 | "priority"
            audio: a.ogg\\nvideo: b.mp4\\npriority: 1.5          | line 3 | "priority"
            audio: a.ogg\\nvideo: b.mp4\\npriority: 12           |        | "priority" is 12
            audio: 5\\nvideo: b.mp4                             | line 1 | "audio"
            audio: a.ogg\\nvideo: b.mp4\\noptions: {face: top}   | line 3 | it can be largest, left, right, center
            audio: a.ogg\\nvideo: b.mp4\\noptions: {label: 1}    | line 3 | "options.label"
            audio: a.ogg\\naudio: b.ogg\\nvideo: b.mp4           | line 2 | uplicate
            video: b.mp4                                       |        | "audio" is missing
            audio: a.ogg                                       |        | "videos" is missing
            audio: a.ogg\\nvideos: []                           |        | "videos" is missing
            audio: a.ogg\\nvideo: b.mp4\\nvideos: [c.mp4]        |        | both "video" and "videos"
            audio: a.ogg\\nvideos: [{options: {face: left}}]    |        | has no "file"
            audio: a.ogg\\nvideo: b.mp4\\n}                      | line   | cannot be read
            """)
    void refusesWithTheLineAndTheKey(String manifest, String line, String words) {
        assertThatThrownBy(() -> read("a.yaml", manifest.replace("\\n", "\n")))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.MANIFEST_INVALID);
                    assertThat(failure.reason()).startsWith("a.yaml").contains(words);
                    if (line != null) {
                        assertThat(failure.reason()).contains(line);
                    }
                });
    }

    @Test
    void doesNotUnfoldAYamlBomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            String last = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(",", Collections.nCopies(10, last))));
        }
        assertThatThrownBy(() -> read("a.yaml", bomb.toString())).isInstanceOf(Failure.class);
    }

    @Test
    void refusesWhatIsFarTooLarge() {
        assertThatThrownBy(() -> read("a.yaml", "#".repeat(300_000)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).contains("larger"));
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> read("a.yaml", "")).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> read("a.json", "")).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> read("a.json", "null")).isInstanceOf(Failure.class);
    }

    private Manifest read(String name, String content) throws IOException {
        return reader.read(Files.writeString(folder.resolve(name), content));
    }
}
