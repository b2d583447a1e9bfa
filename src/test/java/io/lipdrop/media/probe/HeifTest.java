package io.lipdrop.media.probe;

import static io.lipdrop.media.Fixtures.PROBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.media.Fixtures;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Photographs of phones: tiles, turned, mirrored and cropped by what the file says of them. */
class HeifTest {
    private static final String HEVC =
            "-c:v libx265 -preset ultrafast -crf 12 -x265-params log-level=none:keyint=1 -tag:v hvc1";
    private static final String AV1 = "-c:v libaom-av1 -usage realtime -cpu-used 8 -crf 12 -still-picture 1";

    @TempDir
    Path folder;

    private Path picture;

    @BeforeEach
    void unpackThePicture() throws IOException {
        picture = Fixtures.portrait(folder);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            as it is                 |                  | null
            turned left              | irot 1           | transpose=cclock
            upside down              | irot 2           | hflip,vflip
            turned right             | irot 3           | transpose=clock
            top and bottom exchanged | imir 0           | vflip
            left and right exchanged | imir 1           | hflip
            turned, then mirrored    | irot 1, imir 1   | transpose=cclock,hflip
            cropped                  | clap 200 100 19 10 | crop=200:100:156:110
            cropped, then turned     | clap 200 100 19 10, irot 3 | crop=200:100:156:110,transpose=clock
            """)
    void tilesMakeOnePicture(String what, String transforms, String filter) throws IOException {
        Path file = new HeifFile(folder, HEVC).write(picture, 474, 300, 256, boxes(transforms));

        assertThatItShows(file, filter);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            as it is     |                  | null
            turned left  | irot 1           | transpose=cclock
            mirrored     | imir 1           | hflip
            cropped      | clap 200 100 19 10 | crop=200:100:156:110
            """)
    void onePictureNeedsNoTiles(String what, String transforms, String filter) throws IOException {
        Path file = new HeifFile(folder, HEVC).writeSingle(picture, 474, 300, boxes(transforms));

        assertThatItShows(file, filter);
    }

    @Test
    void tilesOfAv1MakeOnePicture() throws IOException {
        assertThatItShows(new HeifFile(folder, AV1).write(picture, 474, 300, 256, HeifFile.irot(3)), "transpose=clock");
    }

    private static byte[][] boxes(String transforms) {
        List<byte[]> boxes = new ArrayList<>();
        for (String transform : transforms == null ? new String[0] : transforms.split(", ", -1)) {
            String[] words = transform.split(" ", -1);
            int first = Integer.parseInt(words[1]);
            boxes.add(
                    switch (words[0]) {
                        case "irot" -> HeifFile.irot(first);
                        case "imir" -> HeifFile.imir(first);
                        default ->
                            HeifFile.clap(
                                    first,
                                    Integer.parseInt(words[2]),
                                    Integer.parseInt(words[3]),
                                    Integer.parseInt(words[4]));
                    });
        }
        return boxes.toArray(byte[][]::new);
    }

    /** The same as ffmpeg makes of the original with {@code filter}. */
    private void assertThatItShows(Path file, String filter) {
        Path wanted = Fixtures.make(
                folder.resolve("wanted.png"),
                "-i " + Ffmpeg.url(picture) + " -vf scale=474:300," + filter + ",format=rgb24");
        VideoStream video = PROBE.probe(file).video().orElseThrow();
        VideoStream like = PROBE.probe(wanted).video().orElseThrow();
        assertThat(video.isStill()).isTrue();
        assertThat(video.width() + "x" + video.height()).isEqualTo(like.width() + "x" + like.height());
        byte[] shown = Fixtures.frames(file, 0).get(0);
        byte[] original = Fixtures.frames(wanted, 0).get(0);
        double squares = 0;
        for (int i = 0; i < video.frameWidth() * video.frameHeight(); i++) {
            squares += Math.pow((shown[i] & 0xff) - (original[i] & 0xff), 2);
        }
        double noise = Math.sqrt(squares / (video.frameWidth() * video.frameHeight()));
        assertThat(noise).as(String.format(Locale.ROOT, "%.1f", noise)).isLessThan(6);
    }
}
