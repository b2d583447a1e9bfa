package io.lipdrop.sync.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.frame.Frame;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaceDetectorTest {
    private final FaceDetector detector = new FaceDetector(Models.DETECTOR);

    @Test
    void findsTheAstronautsFace() {
        List<Box> faces = detector.detect(Pictures.frame(Pictures.astronaut()));

        assertThat(faces).hasSize(1);
        Box face = faces.get(0);
        assertThat(face.centerX()).isCloseTo(223, within(15f));
        assertThat(face.centerY()).isCloseTo(120, within(20f));
        assertThat(face.width()).isBetween(70f, 130f);
    }

    @Test
    void findsNoFaceInAFlatPicture() {
        assertThat(detector.detect(Pictures.frame(Pictures.blank(640, 360, 128))))
                .isEmpty();
    }

    @Test
    void findsNoFaceInNoise() {
        Frame frame = new Frame(640, 480);
        new Random(1).nextBytes(frame.data());

        assertThat(detector.detect(frame)).isEmpty();
    }

    @Test
    void findsASmallFaceWhenItLooksCloser() {
        BufferedImage image = Pictures.blank(1920, 1080, 90);
        Pictures.draw(image, Pictures.astronaut(), 1300, 600, 0.4, 0);
        Frame frame = Pictures.frame(image);

        assertThat(detector.detectCloser(frame)).hasSize(1);
    }
}
