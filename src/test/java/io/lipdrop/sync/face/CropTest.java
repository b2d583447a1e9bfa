package io.lipdrop.sync.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.frame.Frame;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A crop of a colour ramp has, at each place, the colours that the ramp has there. */
class CropTest {
    private static final int SIDE = 32;
    private final Crop crop = new Crop(SIDE, Crop.Layout.FIRST_UNSIGNED);
    private final Frame ramp = Pictures.frame(ramp());

    @ParameterizedTest
    @CsvSource({
        "200, 120,  40,  0.0", // bilinear
        "200, 120,  64,  0.7", // two samples a side
        "200, 120, 150, -0.4", // three
        "390,  20, 100,  0.5", // over the edge
        " 10, 230,  30, -1.2",
    })
    void showsTheFrameAtThePlaceAskedFor(float centerX, float centerY, float side, float roll) {
        FloatBuffer cut = crop.take(ramp, new Square(centerX, centerY, side, roll));
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                double u = (column - (SIDE - 1) / 2.0) * side / SIDE;
                double v = (row - (SIDE - 1) / 2.0) * side / SIDE;
                double x = centerX + u * Math.cos(roll) - v * Math.sin(roll);
                double y = centerY + u * Math.sin(roll) + v * Math.cos(roll);
                boolean isWellInside = x > 4 && y > 4 && x < 395 && y < 235;
                boolean isWellOutside = x < -4 || y < -4 || x > 403 || y > 243;
                int at = row * SIDE + column;
                if (isWellInside) {
                    assertThat(cut.get(at)).isCloseTo((float) (x / 2 / 255), within(0.02f));
                    assertThat(cut.get(at + SIDE * SIDE)).isCloseTo((float) (y / 255), within(0.02f));
                    assertThat(cut.get(at + 2 * SIDE * SIDE)).isCloseTo(0.4f, within(0.02f));
                } else if (isWellOutside) {
                    assertThat(cut.get(at)).isZero();
                }
            }
        }
    }

    private static BufferedImage ramp() {
        BufferedImage image = new BufferedImage(400, 240, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 240; y++) {
            for (int x = 0; x < 400; x++) {
                image.setRGB(x, y, new Color(x / 2, y, 102).getRGB());
            }
        }
        return image;
    }
}
