package io.lipdrop.sync.warp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceChoice;
import io.lipdrop.sync.face.Landmarks;
import io.lipdrop.sync.face.Models;
import io.lipdrop.sync.face.Pictures;
import io.lipdrop.sync.voice.MouthShape;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The astronaut smiles with her teeth showing, twice as large as in the picture so that the mouth can be measured well. */
class MouthPainterTest {
    private Frame smile = new Frame(2, 2);
    private Face face = new Face(new float[0], new float[0], new float[0], 0, 0);

    @BeforeEach
    void findTheFace() {
        smile = astronaut(2);
        face = faceIn(smile);
    }

    @Test
    void changesNothingAtStrengthZero() {
        Frame painted = painted(open(0.15f), 0);

        assertThat(painted.data()).isEqualTo(smile.data());
    }

    @Test
    void changesNothingOutsideTheRegionRoundTheMouth() {
        Frame painted = painted(open(0.2f), 1);

        float eyes = face.eyeDistance();
        List<String> changed = new ArrayList<>();
        for (int y = 0; y < smile.height(); y++) {
            for (int x = 0; x < smile.width(); x++) {
                boolean near = Math.abs(x - face.x(0)) < eyes
                        && y > face.y(2) - 0.05f * eyes
                        && y < face.y(152) + 0.35f * eyes;
                int at = y * smile.width() + x;
                if (!near && painted.data()[at] != smile.data()[at]) {
                    changed.add(x + ", " + y);
                }
            }
        }
        assertThat(changed).isEmpty();
    }

    @Test
    void leavesNoseAndEyesWhereTheyAre() {
        Face after = faceIn(painted(open(0.2f), 1));

        for (int point : new int[] {33, 133, 263, 362, 1, 4, 98, 327}) {
            assertThat(Math.hypot(after.x(point) - face.x(point), after.y(point) - face.y(point)))
                    .as("point %d", point)
                    .isLessThan(0.03 * face.eyeDistance());
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0.05f, 0.1f, 0.15f, 0.2f})
    void opensTheMouthAboutAsFarAsAsked(float opening) {
        assertThat(faceIn(painted(open(opening), 1)).opening()).isCloseTo(opening, within(0.4f * opening));
    }

    @Test
    void opensTheMouthOfATiltedHead() {
        BufferedImage image = Pictures.blank(1024, 1024, 90);
        Pictures.draw(image, Pictures.astronaut(), 512, 512, 2, 20);
        Frame frame = Pictures.frame(image);
        Frame shut = Pictures.copy(frame);
        new MouthPainter().paint(shut, faceIn(frame), MouthShape.REST, 1);
        Frame opened = Pictures.copy(frame);
        new MouthPainter().paint(opened, faceIn(frame), open(0.15f), 1);

        assertThat(faceIn(shut).opening()).isLessThan(0.03f);
        assertThat(faceIn(opened).opening()).isBetween(0.11f, 0.2f);
    }

    @Test
    void fillsAWideOpenMouthWithTheTongue() {
        Face shut = faceIn(painted(MouthShape.REST, 1));
        Frame painted = painted(open(0.35f), 1);
        Face after = faceIn(painted);
        double skin = luma(painted, after.x(205), after.y(205)) - 16;
        // Of wide open mouths the mesh takes the ends of the teeth for the inner lips, but it sees where the lower lip
        // ends.
        double lip = after.y(17) - (shut.y(17) - shut.y(14));
        double tongue = 0;
        for (float above = 0.045f; above < 0.07f; above += 0.01f) {
            tongue += (luma(painted, after.x(17), lip - above * face.eyeDistance()) - 16) / 3;
        }

        assertThat(tongue / skin).isBetween(0.33, 0.75);
    }

    private static double luma(Frame frame, double x, double y) {
        return frame.data()[(int) Math.round(y) * frame.width() + (int) Math.round(x)] & 255;
    }

    @Test
    void keepsTheTeethOfASmileForWhenTheMouthOpens() {
        Frame painted = painted(open(0.1f), 1);

        int x = Math.round(face.x(13));
        int y = Math.round(face.y(13) + 0.04f * face.eyeDistance());
        int tooth = smile.data()[y * smile.width() + x] & 255;
        assertThat(painted.data()[y * smile.width() + x] & 255).isCloseTo(tooth, within(25));
    }

    @Test
    void closesASmilingMouth() {
        assertThat(face.opening()).isGreaterThan(0.08f);

        assertThat(faceIn(painted(MouthShape.REST, 1)).opening()).isLessThan(0.03f);
    }

    @Test
    void spreadsAndRoundsTheMouth() {
        float rest = width(faceIn(painted(open(0.05f), 1)));
        float spread = width(faceIn(painted(new MouthShape(0.05f, 0.08f, 0, 0, 0), 1)));
        float rounded = width(faceIn(painted(new MouthShape(0.05f, -0.08f, 0, 0, 0), 1)));

        assertThat(spread - rest).isBetween(0.03f, 0.12f);
        assertThat(rounded - rest).isBetween(-0.12f, -0.03f);
    }

