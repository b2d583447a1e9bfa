package io.lipdrop.sync.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MouthShapeTest {
    @Test
    void keepsToWhatAMouthCanDo() {
        MouthShape shape = new MouthShape(-1, 9, 2, -2, 0.5f);

        assertThat(shape).isEqualTo(new MouthShape(0, 0.25f, 1, 0, 0.5f));
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> new MouthShape(Float.NaN, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
