package io.lipdrop.sync.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.frame.Frame;
import org.junit.jupiter.api.Test;

/** A picture whose Cb and Cr are known at every place of luma, sampled where MPEG-2 and H.264 have the samples. */
class ChromaTest {
    private static final int SIDE = 64;

    private final Frame frame = slopes();

    @Test
    void readsOfAFrameWhatItsColourIsAtTheLumaPixel() {
        for (float y = 2; y < SIDE - 2; y += 0.75f) {
            for (float x = 2; x < SIDE - 2; x += 0.75f) {
                assertThat(Samples.at(frame, 0, x, y)).isCloseTo(luma(x, y), within(0.01f));
                assertThat(Samples.at(frame, 1, x, y)).isCloseTo(cb(x, y), within(0.51f));
                assertThat(Samples.at(frame, 2, x, y)).isCloseTo(cr(x, y), within(0.51f));
            }
        }
    }

    @Test
    void readsTheSameOfACopy() {
        Planes planes = new Planes();
        planes.copy(frame, 8, 6, 40, 44);

        for (float y = 12; y < 44; y += 0.75f) {
            for (float x = 14; x < 42; x += 0.75f) {
                assertThat(planes.at(0, x, y)).isCloseTo(luma(x, y), within(0.1f));
                assertThat(planes.at(1, x, y)).isCloseTo(cb(x, y), within(0.6f));
                assertThat(planes.at(2, x, y)).isCloseTo(cr(x, y), within(0.6f));
            }
        }
    }

    @Test
    void outsideTheFrameItsBorderGoesOn() {
        assertThat(Samples.at(frame, 0, -9, 10)).isEqualTo(Samples.at(frame, 0, 0, 10));
        assertThat(Samples.at(frame, 1, 30, SIDE + 20)).isEqualTo(Samples.at(frame, 1, 30, SIDE));
        assertThat(Samples.at(frame, 2, SIDE + 7, -4)).isEqualTo(Samples.at(frame, 2, SIDE, 0));
    }

    @Test
    void rowsOfChromaAndLumaAreEachOthersInverse() {
        assertThat(Chroma.row(Chroma.lumaRow(7))).isEqualTo(7);
        assertThat(Chroma.lumaRow(0)).isEqualTo(0.5f);
        assertThat(Chroma.column(6)).isEqualTo(3);
    }

    private static Frame slopes() {
        Frame made = new Frame(SIDE, SIDE);
        byte[] data = made.data();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                data[made.lumaOffset() + y * SIDE + x] = (byte) Math.round(luma(x, y));
            }
        }
        for (int row = 0; row < SIDE / 2; row++) {
            for (int column = 0; column < SIDE / 2; column++) {
                int at = row * SIDE / 2 + column;
                data[made.cbOffset() + at] = (byte) Math.round(cb(2 * column, 2 * row + 0.5f));
                data[made.crOffset() + at] = (byte) Math.round(cr(2 * column, 2 * row + 0.5f));
            }
        }
        return made;
    }

    private static float luma(float x, float y) {
        return 20 + x + 2 * y;
    }

    /** Steep downwards: half a row of luma is 1.5 levels. */
    private static float cb(float x, float y) {
        return 10 + 3 * y + 0.5f * x;
    }

    private static float cr(float x, float y) {
        return 10 + 3 * x + 0.5f * y;
    }
}