    @Test
    void movesLittleBetweenShapesThatDifferLittle() {
        MouthPainter painter = new MouthPainter();
        Frame before = Pictures.copy(smile);
        painter.paint(before, face, open(0.1f), 1);
        Frame after = Pictures.copy(smile);
        painter.paint(after, face, open(0.104f), 1);

        long sum = 0;
        int count = 0;
        for (int i = 0; i < smile.width() * smile.height(); i++) {
            int change = Math.abs((before.data()[i] & 255) - (after.data()[i] & 255));
            sum += change;
            count += change > 0 ? 1 : 0;
        }
        assertThat((double) sum / Math.max(1, count)).isLessThan(4);
    }

    @Test
    void comesInGraduallyWithItsStrength() {
        double previous = 0;
        for (float strength : new float[] {0.25f, 0.5f, 0.75f, 1}) {
            double change = difference(painted(open(0.35f), strength), smile);
            assertThat(change).isGreaterThan(previous);
            previous = change;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.35, 0.6, 8})
    void paintsTinyAndHugeFaces(double scale) {
        Frame frame = scale > 1 ? astronaut(4) : astronaut(scale);
        Face found = faceIn(frame);
        Frame painted = Pictures.copy(frame);

        new MouthPainter().paint(painted, found, open(0.2f), 1);

        assertThat(difference(painted, frame)).isPositive();
    }

    @Test
    void paintsFacesPartlyOutsideTheFrame() {
        for (int[] shift : new int[][] {{-400, 0}, {400, 0}, {0, -200}, {0, 700}, {-2000, 0}}) {
            float[] mesh = shifted(face.mesh(), shift);
            float[] lips = shifted(face.lips(), shift);
            Frame painted = Pictures.copy(smile);

            new MouthPainter().paint(painted, new Face(mesh, face.depth(), lips, 1, 0), open(0.2f), 1);

            assertThat(painted.data()).hasSameSizeAs(smile.data());
        }
    }

    /** Yawns, heads that leave the picture, and what the mesh makes of hair and hands: none of it may end a job. */
    @Test
    void paintsWhateverMeshItIsGiven() {
        Random random = new Random(7);
        MouthPainter painter = new MouthPainter();
        Face shut = faceIn(painted(MouthShape.REST, 1));
        for (int i = 0; i < 300; i++) {
            Face from = random.nextBoolean() ? face : shut;
            float down = random.nextBoolean() ? face.eyeDistance() * random.nextFloat() * 1.2f : 0;
            float wild = face.eyeDistance() * new float[] {0, 0.02f, 0.1f, 0.5f}[i % 4];
            int[] shift = {0, i % 3 == 0 ? (int) (smile.height() * random.nextGaussian()) : 0};
            float[] mesh = disturbed(shifted(from.mesh(), shift), 0, wild, random);
            float[] lips = disturbed(shifted(from.lips(), shift), down, wild, random);
            float[] depth = from.depth().clone();
            depth[Landmarks.LEFT_EYE] += wild * (float) random.nextGaussian();
            Face found = new Face(mesh, depth, lips, 1, i / 10);
            MouthShape shape = new MouthShape(
                    random.nextFloat(),
                    random.nextFloat() - 0.5f,
                    random.nextFloat(),
                    random.nextFloat(),
                    random.nextFloat());
            Frame frame = Pictures.copy(smile);

            painter.study(frame, found, 2);
            painter.paint(frame, found, shape, random.nextBoolean() ? 1 : 0.5f);
        }
        assertThat(painter.knowsTeeth()).isTrue();
    }

    /** Points somewhere near, the lower lips moved down. */
    private static float[] disturbed(float[] points, float down, float wild, Random random) {
        float[] disturbed = points.clone();
        for (int i = 0; i < disturbed.length; i++) {
            boolean isLower = i % 2 == 1 && i / 2 % 20 < Landmarks.LIP_ALONG;
            disturbed[i] += wild * (float) random.nextGaussian() + (isLower ? down : 0);
        }
        return disturbed;
    }

    private Frame painted(MouthShape shape, float strength) {
        Frame painted = Pictures.copy(smile);
        new MouthPainter().paint(painted, face, shape, strength);
        return painted;
    }

    private static MouthShape open(float opening) {
        return new MouthShape(opening, 0, 0, 0, 0);
    }

    private static Face faceIn(Frame frame) {
        return Objects.requireNonNull(Models.tracker(FaceChoice.LARGEST).follow(frame));
    }

    private static float width(Face face) {
        return (float) Math.hypot(face.x(61) - face.x(291), face.y(61) - face.y(291)) / face.eyeDistance();
    }

    private static Frame astronaut(double scale) {
        int side = (int) (512 * scale) & ~1;
        BufferedImage image = Pictures.blank(side, side, 90);
        Pictures.draw(image, Pictures.astronaut(), side / 2.0, side / 2.0, scale, 0);
        return Pictures.frame(image);
    }

    private static float[] shifted(float[] points, int[] shift) {
        float[] shifted = points.clone();
        for (int i = 0; i < shifted.length; i += 2) {
            shifted[i] += shift[0];
            shifted[i + 1] += shift[1];
        }
        return shifted;
    }

    private static double difference(Frame a, Frame b) {
        double sum = 0;
        for (int i = 0; i < a.data().length; i++) {
            sum += Math.abs((a.data()[i] & 255) - (b.data()[i] & 255));
        }
        return sum;
    }
}
