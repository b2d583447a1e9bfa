package io.lipdrop.media.video;

import static io.lipdrop.media.Fixtures.FFMPEG;
import static io.lipdrop.media.Fixtures.PROBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.Fixtures;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.MediaLimits;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Films of two parts, one file behind the other, whose clock is set anew between them. */
class TimestampRepairTest {
    private static final String H264 = "-c:v libx264 -preset ultrafast -qp 20 -bf 2 -g 25 -pix_fmt yuv420p -f mpegts";
    private static final String MPEG2 = "-c:v mpeg2video -q:v 3 -bf 2 -g 12 -f ";
    private static final int PART = 200;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} from {1} s on, then from {2} s on")
    @CsvSource({
        H264 + ",0,0",
        H264 + ",100,0",
        H264 + ",5000,100",
        H264 + ",0,3600",
        H264 + ",95440,0",
        MPEG2 + "mpegts,0,0",
        MPEG2 + "vob,0,0",
        MPEG2 + "vob,0,3600",
        "-c:v mpeg1video -q:v 3 -g 12 -f mpeg,0,0"
    })
    void readsBothPartsOfAJoinedFilm(String format, double first, double second) throws IOException {
        Path a = part("a", 8, 0, first, format);
        Path b = part("b", 8, 90, second, format);
        List<byte[]> expected = new ArrayList<>(Fixtures.frames(a, 0));
        expected.addAll(Fixtures.frames(b, 0));
        assertThat(expected).hasSize(2 * PART);

        VideoFile film = even(joined(a, b));

        assertThat(numbers(expected, frames(film, 0))).isEqualTo(upTo(0, 2 * PART));
        for (int k : new int[] {1, PART - 1, PART, 300, 2 * PART - 1}) {
            assertThat(numbers(expected, frames(film, k)))
                    .as("from frame %d", k)
                    .isEqualTo(upTo(k, 2 * PART));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {H264, MPEG2 + "mpegts", MPEG2 + "vob"})
    void readsAnOrdinaryFilmItself(String format) throws IOException {
        Path file = part("a", 8, 0, 0, format);

        assertThat(even(file)).isEqualTo(new VideoFile(file, PROBE.probe(file)));
    }

    @Test
    void readsBothPartsFromTheBeginningWithoutACopy() throws IOException {
        Path a = part("a", 2, 0, 5000, H264);
        Path b = part("b", 2, 90, 0, H264);

        Path file = joined(a, b);

        assertThat(frames(new VideoFile(file, PROBE.probe(file)), 0)).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {H264, MPEG2 + "mpegts", MPEG2 + "vob"})
    void keepsTheDistanceOfThePictureToTheSound(String format) throws IOException {
        String flash = Fixtures.flashes("96x64", "25", 4);
        String sound = Fixtures.beeps(48_000, "mono", 5) + " -c:a mp2 ";
        Path late = Fixtures.make(folder.resolve("late.dat"), "-itsoffset 1.2 " + flash + " " + sound + format);
        Path inTime = Fixtures.make(folder.resolve("in-time.dat"), flash + " " + sound + format);

        VideoFile film = even(joined(late, inTime));

        assertThat(film.file()).isEqualTo(copy());
        List<byte[]> frames = frames(film, 0);
        assertThat(Fixtures.firstFlash(frames) / 25.0).isCloseTo(1.7, within(0.045));
        assertThat(frames).hasSizeBetween(228, 232);
    }

    @Test
    void holdsAPictureThatStandsWhileTheSoundGoesOn() throws IOException {
        Path file = Fixtures.make(
                folder.resolve("stands.ts"),
                Fixtures.picture("96x64", "25", 24) + " " + Fixtures.beeps(48_000, "mono", 24)
                        + " -vf select='lt(t\\,4)+gt(t\\,20)' -fps_mode vfr -c:a mp2 " + H264);

        VideoFile film = even(file);

        assertThat(film.file()).isEqualTo(file);
        assertThat(frames(film, 0)).hasSizeBetween(598, 602);
    }

    @Test
    void keepsWhatComesBeforeTheFirstKeyFrame() throws IOException {
        Path whole = part("a", 8, 0, 0, H264);
        byte[] bytes = Files.readAllBytes(whole);
        int packet = 188;
        int cut = bytes.length / packet / 5 * packet;
        Path a = Files.write(folder.resolve("cut.ts"), Arrays.copyOfRange(bytes, cut, bytes.length));
        Path b = part("b", 8, 90, 0, H264);
        List<byte[]> expected = new ArrayList<>(Fixtures.frames(a, 0));
        expected.addAll(Fixtures.frames(b, 0));

        assertThat(frames(even(joined(a, b)), 0)).hasSameSizeAs(expected);
    }

    @Test
    void takesTheCopyThatIsThere() throws IOException {
        Path file = joined(part("a", 2, 0, 0, H264), part("b", 2, 90, 0, H264));
        VideoFile film = even(file);
        Object written = Files.getLastModifiedTime(copy());

        assertThat(even(file)).isEqualTo(film);
        assertThat(Files.getLastModifiedTime(copy())).isEqualTo(written);
    }

    @Test
    void leavesNothingBehindWhenItIsEnded() throws IOException {
        Path file = joined(part("a", 2, 0, 0, H264), part("b", 2, 90, 0, H264));
        MediaInfo info = PROBE.probe(file);
        TimestampRepair clock = new TimestampRepair(FFMPEG, PROBE, () -> {});
        clock.abort();

        assertThatThrownBy(() -> clock.of(file, info, copy()))
                .isInstanceOfSatisfying(
                        MediaException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STALLED));
        assertThat(copy().getParent())
                .satisfiesAnyOf(
                        none -> assertThat(none).doesNotExist(),
                        empty -> assertThat(empty).isEmptyDirectory());
    }

    /** One wrong timestamp, or all from a frame on, would otherwise leave a still picture. */
    @ParameterizedTest(name = "{0}, damaged timestamps of frames {1} 120")
    @CsvSource({"matroska,gt", "matroska,eq", "flv,gt", "flv,eq", "mov,gt", "mov,eq"})
    void readsPastDamagedTimestamps(String format, String damaged) throws IOException {
        Path whole = part("whole", 8, 0, 0, H264.replace("-bf 2", "-bf 0"));
        List<byte[]> expected = Fixtures.frames(whole, 0);
        Path file = Fixtures.make(
                folder.resolve("damaged.dat"),
                "-i %s -c copy -bsf:v setts=pts=PTS+J:dts=DTS%s -f %s"
                        .formatted(whole, damaged.equals("gt") ? "+J" : "", format)
                        .replace("J", damaged + "(N\\,120)*8000/TB"));

        VideoFile film = even(file);

        int end = PART - 2; // a decoder that has seen a wrong timestamp may guess that of the last frame
        for (int k : new int[] {0, 1, 121, 122, 170}) {
            assertThat(numbers(expected, frames(film, k)).subList(0, end - k))
                    .as("from frame %d", k)
                    .isEqualTo(upTo(k, end));
        }
    }

    /** A first timestamp of another stream that is wrong would otherwise put a day of its first picture in front of the video. */
    @ParameterizedTest
    @ValueSource(strings = {"matroska", "mpegts"})
    void beginsWithTheFirstPictureHoweverLateItIs(String format) throws IOException {
        Path whole = part("whole", 2, 0, 0, H264);
        String late = " -i %s -map 0 -map 1 -c copy -copyts -c:a aac -f %s".formatted(whole, format);
        Path file = Fixtures.make(
                folder.resolve("late.dat"), Fixtures.beeps(48_000, "mono", 1) + " -itsoffset 8000" + late);

        assertThat(numbers(Fixtures.frames(whole, 0), frames(new VideoFile(file, PROBE.probe(file)), 0)))
                .isEqualTo(upTo(0, 50));
    }

    @Test
    void measuresAFilmThatSeemsTooLong() throws IOException {
        Path file = joined(part("a", 2, 0, 5000, H264), part("b", 2, 90, 0, H264));
        MediaLimits limits = MediaLimits.defaults();
        MediaProbe lessThanFour =
                new MediaProbe(FFMPEG, new MediaLimits(limits.pixels(), Duration.ofSeconds(3), limits.probe()));

        assertThat(PROBE.probe(file).duration()).isBetween(Duration.ofMillis(3800), Duration.ofMillis(4000));
        assertThatThrownBy(() -> lessThanFour.probe(file))
                .isInstanceOfSatisfying(
                        MediaException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LONG));
    }

    private Path part(String name, int seconds, int hue, double clock, String format) {
        return Fixtures.make(
                folder.resolve(name + ".dat"),
                Fixtures.picture("96x64", "25", seconds) + " -vf hue=h=" + hue + " -output_ts_offset " + clock + " "
                        + format);
    }

    private Path joined(Path... parts) throws IOException {
        Path file = folder.resolve("joined.dat");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Path part : parts) {
                Files.copy(part, out);
            }
        }
        return file;
    }

    private Path copy() {
        return folder.resolve("even").resolve("joined.ts");
    }

    private VideoFile even(Path file) {
        return new TimestampRepair(FFMPEG, PROBE, () -> {}).of(file, PROBE.probe(file), copy());
    }

    /** All frames, and no day of them where a clock is misread. */
    private static List<byte[]> frames(VideoFile film, long first) {
        List<byte[]> frames = new ArrayList<>();
        Frame frame = film.info().video().orElseThrow().newFrame();
        try (VideoReader reader = VideoReader.open(FFMPEG, film.file(), film.info(), first, 1000)) {
            while (reader.next(frame) != null) {
                frames.add(frame.data().clone());
            }
        }
        return frames;
    }

    /** Which frame of {@code expected} each of {@code frames} is; −1 for one that is none of them. */
    private static List<Integer> numbers(List<byte[]> expected, List<byte[]> frames) {
        List<Integer> numbers = new ArrayList<>();
        for (byte[] frame : frames) {
            int number = expected.size() - 1;
            while (number >= 0 && !Arrays.equals(expected.get(number), frame)) {
                number--;
            }
            numbers.add(number);
        }
        return numbers;
    }

    private static List<Integer> upTo(int from, int end) {
        return IntStream.range(from, end).boxed().toList();
    }
}
