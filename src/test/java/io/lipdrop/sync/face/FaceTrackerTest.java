package io.lipdrop.sync.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.frame.Frame;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaceTrackerTest {
    private final BufferedImage astronaut = Pictures.astronaut();

    @Test
    void staysOnAPanningFace() {
        FaceTracker tracker = Models.tracker(FaceChoice.LARGEST);
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
    void followsTheFaceThatIsAskedFor(FaceChoice choice, float about) {
        BufferedImage image = Pictures.blank(1280, 720, 90);
        Pictures.draw(image, astronaut, 250, 360, 0.7, 0);
        Pictures.draw(image, astronaut, 640, 360, 0.75, 0);
        Pictures.draw(image, astronaut, 1050, 360, 0.9, 0);

        Face face = Objects.requireNonNull(Models.tracker(choice).follow(Pictures.frame(image)));

        assertThat(face.x(1)).isCloseTo(about, within(60f));
    }

    /** A camera that hangs from the ceiling, a telephone without a flag, someone on a sofa. */
    @ParameterizedTest
    @ValueSource(ints = {45, 90, 120, 150, 165, 180, 195, 210, 240, 270, 315})
    void placesTheMeshOnAFaceThatIsTurnedByAnyAngle(int degrees) {
        BufferedImage upright = Pictures.blank(720, 720, 90);
        Pictures.draw(upright, astronaut, 360, 360, 1, 0);
        Face before = Objects.requireNonNull(Models.tracker(FaceChoice.LARGEST).follow(Pictures.frame(upright)));
        BufferedImage image = Pictures.blank(720, 720, 90);
        Pictures.draw(image, astronaut, 360, 360, 1, degrees);

        Face face = Objects.requireNonNull(Models.tracker(FaceChoice.LARGEST).follow(Pictures.frame(image)));

        double turn = Math.toRadians(degrees);
        for (int point : new int[] {1, 13, 152, Landmarks.LEFT_EYE, Landmarks.RIGHT_EYE}) {
            double x = before.x(point) - 360;
            double y = before.y(point) - 360;
            assertThat((double) face.x(point))
                    .as("x of point %d", point)
                    .isCloseTo(360 + x * Math.cos(turn) - y * Math.sin(turn), within(10.0));
            assertThat((double) face.y(point))
                    .as("y of point %d", point)
                    .isCloseTo(360 + x * Math.sin(turn) + y * Math.cos(turn), within(10.0));
        }
        assertThat(face.score()).isGreaterThan(0.9f);
    }

    @Test
    void followsAFaceThatTurnsAllTheWayRound() {
        FaceTracker tracker = Models.tracker(FaceChoice.LARGEST);
        for (int degrees = 0; degrees <= 360; degrees += 12) {
            BufferedImage image = Pictures.blank(720, 720, 90);
            Pictures.draw(image, astronaut, 360, 360, 1, degrees);
            Face face = Objects.requireNonNull(tracker.follow(Pictures.frame(image)), "at " + degrees);

            double off = Math.IEEEremainder(Math.toDegrees(face.roll()) - degrees, 360);
            assertThat(off).as("at %d degrees", degrees).isBetween(-20.0, 20.0);
        }
    }

    @Test
    void seesThatTheFaceIsGoneAndThatItIsBack() {
        FaceTracker tracker = Models.tracker(FaceChoice.LARGEST);
        Frame with = Pictures.frame(astronaut);
        Frame without = Pictures.frame(Pictures.blank(512, 512, 100));

        assertThat(tracker.follow(with)).isNotNull();
        assertThat(tracker.follow(without)).isNull();
        assertThat(tracker.follow(without)).isNull();
        assertThat(tracker.follow(with)).isNotNull();
    }

    @Test
    void countsSceneCuts() {
        FaceTracker tracker = Models.tracker(FaceChoice.LARGEST);
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

    @ParameterizedTest
    @ValueSource(ints = {8, 25})
    void countsThePeopleWhoDissolveIntoEachOther(int mixed) {
        FaceTracker tracker = Models.tracker(FaceChoice.LARGEST);
        tracker.resume(4);
        Frame first = Pictures.frame(astronaut);
        Frame second = Pictures.frame(someoneElse());
        List<Integer> shots = new ArrayList<>();
        for (int i = -20; i < mixed + 20; i++) {
            Frame frame = Pictures.mixed(first, second, Math.max(0, Math.min(1, (float) i / mixed)));
            shots.add(Objects.requireNonNull(tracker.follow(frame)).shot());
        }

        assertThat(shots.subList(0, 20)).as("before").containsOnly(4);
        assertThat(shots.subList(mixed + 23, shots.size())).as("after").containsOnly(shots.get(shots.size() - 1));
        assertThat(shots.get(shots.size() - 1)).isBetween(5, 6);
    }

    /** Seen from the other side, darker and with sallow skin. */
    private BufferedImage someoneElse() {
        BufferedImage image = Pictures.blank(astronaut.getWidth(), astronaut.getHeight(), 0);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                Color was = new Color(astronaut.getRGB(image.getWidth() - 1 - x, y));
                image.setRGB(x, y, new Color(was.getRed() * 2 / 3, was.getGreen() * 3 / 4, was.getBlue() / 2).getRGB());
            }
        }
        return image;
    }

    @Test
    void seesThatTheAstronautSmilesWithOpenLips() {
        Face face = Objects.requireNonNull(Models.tracker(FaceChoice.LARGEST).follow(Pictures.frame(astronaut)));

        assertThat(face.score()).isGreaterThan(0.9f);
        assertThat(face.opening()).isBetween(0.08f, 0.16f);
        assertThat(face.yaw()).isCloseTo(0, within(0.2f));
    }

    @Test
    void looksAtFacesPartlyOutsideTheFrame() {
        BufferedImage image = Pictures.blank(320, 240, 90);
        Pictures.draw(image, astronaut, 20, 150, 1.2, 0);

        Face face = Models.tracker(FaceChoice.LARGEST).follow(Pictures.frame(image));

        if (face != null) {
            assertThat(face.mesh()).hasSize(2 * Face.POINTS);
        }
    }

    @ParameterizedTest
    @CsvSource({"0x202020", "0xB08060"})
    void seesThatSomethingHidesTheMouth(String colour) {
        FaceTracker tracker = Models.tracker(FaceChoice.LARGEST);
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
