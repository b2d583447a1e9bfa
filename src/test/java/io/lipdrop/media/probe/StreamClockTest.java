package io.lipdrop.media.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of the film's two streams the picture is number 0, the sound number 1. */
class StreamClockTest {
    @TempDir
    static Path folder;

    private static MediaInfo info;

    @BeforeAll
    static void makeAFilm() {
        Path film = Fixtures.make(
                folder.resolve("film.ts"),
                Fixtures.picture("64x48", "25", 1) + " " + Fixtures.beeps(48_000, "mono", 1)
                        + " -c:v mpeg2video -c:a mp2 -f mpegts");
        info = Fixtures.PROBE.probe(film);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "goes on, 0:1.0 1:1.0 0:3.0 1:3.1 0:5.0, false, 4",
        "stands while the sound goes on, 0:1.0 1:1.0 1:8.0 1:16.0 0:17.0 0:18.0, false, 1",
        "stands and lies behind the sound, 0:1.0 1:1.0 1:9.0 1:18.0 0:2.0 0:18.0 1:19.0, false, 1",
        "has a stamp that was rounded, 0:1.0 0:0.99 0:2.0, false, 1",
        "goes back, 0:1.0 1:1.0 0:3.0 1:3.0 0:1.0 1:1.0 0:2.5, true, 3.5",
        "goes back with the sound first, 0:8.0 1:8.0 1:1.0 0:1.0 0:2.0, true, 1",
        "passes over an hour, 0:1.0 1:1.1 0:2.0 0:3602.0 1:3602.0 0:3603.0, true, 2",
        "passes over an hour with the sound first, 0:1.0 1:1.1 0:2.0 1:3602.0 0:3602.0 0:3603.0, true, 2",
        "has a third stream with a clock of its own, 0:1.0 2:900.0 0:2.0 2:5.0 0:3.0, false, 2",
    })
    void tellsWhetherTheClockJumps(String name, String packets, boolean jumps, double seconds) throws IOException {
        StreamClock clock = read(packets.replace(':', ',').replace(' ', '\n'));

        assertThat(clock.jumps()).isEqualTo(jumps);
        assertThat(clock.seconds()).isCloseTo(seconds, within(0.02));
    }

    @Test
    void passesOverWhatHasNoStamp() throws IOException {
        assertThat(read("0,1.000000\n0,N/A\n\n0\n0,2.000000,\n")).isEqualTo(new StreamClock(false, 1));
    }

    private static StreamClock read(String answer) throws IOException {
        return StreamClock.read(new ByteArrayInputStream(answer.getBytes(StandardCharsets.US_ASCII)), info, () -> {});
    }
}
