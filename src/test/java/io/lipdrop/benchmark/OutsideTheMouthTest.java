package io.lipdrop.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OutsideTheMouthTest {
    private final Frame source = grey();
    private final Frame result = grey();
    private final OutsideTheMouth outside = new OutsideTheMouth(faceFrom40To60());

    @Test
    void findsNoNoiseInTheSamePicture() {
        assertThat(outside.psnr(source, result)).isCloseTo(78.13, within(0.01));
    }

    @Test
    void measuresOverRedGreenAndBlue() {
        Arrays.fill(result.data(), 0, result.cbOffset(), (byte) 102); // every pixel 2 steps of luma lighter

        assertThat(outside.psnr(source, result)).isCloseTo(20 * Math.log10(255 / (2 * 1.164)), within(0.01));
    }

    @Test
    void passesOverTheMouth() {
        paint(52, 35, 64); // the box: from the nose tip at 52 to 50 + 0.55 × 30, and 30 wide about the middle

        assertThat(outside.psnr(source, result)).isGreaterThan(78);
    }

    @Test
    void seesWhatIsJustAboveOrBesideTheBox() {
        paint(51, 50, 50);
        assertThat(outside.psnr(source, result)).isLessThan(78);

        paint(60, 34, 34);
        assertThat(outside.psnr(source, result)).isLessThan(78);
    }

    private void paint(int row, int fromColumn, int toColumn) {
        System.arraycopy(source.data(), 0, result.data(), 0, source.data().length);
        for (int x = fromColumn; x <= toColumn; x++) {
            result.data()[row * result.width() + x] = (byte) 200;
        }
    }

    /** A face 20 pixels wide and high about (50, 50), its nose tip at y = 52. */
    private static Face faceFrom40To60() {
        float[] mesh = new float[Face.POINTS * 2];
        for (int i = 0; i < Face.POINTS; i++) {
            mesh[2 * i] = i % 2 == 0 ? 40 : 60;
            mesh[2 * i + 1] = i % 3 == 0 ? 40 : 60;
        }
        mesh[9] = 52;
        return new Face(mesh, new float[Face.POINTS], new float[Face.LIP_POINTS * 2], 1, 0);
    }

    private static Frame grey() {
        Frame frame = new Frame(100, 100);
        Arrays.fill(frame.data(), 0, frame.cbOffset(), (byte) 100);
        Arrays.fill(frame.data(), frame.cbOffset(), frame.data().length, (byte) 128);
        return frame;
    }
}
