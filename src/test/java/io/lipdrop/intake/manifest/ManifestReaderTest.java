package io.lipdrop.intake.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.files.GuardedFolder;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Manifest;
import io.lipdrop.job.MouthOptions;
import io.lipdrop.job.Options;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
    private ManifestReader reader;

    private final Set<String> there = new HashSet<>();

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        reader = new ManifestReader(new GuardedFolder(folder));
    }

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
                    options: { face: left, mouth: { own: false } }
                priority: 7
                options: { engine: auto, length: hold, noFace: fail, audioOffsetMs: -40, label: true, mouth: { strength: 1.2 } }
                """);
        Manifest json = read("a.json", """
                {"audio": "lesson.ogg",
                 "videos": ["teacher_a.mp4", {"file": "teacher_b.mp4", "options": {"face": "left", "mouth": {"own": false}}}],
                 "priority": 7,
                 "options": {"engine": "auto", "length": "hold", "noFace": "fail", "audioOffsetMs": -40, "label": true,
                             "mouth": {"strength": 1.2}}}
                """);

        assertThat(json).isEqualTo(yaml);
        Options own = yaml.videos().get(1).options();
        assertThat(Objects.requireNonNull(own).over(yaml.options()).over(Options.DEFAULTS))
                .isEqualTo(new Options(
                        "auto",
                        Options.Length.HOLD,
                        Options.FaceChoice.LEFT,
                        Options.NoFace.FAIL,
                        -40,
                        true,
                        new MouthOptions(false, 1.2)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            audio: a.ogg\\nvideo: b.mp4\\ncolour: red            | line 3 | "colour"
            audio: a.ogg\\nvideo: b.mp4\\npriority: high         | line 3 | "priority"
            audio: a.ogg\\nvideo: b.mp4\\npriority: 1.5          | line 3 | "priority"
            audio: a.ogg\\nvideo: b.mp4\\npriority: 12           |        | "priority" is 12
            audio: 5\\nvideo: b.mp4                             | line 1 | "audio"
            audio: a.ogg\\nvideo: b.mp4\\noptions: {face: top}   | line 3 | allowed: largest, left, right, center
            audio: a.ogg\\nvideo: b.mp4\\noptions: {label: 1}    | line 3 | "options.label"
            audio: a.ogg\\nvideo: b.mp4\\noptions: {preview: 61}             | line 3 | "preview" is 61; allowed: 1 to 60 seconds
            audio: a.ogg\\nvideo: b.mp4\\noptions: {preview: 0}              | line 3 | "preview" is 0; allowed: 1 to 60 seconds
            audio: a.ogg\\nvideo: b.mp4\\noptions: {mouth: {strength: 2}}   | line 3 | "strength" is 2.0; allowed: 0.3 to 1.5
            audio: a.ogg\\nvideo: b.mp4\\noptions: {mouth: {strength: .nan}} | line 3 | "options.mouth.strength"
            audio: a.ogg\\nvideo: b.mp4\\noptions: {mouth: {strength: "1"}} | line 3 | "options.mouth.strength" must be a number
            audio: a.ogg\\nvideos:\\n - file: b.mp4\\n   options: {mouth: {strength: 2}} | line 4 | "strength" is 2.0
            audio: a.ogg\\nvideo: b.mp4\\noptions: {mouth: {own: 1}}        | line 3 | "options.mouth.own" must be true or false
            audio: a.ogg\\nvideo: b.mp4\\noptions: {mouth: 1}              | line 3 | such as { strength: 0.8 }
            audio: a.ogg\\nvideo: b.mp4\\noptions: {mouth: {wide: 1}}       | line 3 | unknown key "wide"; allowed here: own, strength
            audio: a.ogg\\naudio: b.ogg\\nvideo: b.mp4           | line 2 | "audio" appears twice
            video: b.mp4                                       |        | "audio" is missing
            audio: a.ogg                                       |        | "videos" is missing
            audio: a.ogg\\nvideos: []                           |        | "videos" is missing
            audio: a.ogg\\nvideo: b.mp4\\nvideos: [c.mp4]        |        | both "video" and "videos"
            audio: a.ogg\\nvideos: [{options: {face: left}}]    |        | has no "file"
            audio: a.ogg\\nvideo: b.mp4\\n}                      | line 3 | invalid YAML from here on
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

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void readsUnicodeWithAByteOrderMarkAndWithout(String charset) throws IOException {
        String manifest = "audio: stimme.ogg\r\nvideo: Löwe 课.mp4\r\n";
        for (String mark : List.of("", "\ufeff")) {
            byte[] content = (mark + manifest).getBytes(Charset.forName(charset));
            assertThat(read("a.yaml", content).videos())
                    .as("%s, mark: %s", charset, !mark.isEmpty())
                    .containsExactly(new Manifest.Video("Löwe 课.mp4", null));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1252, Müller.mp4",
        "GB18030,      王老师 第一课.mp4",
        "Big5,         陳老師.mp4",
        "windows-31j,  先生のビデオ.mp4",
        "x-windows-949, 선생님.mp4",
        "windows-1251, Урок.mp4",
        "IBM850,       Bär.mp4",
    })
    void readsAnotherEncodingByTheFileThatItNames(String charset, String video) throws IOException {
        byte[] content = ("audio: a.ogg\nvideo: " + video + "\n").getBytes(Charset.forName(charset));
        there.add(video);
        assertThat(read("a.yaml", content).videos()).containsExactly(new Manifest.Video(video, null));

        there.clear();
        assertThatThrownBy(() -> read("a.yaml", content))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.reason()).contains("a.yaml, line 2", "save it as UTF-8"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.yaml | audio: a.ogg\\nvideos:\\n\\t- b.mp4               | line 3, key "videos": the indentation is a tab; indent with spaces
            a.yaml | audio: "C:\\Users\\Anna\\a.ogg"\\nvideo: b.mp4      | line 1, key "audio": a backslash inside quotes is an escape character; use / instead of \\
            a.json | {"audio": "C:\\Users\\a.ogg", "video": "b.mp4"}   | line 1, key "audio": a backslash inside quotes is an escape character; use / instead of \\
            a.json | {"audio": "a.ogg", "videos": ["b.mp4",]}        | there is an extra comma before ] or }
            a.json | {"audio": "a.ogg",\\n "video": "b.mp4",\\n}       | there is an extra comma
            a.json | {"audio": "a.ogg", // voice\\n "video": "b.mp4"} | line 1
            a.json | {\\n// voice\\n "audio": "a.ogg"}                | line 2: JSON has no comments
            a.json | {'audio': 'a.ogg', 'video': 'b.mp4'}            | needs double quotes
            a.json | {“audio”: “a.ogg”, “video”: “b.mp4”}            | typographic
            a.json | audio: a.ogg\\nvideo: b.mp4                      | rename it to .yaml
            a.json | {"audio": "a.ogg", "video": "b.mp4"             | ends too early
            a.json | {"audio": "a.ogg" "video": "b.mp4"}             | line 1
            a.json | {"audio": "a.ogg",\\n "video" "b.mp4"}          | line 2
            a.yaml | audio: !!binary aGVsbG8=\\nvideo: b.mp4          | the key "audio" is not text
            a.yaml | audio:a.ogg\\nvideo: b.mp4                       | line 1: put a space after the colon
            a.yaml | audio: a.ogg\\nvideo: @anna.mp4                  | line 2, key "video": a name that begins with a character such as
            a.yaml | audio: a.ogg\\nvideo: *b*.mp4                    | line 2, key "video": a name that begins
            a.yaml | audio: a.ogg\\nvideo: &b.mp4                     | line 2, key "video": a name that begins
            a.yaml | audio: a.ogg\\nvideo: !b.mp4                     | put the name in quotes
            a.yaml | audio: 'Anna's.ogg'\\nvideo: b.mp4               | quotes
            a.yaml | audio: a.ogg\\nvideo: part 1: intro.mp4          | line 2, key "video": a name with a colon
            a.yaml | audio: a.ogg\\nvideo: [1] b.mp4                  | brackets
            a.yaml | audio: a.ogg\\nvideo: b.mp4\\n---\\naudio: c.ogg   | a second YAML document begins here
            a.yaml | audio: a.ogg\\nvideo: 2024                       | "video" must be
            a.yaml | audio: 7\\nvideo: b.mp4                          | "audio" must be text; put it in quotes
            a.yaml | - audio: a.ogg                                  | keys and values
            a.yaml | audio: a.ogg\\nvideo: b.mp4\\npriority: 99999999999 | "priority" must be a whole number
            """)
    void saysWhatToDoAboutTheMistakesThatPeopleMake(String file, String manifest, String words) {
        assertThatThrownBy(() -> read(file, manifest.replace("\\n", "\n").replace("\\t", "\t")))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.reason()).startsWith(file).contains(words));
    }

    @Test
    void namesWhatMayBeWrongWithANameThatNoFileHas() throws IOException {
        String manifest = "audio: take #2.ogg\nvideos:\n- b.mp4 # the best one\n- \"new\\nfilm.mp4\"\n- “c.mp4”\n";
        Reading reading = reader.read(Files.writeString(folder.resolve("a.yaml"), manifest), name -> false);

        assertThat(reading.remarks()).containsOnlyKeys("take", "new\nfilm.mp4", "“c.mp4”");
        assertThat(reading.remarks().get("take")).contains("#2.ogg", "comment", "in quotes");
    }

    @Test
    void aManifestThatIsStillEmptyIsToldFromOneThatSaysNothing() throws IOException {
        for (String blank : List.of("", " \n\n", "\0\0\0\0")) {
            assertThat(reader.read(Files.writeString(folder.resolve("a.yaml"), blank), name -> false)
                            .isEmpty())
                    .isTrue();
        }
        assertThat(reader.read(Files.writeString(folder.resolve("a.yaml"), "# later\n"), name -> false)
                        .isEmpty())
                .isFalse();
    }

    @Test
    void aFileMayHaveTheNameOfAnOption() throws IOException {
        Path manifest =
                Files.writeString(folder.resolve("a.yaml"), "options: {engine: warp}\naudio: warp\nvideo: b.mp4\n");
        assertThat(reader.read(manifest, name -> true).files()).containsExactlyInAnyOrder("warp", "b.mp4");
    }

    @Test
    void whatCannotBeReadToItsEndNamesNoFiles() throws IOException {
        Path broken = Files.writeString(folder.resolve("a.yaml"), "audio: a.ogg\nvideos: [b.mp4\npriority: 3\n");
        assertThat(reader.read(broken, name -> false).files()).isEmpty();
        Path refused = Files.writeString(folder.resolve("b.yaml"), "audio: a.ogg\ncolour: 1\nvideo: b.mp4\n");
        assertThat(reader.read(refused, name -> false).files()).containsExactly("a.ogg", "b.mp4");
    }

    private Manifest read(String name, String content) throws IOException {
        return read(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private Manifest read(String name, byte[] content) throws IOException {
        Reading reading = reader.read(Files.write(folder.resolve(name), content), there::contains);
        if (reading.failure() != null) {
            throw reading.failure();
        }
        return Objects.requireNonNull(reading.manifest());
    }
}
