package io.lipdrop.sync.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.Frame;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceTrackerTest {
    private final BufferedImage astronaut = Pictures.astronaut();

    @Test
    void staysOnAPanningFace() {
        FaceTracker tracker = Models.tracker(Choice.LARGEST);
        for (int i = 0; i < 25; i++) {
            BufferedImage image = Pictures.blank(960, 540, 90);
            Pictures.draw(image, astronaut, 300 + 14 * i, 270, 1, 0.4 * i);
            Face face = Objects.requireNonNull(tracker.follow(Pictures.frame(image)), "frame " + i);

            // The face sits 33 pixels left of and about 140 above the picture's middle, which turns about itself.
            double turned = Math.toRadians(0.4 * i);
            assertThat(face.x(1)).isCloseTo((float) (300 + 14 * i - 33 + 136 * Math.sin(turned)), within(12f));
            assertThat(face.shot()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"LEFT, 250", "RIGHT, 1050", "LARGEST, 1050", "CENTER, 640"})
    void followsTheFaceThatIsAskedFor(Choice choice, float about) {
        BufferedImage image = Pictures.blank(1280, 720, 90);
        Pictures.draw(image, astronaut, 250, 360, 0.7, 0);
        Pictures.draw(image, astronaut, 640, 360, 0.75, 0);
        Pictures.draw(image, astronaut, 1050, 360, 0.9, 0);

        Face face = Objects.requireNonNull(Models.tracker(choice).follow(Pictures.frame(image)));

        assertThat(face.x(1)).isCloseTo(about, within(60f));
    }

    @Test
    void seesThatTheFaceIsGoneAndThatItIsBack() {
        FaceTracker tracker = Models.tracker(Choice.LARGEST);
        Frame with = Pictures.frame(astronaut);
        Frame without = Pictures.frame(Pictures.blank(512, 512, 100));

        assertThat(tracker.follow(with)).isNotNull();
        assertThat(tracker.follow(without)).isNull();
        assertThat(tracker.follow(without)).isNull();
        assertThat(tracker.follow(with)).isNotNull();
    }

    @Test
    void countsSceneCuts() {
        FaceTracker tracker = Models.tracker(Choice.LARGEST);
        BufferedImage dark = Pictures.blank(960, 540, 20);
        Pictures.draw(dark, astronaut, 300, 270, 1, 0);
        BufferedImage bright = Pictures.blank(960, 540, 220);
        Pictures.draw(bright, astronaut, 700, 270, 1, 0);
        Face before = null;
        for (int i = 0; i < 5; i++) {
            before = tracker.follow(Pictures.frame(dark));
        }
        Face after = tracker.follow(Pictures.frame(bright));

        assertThat(Objects.requireNonNull(before).shot()).isZero();
        assertThat(Objects.requireNonNull(after).shot()).isEqualTo(1);
    }

    @Test
    void seesThatTheAstronautSmilesWithOpenLips() {
        Face face = Objects.requireNonNull(Models.tracker(Choice.LARGEST).follow(Pictures.frame(astronaut)));

        assertThat(face.score()).isGreaterThan(0.9f);
        assertThat(face.opening()).isBetween(0.08f, 0.16f);
        assertThat(face.yaw()).isCloseTo(0, within(0.2f));
    }

    @Test
    void looksAtFacesPartlyOutsideTheFrame() {
        BufferedImage image = Pictures.blank(320, 240, 90);
        Pictures.draw(image, astronaut, 20, 150, 1.2, 0);

        Face face = Models.tracker(Choice.LARGEST).follow(Pictures.frame(image));

        if (face != null) {
            assertThat(face.mesh()).hasSize(2 * Face.POINTS);
        }
    }

    @ParameterizedTest
    @CsvSource({"0x202020", "0xB08060"})
    void seesThatSomethingHidesTheMouth(String colour) {
        FaceTracker tracker = Models.tracker(Choice.LARGEST);
        List<Float> scores = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            BufferedImage image = Pictures.blank(512, 512, 90);
            Pictures.draw(image, astronaut, 256, 256, 1, 0);
            if (i >= 15 && i < 30) {
                Graphics2D g = image.createGraphics();
                g.setColor(Color.decode(colour));
                g.fillOval(165, 115, 120, 70);
                g.dispose();
            }
            Face face = tracker.follow(Pictures.frame(image));
            scores.add(face == null ? 0 : face.score());
        }

        assertThat(scores.subList(0, 15)).allSatisfy(score -> assertThat(score).isGreaterThan(0.8f));
        assertThat(scores.subList(16, 30)).allSatisfy(score -> assertThat(score).isLessThan(0.5f));
        assertThat(scores.subList(31, 40)).allSatisfy(score -> assertThat(score).isGreaterThan(0.8f));
    }
}
