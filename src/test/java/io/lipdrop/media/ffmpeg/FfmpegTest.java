package io.lipdrop.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.media.Fixtures;
import io.lipdrop.media.frame.Rational;
import io.lipdrop.media.probe.FrameRates;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FfmpegTest {
    @TempDir
    Path folder;

    @Test
    void findsAnEncoderThatReallyOpens() {
        assertThat(Fixtures.FFMPEG.videoEncoder()).isIn("h264_nvenc", "libx264", "libopenh264");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the stand-ins are for Linux")
    void startsWhereTheLibrariesOfADesktopAreMissing() throws IOException {
        List<String> libraries = List.of("libxcb.so.1", "libxcb-shm.so.0", "libasound.so.2", "libpulse.so.0");
        ProcessBuilder command = Programs.unpack().command("ffmpeg", List.of("-v", "error", "-version"));
        for (String library : libraries) {
            EmptyElfLibrary.write(new File(command.command().get(0)), folder.toFile(), library);
        }
        // Found first, the stand-ins take the place of real ones where this machine has them.
        command.environment().merge("LD_LIBRARY_PATH", folder.toString(), (old, ours) -> ours + ":" + old);
        try (Child child = Child.start(command, new OutsideEnds(() -> true), null)) {
            child.output().readAllBytes();
            Exit exit = child.waitForExit();
            assertThat(exit.isSuccess()).as(exit.lastWords()).isTrue();
        }
    }

    /** libva lies beside the program for libraries that do not look there by themselves; few servers have their own. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems look beside the program")
    void findsTheLibrariesThatComeWithIt() {
        ProcessBuilder command = Programs.unpack().command("ffmpeg", List.of());
        String program = command.command().stream()
                .filter(word -> word.endsWith("/ffmpeg"))
                .findFirst()
                .orElseThrow();

        assertThat(command.environment())
                .hasEntrySatisfying(
                        "LD_LIBRARY_PATH", path -> assertThat(path.split(":")).contains(new File(program).getParent()));
    }

    @ParameterizedTest(name = "average {0}, base {1}, mp4 {2}: {3}")
    @CsvSource({
        "30000/1001, 30000/1001, false, 30000/1001",
        "25/1, 25/1, false, 25/1",
        "25/1, 50/1, true, 25/1",
        "2987/100, 30/1, false, 30/1",
        "2987/100, 90000/1, false, 30000/1001",
        "23981/1000, 1000/1, false, 24000/1001",
        "20/1, 30/1, false, 30/1",
        "37/2, 37/2, false, 37/2",
        "240/1, 240/1, true, 120/1",
        "1000/1, 1000/1, false, 30/1",
        "1000/1, 25/1, false, 25/1",
        "5994/100, 60000/1001, false, 60000/1001",
        "1687500/116399, 30/1, true, 30/1",
        "20688/1427, 20688/1427, false, 25/1",
        "375/26, 90000/1, true, 25/1",
        "24000/1001, 24000/1001, true, 24000/1001",
        "25/2, 25/2, false, 25/2",
        "10/3, 10/3, true, 10/3",
        "1/5, 1/5, true, 1/5",
        "1/5, 2/5, false, 1/5",
        "1/1, 2/1, false, 1/1"
    })
    void choosesARateThatPlayersExpect(String average, String base, boolean isMp4, String expected) {
        assertThat(FrameRates.choose(rational(average), rational(base), isMp4)).hasToString(expected);
    }

    @ParameterizedTest(name = "{0} a second become {2}")
    @CsvSource({
        "15/1, 2, 30/1",
        "15000/1001, 2, 30000/1001",
        "12/1, 2, 24/1",
        "10/1, 2, 20/1",
        "1/1, 25, 25/1",
        "1/2, 50, 25/1",
        "15/2, 3, 45/2",
        "10/3, 7, 70/3",
        "17/1, 2, 34/1",
        "1/5, 125, 25/1",
        "20/1, 1, 20/1",
        "20000/1001, 1, 20000/1001",
        "24000/1001, 1, 24000/1001"
    })
    void repeatsFramesUntilThereAreTwentyASecond(String rate, int repeats, String delivered) {
        assertThat(FrameRates.repeats(rational(rate))).isEqualTo(repeats);
        assertThat(rational(rate).times(repeats)).hasToString(delivered);
    }

    private static Rational rational(String text) {
        String[] parts = text.split("/", -1);
        return new Rational(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }
}
