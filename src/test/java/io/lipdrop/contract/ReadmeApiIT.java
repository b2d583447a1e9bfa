package io.lipdrop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API as the README shows it: its lines of curl, run as they stand there. */
class ReadmeApiIT {
    private static final Pattern SCRIPT = Pattern.compile("(?ms)^```bash\\n(.*?)^```$");

    private final RunningLipdrop lipdrop = RunningLipdrop.shared();

    @TempDir
    Path folder;

    @Test
    void theLinesOfTheReadmeMakeAVideo() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/usr/bin/curl")), "needs curl");
        String script = scriptOf("README.md");
        assertThat(scriptOf("README.zh-CN.md")).isEqualTo(script);
        Files.copy(TestMedia.voice(), folder.resolve("lesson.ogg"));
        Files.copy(TestMedia.face(), folder.resolve("teacher_a.mp4"));

        Process shell = new ProcessBuilder("bash", "-euc", script.replace(":8080", ":" + lipdrop.port()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();

        assertThat(shell.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(shell.exitValue())
                .as(Files.readString(folder.resolve("said.txt")))
                .isZero();
        try (ZipFile zip = new ZipFile(folder.resolve("lesson.zip").toFile())) {
            assertThat(zip.stream().map(Object::toString)).contains("teacher_a.mp4", "teacher_a.json");
        }
    }

    private static String scriptOf(String document) throws IOException {
        Matcher script = SCRIPT.matcher(Files.readString(Path.of(document)));
        assertThat(script.find()).isTrue();
        return script.group(1);
    }
}
