package io.lipdrop.sync.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarsTest {
    private static final float TINY = 1e-6f;

    @Test
    void clampsToBothEndsAndTakesNoNumberForTheLeast() {
        assertThat(Scalars.clamp(0.3f)).isEqualTo(0.3f);
        assertThat(Scalars.clamp(-2f)).isZero();
        assertThat(Scalars.clamp(7f)).isEqualTo(1);
        assertThat(Scalars.clamp(Float.NaN)).isZero();
        assertThat(Scalars.clamp(Float.POSITIVE_INFINITY, -3f, 5f)).isEqualTo(5);
        assertThat(Scalars.clamp(-9.0, -3.0, 5.0)).isEqualTo(-3);
        assertThat(Scalars.clamp(4, 0, 9)).isEqualTo(4);
        assertThat(Scalars.clamp(4, 0, -1)).as("an empty range").isZero();
    }

    @Test
    void goesEvenlyFromOneToTheOther() {
        assertThat(Scalars.lerp(2, 10, 0)).isEqualTo(2);
        assertThat(Scalars.lerp(2, 10, 0.25f)).isEqualTo(4);
        assertThat(Scalars.lerp(2, 10, 1)).isEqualTo(10);
    }

    @Test
    void followsAQuantityLikeAMovingAverage() {
        float x = 0;
        for (int i = 0; i < 10; i++) {
            x = Scalars.lerp(x, 1, 0.2f);
        }

        assertThat(x).isCloseTo(1 - (float) Math.pow(0.8, 10), within(TINY));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "1, 0, 2", "0, 1, 3", "1, 1, 8", "0.5, 0.5, 3.5", "0.25, 0, 1.25"})
    void readsBetweenFourCorners(float u, float v, float expected) {
        assertThat(Scalars.bilinear(1, 2, 3, 8, u, v)).isEqualTo(expected);
    }

    @Test
    void stepsSmoothlyAndLevelAtBothEnds() {
        assertThat(Scalars.smoothstep(-1)).isZero();
        assertThat(Scalars.smoothstep(0.5f)).isEqualTo(0.5f);
        assertThat(Scalars.smoothstep(2)).isEqualTo(1);
        assertThat(Scalars.smoothstep(0.01f)).isLessThan(0.001f);
        assertThat(Scalars.smoothstep(0.99f)).isGreaterThan(0.999f);
    }

    @Test
    void stepsUpAndDownBetweenTwoValues() {
        assertThat(Scalars.smoothstep(10, 20, 12.5f)).isEqualTo(Scalars.smoothstep(0.25f));
        assertThat(Scalars.smoothstep(20, 10, 12.5f)).isEqualTo(Scalars.smoothstep(0.75f));
        assertThat(Scalars.smoothstep(20, 10, 25)).isZero();
        assertThat(Scalars.smoothstep(20, 10, 5)).isEqualTo(1);
    }

    @Test
    void theWindowIsOneInItsMiddleAndNothingOutside() {
        assertThat(Scalars.window(0)).isEqualTo(1);
        assertThat(Scalars.window(-0.5f)).isEqualTo(0.5625f);
        assertThat(Scalars.window(1)).isZero();
        assertThat(Scalars.window(-3)).isZero();
    }
}
