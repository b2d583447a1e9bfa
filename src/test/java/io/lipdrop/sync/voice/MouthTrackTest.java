package io.lipdrop.sync.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MouthTrackTest {
    /** Half as open at 0 s as at 0.01 s, the end. */
    private final MouthTrack track = new MouthTrack(new float[] {0.1f, 0.1f, 0, 0.4f, 0, 0.2f, -0.1f, 0, 0.8f, 0});

    @Test
    void goesFromShapeToShape() {
        assertThat(track.at(0)).isEqualTo(new MouthShape(0.1f, 0.1f, 0, 0.4f, 0));
        assertThat(track.at(0.005).opening()).isCloseTo(0.15f, within(1e-6f));
        assertThat(track.at(0.01)).isEqualTo(new MouthShape(0.2f, -0.1f, 0, 0.8f, 0));
    }

    @Test
    void comesToRestOutsideTheVoice() {
        assertThat(track.at(-0.05).opening()).isCloseTo(0.05f, within(1e-6f));
        assertThat(track.at(0.06).tuck()).isCloseTo(0.4f, within(1e-6f));
        assertThat(track.at(-0.1).opening()).isZero();
        assertThat(track.at(0.12).width()).isZero();
        assertThat(track.at(5).opening()).isZero();
    }

    /** A hundred shapes that open further and further, and as many at rest, wide. */
    @Test
    void knowsItsPeakAndItsWidthsWhereTheLipsAreParted() {
        float[] values = new float[200 * MouthTrack.VALUES];
        for (int i = 0; i < 200; i++) {
            values[i * MouthTrack.VALUES] = i < 100 ? 0.02f + i * 0.001f : 0;
            values[i * MouthTrack.VALUES + 1] = i < 100 ? i * 0.001f : 0.2f;
        }
        MouthTrack voice = new MouthTrack(values);

        assertThat(voice.peak()).isCloseTo(0.02f + 0.094f, within(1e-6f));
        assertThat(voice.widths()).isCloseTo(0.09f, within(1e-6f));
        assertThat(new MouthTrack(new float[MouthTrack.VALUES]).peak()).isZero();
        assertThat(new MouthTrack(new float[MouthTrack.VALUES]).widths()).isZero();
    }
}
