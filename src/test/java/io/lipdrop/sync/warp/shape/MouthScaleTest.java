package io.lipdrop.sync.warp.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.sync.voice.MouthShape;
import org.junit.jupiter.api.Test;

class MouthScaleTest {
    @Test
    void drawsToScale() {
        MouthShape shape = new MouthScale(0.5f, 1.2f).of(new MouthShape(0.1f, -0.05f, 0, 0.3f, 0.4f));

        assertThat(shape).isEqualTo(new MouthShape(0.05f, 1.2f * -0.05f, 0, 0.3f, 0.4f));
    }

    @Test
    void opensPressedLipsNoFurtherHoweverLivelyThePerson() {
        MouthScale lively = new MouthScale(2, 1);

        assertThat(lively.of(new MouthShape(0.01f, 0, 0.45f, 0, 0)).opening()).isEqualTo(0.01f);
        assertThat(lively.of(new MouthShape(0.01f, 0, 0.325f, 0, 0)).opening()).isCloseTo(0.015f, within(1e-5f));
        assertThat(lively.of(new MouthShape(0.01f, 0, 0, 0, 0)).opening()).isEqualTo(0.02f);
    }

    @Test
    void leavesRestAtRest() {
        assertThat(new MouthScale(2, 1.5f).of(MouthShape.REST)).isEqualTo(MouthShape.REST);
    }
}
