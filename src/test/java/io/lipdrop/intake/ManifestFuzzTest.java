package io.lipdrop.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.lipdrop.files.GuardedFolder;
import io.lipdrop.intake.manifest.ManifestReader;
import io.lipdrop.intake.manifest.Reading;
import io.lipdrop.job.Failure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies in a manifest: it is read, or refused in words for whoever wrote it; and at once. */
class ManifestFuzzTest {
    private static final int MUTANTS = Integer.getInteger("lipdrop.fuzz.manifests", 500);
    private static final Duration AT_MOST = Duration.ofSeconds(20);
    private static final List<String> SEEDS = List.of(
            """
            audio: lesson.ogg            # or library/…
            videos:
              - teacher_a.mp4
              - file: "teacher b.mp4"
                options: { face: left, audioOffsetMs: -40 }
            priority: 7
            options:
              length: pingpong
              label: false
            """,
            """
            {"audio": "lesson.ogg",
             "videos": ["teacher_a.mp4", {"file": "Löwe 课.mp4", "options": {"face": "left"}}],
             "priority": 7,
             "options": {"engine": "auto", "audioOffsetMs": 1e3}}
            """,
            "audio: &a [x, *a]\nvideo: !!binary aGVsbG8=\n<<: {priority: 3}\n? [1, 2]\n: |\n  text\n---\n%TAG ! x\n...\n");
    private static final List<String> PIECES = List.of(
            "\t",
            "\0",
            "\\",
            "\"",
            "'",
            "[",
            "]",
            "{",
            "}",
            ":",
            ": ",
            "- ",
            "#",
            "&a ",
            "*a ",
            "!!int ",
            "!x ",
            "---\n",
            "...\n",
            "<<: ",
            "|\n",
            ">\n",
            "%",
            "@",
            "`",
            "\r",
            "\u2028",
            "\u0085",
            "\ufeff",
            "\ud83d",
            "null",
            "~",
            "true",
            "1e999999999",
            "0x7fffffffffffffff",
            "-0",
            ".inf",
            "9".repeat(2000),
            "../",
            "\u0001",
            "audio: ",
            "\"videos\": ");

    private ManifestReader reader;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        reader = new ManifestReader(new GuardedFolder(folder));
    }

    @Test
    void mutatedManifestsAreReadOrRefusedInPlainWords() throws IOException {
        Random random = new Random(15);
        for (int count = 0; count < MUTANTS; count++) {
            byte[] content = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                content = mutated(content, random);
            }
            check(count % 2 == 0 ? "a.yaml" : "a.json", content);
        }
    }

    @ParameterizedTest
    @MethodSource
    void whatIsMadeToExhaustAReader(String content) throws IOException {
        check("a.yaml", content.getBytes(UTF_8));
        check("a.json", content.getBytes(UTF_8));
    }

    static Stream<String> whatIsMadeToExhaustAReader() {
        return Stream.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(40_000),
                "- ".repeat(100_000),
                "? ".repeat(100_000),
                "a: &a [" + "*a,".repeat(50_000) + "]",
                "audio: a.ogg\nvideos: " + "[".repeat(900) + "x,".repeat(100_000) + "]".repeat(900),
                "audio: \"" + "\\\\".repeat(100_000),
                "audio: " + "a ".repeat(120_000) + ": b",
                "audio: a.ogg\n" + "x".repeat(200_000) + ": 1",
                "audio: a.ogg\n\"" + "\\n".repeat(2000) + "\": 1",
                "priority: 1" + "0".repeat(200_000),
                "priority: 1e999999999\naudio: a\nvideo: b",
                "audio: |\n" + " \n".repeat(100_000),
                "#".repeat(250_000),
                "\n".repeat(250_000) + "x",
                "audio: a.ogg\nvideos:\n" + "- b.mp4\n".repeat(25_000),
                "\"".repeat(200_000),
                "'".repeat(200_000),
                "audio: a\nvideo:\n" + "  - x: \n".repeat(20_000),
                "!".repeat(200_000),
                "%YAML 1.2\n---\n" + "--- \n".repeat(40_000));
    }

    private void check(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        Instant begin = Instant.now();
        Reading[] reading = new Reading[1];
        assertThatCode(() -> reading[0] = reader.read(file, wanted -> false))
                .as("%s", new String(content, UTF_8))
                .doesNotThrowAnyException();
        assertThat(Duration.between(begin, Instant.now())).isLessThan(AT_MOST);
        if (reading[0].manifest() != null) {
            return;
        }
        Failure failure = Objects.requireNonNull(reading[0].failure());
        assertThat(failure.reason())
                .startsWith(name)
                .doesNotContain("com.fasterxml", "java.", "snakeyaml", "Exception", "io.lipdrop", "token", "JsonParser")
                .doesNotContainPattern("[\\p{Cntrl}\u2028\u2029]")
                .hasSizeLessThan(400);
    }

    private static byte[] mutated(byte[] content, Random random) {
        int at = random.nextInt(content.length + 1);
        int to = Math.min(content.length, at + random.nextInt(12));
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return switch (random.nextInt(8)) {
            case 0 -> joined(Arrays.copyOf(content, at), new byte[0], content, to);
            case 1 -> joined(Arrays.copyOf(content, at), Arrays.copyOfRange(content, at, to), content, at);
            case 2 -> joined(Arrays.copyOf(content, at), new byte[] {(byte) random.nextInt(256)}, content, to);
            case 3 -> Arrays.copyOf(content, at);
            case 4 ->
                new String(content, UTF_8)
                        .getBytes(Charset.forName(List.of("UTF-16LE", "UTF-16", "GB18030", "UTF-32BE")
                                .get(random.nextInt(4))));
            default -> joined(Arrays.copyOf(content, at), piece.getBytes(UTF_8), content, at);
        };
    }

    private static byte[] joined(byte[] start, byte[] middle, byte[] content, int from) {
        byte[] joined = Arrays.copyOf(start, start.length + middle.length + content.length - from);
        System.arraycopy(middle, 0, joined, start.length, middle.length);
        System.arraycopy(content, from, joined, start.length + middle.length, content.length - from);
        return joined;
    }
}
