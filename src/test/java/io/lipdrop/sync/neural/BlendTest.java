package io.lipdrop.sync.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceChoice;
import io.lipdrop.sync.face.Models;
import io.lipdrop.sync.face.Pictures;
import java.awt.image.BufferedImage;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What networks get wrong: their pictures are tinted and soft. The frame is neither. */
class BlendTest {
    private static final int SIDE = 96;

    private Frame frame = new Frame(2, 2);
    private Face face = new Face(new float[0], new float[0], new float[0], 0, 0);
    private Window window = new Window(0, 0, 0, 0, 0, 0);
    private final Patch before = new Patch(SIDE);
    private final Patch after = new Patch(SIDE);

    @BeforeEach
    void cut() {
        BufferedImage image = Pictures.blank(800, 800, 120);
        Pictures.draw(image, Pictures.astronaut(), 460, 640, 2, 5);
        frame = Pictures.frame(image);
        face = Objects.requireNonNull(Models.tracker(FaceChoice.LARGEST).follow(frame));
        window = new Framing(Family.WAV2LIP).around(face);
        new Cutter(before).cut(frame, window);
        for (int plane = 0; plane < 3; plane++) {
            System.arraycopy(before.planes()[plane], 0, after.planes()[plane], 0, SIDE * SIDE);
        }
    }

    @Test
    void aTintIsTakenBack() {
        for (int i = 0; i < SIDE * SIDE; i++) {
            after.planes()[0][i] += 8;
            after.planes()[1][i] -= 4;
        }
        Frame drawn = draw();

        assertThat(difference(drawn)).isLessThan(0.5);
    }

    @Test
    void aSoftNetworkLeavesTheFrameSharp() {
        PixelGrid soft = new PixelGrid(SIDE);
        System.arraycopy(after.planes()[0], 0, soft.values, 0, SIDE * SIDE);
        soft.blur(1);
        System.arraycopy(soft.values, 0, after.planes()[0], 0, SIDE * SIDE);

        Frame drawn = draw();

        assertThat(sharpness(drawn) / sharpness(frame)).isBetween(0.72, 1.05);
    }

    @Test
    void whereANewMouthIsDrawnTheOldOneGoes() {
        int row = Math.round(window.v(face.x(13), face.y(13)) * SIDE);
        for (int y = row - 8; y < row + 14; y++) {
            for (int x = 24; x < 72; x++) {
                after.planes()[0][y * SIDE + x] = 60;
            }
        }
        Frame drawn = draw();

        // In the middle of what was painted nothing of the teeth and lips that were there is left.
        for (float v = -0.02f; v < 0.06f; v += 0.005f) {
            for (float u = 0.4f; u < 0.6f; u += 0.005f) {
                int x = Math.round(window.frameX(u, (float) row / SIDE + v));
                int y = Math.round(window.frameY(u, (float) row / SIDE + v));
                assertThat(drawn.data()[y * drawn.width() + x] & 255).isBetween(54, 66);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"bt709, 1, 0, 0, 62.6, 102.3", "smpte170m, 1, 0, 0, 81.5, 90.2", "unknown, 0, 1, 0, 144.6, 53.8"})
    void coloursAreThoseOfTheVideosMatrix(String matrix, float r, float g, float b, float luma, float cb) {
        Colours colours = Colours.of(matrix);
        Patch patch = new Patch(1);
        float[] rgb = new float[3];

        colours.toPatch(r, g, b, patch, 0);
        colours.toRgb(patch.planes()[0][0], patch.planes()[1][0], patch.planes()[2][0], rgb);

        assertThat(patch.planes()[0][0]).isCloseTo(luma, within(0.1f));
        assertThat(patch.planes()[1][0]).isCloseTo(cb, within(0.1f));
        assertThat(rgb).containsExactly(new float[] {r, g, b}, within(1e-4f));
    }

    @Test
    void aJawThatOpensDoesNotMakeThePictureBreatheAndACutMovesItAtOnce() {
        float[] mesh = face.mesh().clone();
        for (int point = 0; point < Face.POINTS; point++) {
            if (face.y(point) > face.y(14)) {
                mesh[2 * point + 1] += 0.2f * (face.y(point) - face.y(2));
            }
        }
        Framing framing = new Framing(Family.WAV2LIP);
        float closed = framing.around(face).height();
        float opened = framing.around(new Face(mesh, face.depth(), face.lips(), 1, face.shot()))
                .height();
        float cut = framing.around(new Face(mesh, face.depth(), face.lips(), 1, face.shot() + 1))
                .height();

        assertThat(opened / closed).isBetween(1.0001f, 1.02f);
        assertThat(cut / closed).isGreaterThan(1.06f);
    }

    private Frame draw() {
        Frame drawn = Pictures.copy(frame);
        new Blend(SIDE).draw(drawn, face, window, before, after, 1);
        return drawn;
    }

    private double difference(Frame drawn) {
        double sum = 0;
        int count = 0;
        for (float v = 0.55f; v < 0.9f; v += 0.01f) {
            for (float u = 0.2f; u < 0.8f; u += 0.01f) {
                int at = Math.round(window.frameY(u, v)) * frame.width() + Math.round(window.frameX(u, v));
                sum += Math.abs((drawn.data()[at] & 255) - (frame.data()[at] & 255));
                count++;
            }
        }
        return sum / count;
    }

    /** The mean difference of neighbours in the lower face. */
    private double sharpness(Frame picture) {
        double sum = 0;
        for (float v = 0.55f; v < 0.9f; v += 0.005f) {
            for (float u = 0.2f; u < 0.8f; u += 0.005f) {
                int at = Math.round(window.frameY(u, v)) * frame.width() + Math.round(window.frameX(u, v));
                sum += Math.abs((picture.data()[at] & 255) - (picture.data()[at + 1] & 255));
            }
        }
        return sum;
    }
}
