package io.lipdrop.sync.warp.person;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Brightness from the upper lip down, of a skin of 150. */
class TeethEdgeTest {
    private static final float TOOTH = 170;
    private static final float DARK = 40;
    private static final float SHADE = 90;

    @Test
    void endsTheTeethWhereItGetsDark() {
        assertThat(edge(SHADE, TOOTH, TOOTH, TOOTH, DARK, DARK, DARK, DARK)).isEqualTo(new TeethEdge(4, true));
    }

    @Test
    void takesTeethThatAreTogetherWholly() {
        assertThat(edge(TOOTH, TOOTH, TOOTH, 160, TOOTH, TOOTH, TOOTH, TOOTH)).isEqualTo(new TeethEdge(8, true));
    }

    @Test
    void doesNotTakeLowerTeethForUpperOnes() {
        assertThat(edge(SHADE, DARK, DARK, DARK, TOOTH, TOOTH, TOOTH, TOOTH)).isEqualTo(new TeethEdge(4, false));
    }

    @Test
    void seesNoTeethInTheDark() {
        assertThat(edge(SHADE, DARK, DARK, DARK, DARK, DARK, DARK, DARK).depth())
                .isZero();
    }

    private static TeethEdge edge(float... brightness) {
        return TeethEdge.find(brightness, brightness.length, 150);
    }
}
