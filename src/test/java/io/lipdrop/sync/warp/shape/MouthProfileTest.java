package io.lipdrop.sync.warp.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Profiles along a mouth whose left corners are nearer to its middle than the right ones. */
class MouthProfileTest {
    private static final float SIDE = 0.02f;

    private final LipCurves lips = lips();

    @Test
    void anArchIsOneInTheMiddleAndFallsToNothingAtTheCorners() {
        assertThat(MouthProfile.arch(0, 2.1, 0.9)).isEqualTo(1);
        assertThat(MouthProfile.arch(1, 2.1, 0.9)).isZero();
        assertThat(MouthProfile.arch(3, 2.1, 0.9)).isZero();
        assertThat(MouthProfile.arch(0.6f, 2.5, 0.9)).isGreaterThan(MouthProfile.arch(0.6f, 2.1, 0.9));
    }

    @Test
    void countsOffsetsInPartsOfTheNearerEnd() {
        assertThat(MouthProfile.part(-0.1f, lips.leftInner, lips.rightInner)).isEqualTo(0.5f);
        assertThat(MouthProfile.part(0.3f, lips.leftInner, lips.rightInner)).isEqualTo(1);
    }

    @Test
    void cornersSinkAndTheMiddleDoesNot() {
        assertThat(MouthProfile.corner(0, lips)).isZero();
        assertThat(MouthProfile.corner(lips.leftInner, lips)).isEqualTo(1);
        assertThat(MouthProfile.corner(lips.rightInner, lips)).isEqualTo(1);
        assertThat(MouthProfile.corner(3 * lips.rightInner, lips)).isZero();
    }

    @Test
    void cornersGoOutwardsAndWhatIsFarAwayStays() {
        assertThat(MouthProfile.sideways(0, lips, SIDE)).isZero();
        assertThat(MouthProfile.sideways(lips.rightOuter + SIDE, lips, SIDE)).isCloseTo(1, within(1e-6f));
        assertThat(MouthProfile.sideways(lips.leftOuter - SIDE, lips, SIDE)).isCloseTo(-1, within(1e-6f));
        assertThat(MouthProfile.sideways(0.9f, lips, SIDE)).isZero();
    }

    @Test
    void nothingJumpsAlongTheMouth() {
        for (int i = 1; i < Curve.SAMPLES; i++) {
            float here = Curve.at(i);
            float before = Curve.at(i - 1);
            assertThat(MouthProfile.sideways(here, lips, SIDE))
                    .isCloseTo(MouthProfile.sideways(before, lips, SIDE), within(0.06f));
            assertThat(MouthProfile.corner(here, lips)).isCloseTo(MouthProfile.corner(before, lips), within(0.08f));
        }
    }

    private static LipCurves lips() {
        LipCurves made = new LipCurves();
        made.leftInner = -0.2f;
        made.rightInner = 0.3f;
        made.leftOuter = -0.25f;
        made.rightOuter = 0.35f;
        return made;
    }
}
