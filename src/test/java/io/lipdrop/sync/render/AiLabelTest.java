package io.lipdrop.sync.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.media.frame.Colour;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.frame.Orientation;
import io.lipdrop.media.frame.Rational;
import io.lipdrop.media.probe.VideoStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AiLabelTest {
    /** What a picture of one grey has. */
    private static final int GREY = 120;

    private static final int BRIGHT = 170;

    @ParameterizedTest
    @CsvSource({
        "320,240,1/1",
        "360,288,1/1",
        "576,768,1/1",
        "1280,720,1/1",
        "1920,1080,1/1",
        "1080,1920,1/1",
        "3840,2160,1/1",
        "7680,4320,1/1",
        "720,576,64/45",
        "1440,1080,4/3",
        "720,576,1/2",
        "301,201,1/1"
    })
    void hasLettersOfAtLeastATwentiethOfTheShorterSide(int width, int height, String shape) {
        Rational pixel = rational(shape);
        Frame frame = drawn(width, height, pixel);
        int[] rows = brightRows(frame, latinColumns(frame));

        double shorter = Math.min(frame.width() * pixel.value(), frame.height());
        assertThat(rows[1] - rows[0] + 1).isGreaterThanOrEqualTo((int) Math.ceil(0.05 * shorter));
        assertThat(rows[1]).isLessThan(frame.height());
    }

    @Test
    void changesOnlyACorner() {
        Frame frame = drawn(1280, 720, Rational.ONE);
        byte[] data = frame.data();
        int changed = 0;
        for (int y = 0; y < 720; y++) {
            for (int x = 0; x < 1280; x++) {
                if ((data[y * 1280 + x] & 0xff) != GREY) {
                    changed++;
                    assertThat(x).isGreaterThan(1280 - 220);
                    assertThat(y).isGreaterThan(720 - 100);
                }
            }
        }
        assertThat(changed).isLessThan(1280 * 720 / 50);
    }

    @ParameterizedTest
    @CsvSource({"2,2", "16,16", "64,48", "90,400", "400,20"})
    void fitsIntoTheSmallestFrames(int width, int height) {
        Frame frame = drawn(width, height, Rational.ONE);
        assertThat(frame.data()).hasSize(width * height * 3 / 2);
    }

    @Test
    void canBeReadOnASmallFrame() {
        int[] rows = brightRows(drawn(176, 144, Rational.ONE), new int[] {0, 176});
        assertThat(rows[1] - rows[0] + 1).isGreaterThanOrEqualTo(18);
    }

    private static Frame drawn(int width, int height, Rational pixel) {
        VideoStream video = new VideoStream(
                0,
                "h264",
                width,
                height,
                pixel,
                new Rational(25, 1),
                1,
                Orientation.UPRIGHT,
                false,
                1,
                Colour.UNSPECIFIED,
                "yuv420p",
                0,
                0);
        Frame frame = video.newFrame();
        Arrays.fill(frame.data(), (byte) GREY);
        AiLabel.of(video).draw(frame);
        return frame;
    }

    /** The columns of the "A": from the first bright one to the next dark one. */
    private static int[] latinColumns(Frame frame) {
        int first = 0;
        while (!isBright(frame, first)) {
            first++;
        }
        int end = first;
        while (isBright(frame, end)) {
            end++;
        }
        return new int[] {first, end};
    }

    private static boolean isBright(Frame frame, int column) {
        for (int y = 0; y < frame.height(); y++) {
            if ((frame.data()[y * frame.width() + column] & 0xff) > BRIGHT) {
                return true;
            }
        }
        return false;
    }

    private static int[] brightRows(Frame frame, int[] columns) {
        int first = Integer.MAX_VALUE;
        int last = -1;
        for (int y = 0; y < frame.height(); y++) {
            for (int x = columns[0]; x < columns[1]; x++) {
                if ((frame.data()[y * frame.width() + x] & 0xff) > BRIGHT) {
                    first = Math.min(first, y);
                    last = y;
                }
            }
        }
        return new int[] {first, last};
    }

    private static Rational rational(String text) {
        String[] parts = text.split("/", -1);
        return new Rational(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }
}
