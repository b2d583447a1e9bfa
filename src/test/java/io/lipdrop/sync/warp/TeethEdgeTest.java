package io.lipdrop.sync.warp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Brightness from the upper lip down, of a skin of 150. */
class TeethEdgeTest {
    private static final float TOOTH = 170;
    private static final float DARK = 40;
    private static final float SHADE = 90;

    @Test
    void endsTheTeethWhereItGetsDark() {
        assertThat(depth(SHADE, TOOTH, TOOTH, TOOTH, DARK, DARK, DARK, DARK)).isEqualTo(4);
    }

    @Test
    void takesTeethThatAreTogetherWholly() {
        assertThat(depth(TOOTH, TOOTH, TOOTH, 160, TOOTH, TOOTH, TOOTH, TOOTH)).isEqualTo(8);
    }

    @Test
    void doesNotTakeLowerTeethForUpperOnes() {
        assertThat(depth(SHADE, DARK, DARK, DARK, TOOTH, TOOTH, TOOTH, TOOTH)).isZero();
    }

    @Test
    void seesNoTeethInTheDark() {
        assertThat(depth(SHADE, DARK, DARK, DARK, DARK, DARK, DARK, DARK)).isZero();
    }

    private static int depth(float... brightness) {
        return TeethEdge.depth(brightness, brightness.length, 150);
    }
}
