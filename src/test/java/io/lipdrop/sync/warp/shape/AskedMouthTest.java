package io.lipdrop.sync.warp.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.sync.voice.MouthShape;
import org.junit.jupiter.api.Test;

class AskedMouthTest {
    private static final float REST = 0.5f;

    @Test
    void aMouthAtRestIsShutAndAsWideAsItIs() {
        AskedMouth mouth = AskedMouth.of(MouthShape.REST, REST);

        assertThat(mouth.opening()).isZero();
        assertThat(mouth.width()).isEqualTo(REST);
    }

    @Test
    void opensTheFurtherTheMoreIsAskedButNeverTallerThanWide() {
        float before = 0;
        for (float opening = 0.02f; opening <= 0.4f; opening += 0.02f) {
            AskedMouth mouth = AskedMouth.of(new MouthShape(opening, 0, 0, 0, 0), REST);
            assertThat(mouth.opening()).isBetween(before, REST);
            before = mouth.opening();
        }
        assertThat(AskedMouth.of(new MouthShape(0.02f, 0, 0, 0, 0), REST).opening())
                .as("small openings come to be a little larger")
                .isBetween(0.02f, 0.0225f);
    }

    @Test
    void aNarrowMouthOpensLessFarThanAWideOne() {
        MouthShape wide = new MouthShape(0.4f, 0, 0, 0, 0);

        assertThat(AskedMouth.of(wide, 0.3f).opening())
                .isLessThan(AskedMouth.of(wide, 0.5f).opening());
    }

    @Test
    void aRoundedMouthIsNarrowAndPartsInItsMiddle() {
        AskedMouth rounded = AskedMouth.of(new MouthShape(0.1f, -0.1f, 0, 0, 0), REST);
        AskedMouth plain = AskedMouth.of(new MouthShape(0.1f, 0, 0, 0, 0), REST);

        assertThat(rounded.width()).isLessThan(plain.width() - 0.1f);
        assertThat(rounded.parted()).isLessThan(plain.parted() - 0.15f);
    }

    @Test
    void aLipUnderTheTeethIsRoundedLess() {
        AskedMouth tucked = AskedMouth.of(new MouthShape(0, -0.1f, 0, 1, 0), REST);
        AskedMouth rounded = AskedMouth.of(new MouthShape(0, -0.1f, 0, 0, 0), REST);

        assertThat(tucked.width()).isGreaterThan(rounded.width());
        assertThat(tucked.opening()).isPositive();
    }
}
