package io.lipdrop.sync.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CubicWeightsTest {
    private static final int PHASES = 128;

    @Test
    void givesTheValueItselfAtAPixelAndTheKnownWeightsHalfway() {
        float[] weights = CubicWeights.table(2, 0);

        assertThat(weights).containsExactly(new float[] {0, 1, 0, 0, -0.0625f, 0.5625f, 0.5625f, -0.0625f}, offset(0f));
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.5f})
    void continuesParabolasExactly(float centre) {
        float[] weights = CubicWeights.table(PHASES, centre);

        for (int phase = 0; phase < PHASES; phase++) {
            float t = (phase + centre) / PHASES;
            float value = 0;
            for (int k = 0; k < CubicWeights.TAPS; k++) {
                value += weights[CubicWeights.TAPS * phase + k] * parabola(k - 1);
            }
            assertThat(value).as("phase %d", phase).isCloseTo(parabola(t), within(1e-5f));
        }
    }

    @Test
    void wholeWeightsOfEachPhaseAddUpAndAreWithinOneOfTheExactOnes() {
        float[] exact = CubicWeights.table(PHASES, 0);
        int[] whole = CubicWeights.wholeTable(PHASES, 128);

        for (int i = 0; i < whole.length; i += CubicWeights.TAPS) {
            assertThat(whole[i] + whole[i + 1] + whole[i + 2] + whole[i + 3]).isEqualTo(128);
            for (int k = i; k < i + CubicWeights.TAPS; k++) {
                assertThat((float) whole[k]).isCloseTo(128 * exact[k], within(1.5f));
            }
        }
    }

    private static float parabola(float x) {
        return 3 * x * x - 5 * x + 2;
    }
}
