package io.lipdrop.media.video;

import static io.lipdrop.media.Fixtures.FFMPEG;
import static io.lipdrop.media.Fixtures.PROBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.media.Fixtures;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.ffmpeg.Abort;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.frame.Rational;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.media.video.LoopedVideo.Fill;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopedVideoTest {
    private static final int SOURCE = 40;

    @TempDir
    static Path folder;

    private static Path file;
    private static MediaInfo info;
    private static List<byte[]> source;

    @BeforeAll
    static void makeAVideo() {
        file = Fixtures.make(
                folder.resolve("v.mp4"), Fixtures.picture("96x64", "25", 1.6) + " -c:v libx264 -g 250 -bf 2");
        info = PROBE.probe(file);
        source = Fixtures.frames(file, 0);
        assertThat(source).hasSize(SOURCE);
    }

    @Test
    void countingEndsWhenItIsAborted() {
        Abort abort = new Abort();
        abort.abort();
        assertThatThrownBy(() -> FrameCount.of(FFMPEG, file, info, 1000, abort))
                .isInstanceOfSatisfying(
                        MediaException.class,
                        stopped -> assertThat(stopped.kind()).isEqualTo(MediaException.Kind.STALLED));
    }

    @ParameterizedTest(name = "{0} from {1}, source known: {2}")
    @CsvSource({
        "PINGPONG,0,0",
        "PINGPONG,1,0",
        "PINGPONG,39,0",
        "PINGPONG,40,0",
        "PINGPONG,77,40",
        "PINGPONG,78,0",
        "PINGPONG,150,0",
        "LOOP,0,0",
        "LOOP,79,0",
        "HOLD,0,0",
        "HOLD,100,0",
        "TRIM,0,0",
        "TRIM,30,40"
    })
    void putsTheRightFrameInEveryPlace(Fill fill, int first, long known) {
        List<Integer> expected = new ArrayList<>();
        for (int i = first; i < 200 && (fill != Fill.TRIM || i < SOURCE); i++) {
            expected.add(expectedSource(fill, i));
        }
        List<Integer> places = new ArrayList<>();
        // Chunks of seven frames: a backwards pass takes six of them.
        try (LoopedVideo video =
                LoopedVideo.open(FFMPEG, file, info, fill, 200, first, known).withChunksOf(7)) {
            Frame frame = info.video().orElseThrow().newFrame();
            while (video.next(frame) != null) {
                places.add(indexOf(frame.data()));
            }
            assertThat(video.sourceFrames()).isEqualTo(SOURCE);
        }
        assertThat(places).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"-c:v png -f image2", "-c:v libx264 -pix_fmt yuv444p -f mp4"})
    void holdsAStillPictureForAsLongAsIsWanted(String options) {
        Path still = Fixtures.make(
                folder.resolve("still.dat"), Fixtures.picture("33x21", "1", 1) + " -frames:v 1 " + options);
        MediaInfo picture = PROBE.probe(still);
        VideoStream video = picture.video().orElseThrow();
        assertThat(video.isStill()).isTrue();
        assertThat(video.rate()).isEqualTo(new Rational(25, 1));
        int count = 0;
        try (LoopedVideo held = LoopedVideo.open(FFMPEG, still, picture, Fill.PINGPONG, 60, 0, 0)) {
            Frame frame = video.newFrame();
            while (held.next(frame) != null) {
                count++;
            }
        }
        assertThat(count).isEqualTo(60);
    }

    private static int expectedSource(Fill fill, int place) {
        int phase = place % (2 * SOURCE - 2);
        return switch (fill) {
            case PINGPONG -> phase < SOURCE ? phase : 2 * SOURCE - 2 - phase;
            case LOOP -> place % SOURCE;
            case HOLD, TRIM -> Math.min(place, SOURCE - 1);
        };
    }

    private static int indexOf(byte[] frame) {
        for (int i = 0; i < SOURCE; i++) {
            if (java.util.Arrays.equals(source.get(i), frame)) {
                return i;
            }
        }
        return -1;
    }
}
