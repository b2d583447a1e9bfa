package io.lipdrop.sync.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.sync.warp.MouthShape;
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
}
