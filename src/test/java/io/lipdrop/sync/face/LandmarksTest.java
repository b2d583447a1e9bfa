package io.lipdrop.sync.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.sync.face.Landmarks.LipRing;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The named points, on a face that was found in a real picture. */
class LandmarksTest {
    private final Face face =
            Objects.requireNonNull(Models.tracker(FaceChoice.LARGEST).follow(Pictures.frame(Pictures.astronaut())));

    @Test
    void pointsLieBelowEachOtherFromForeheadToChin() {
        int[] downwards = {
            Landmarks.FOREHEAD,
            Landmarks.NOSE_BRIDGE,
            Landmarks.NOSE_TIP,
            Landmarks.NOSE_BASE,
            Landmarks.UPPER_LIP_MIDDLE,
            Landmarks.CHIN
        };

        for (int i = 1; i < downwards.length; i++) {
            assertThat(face.y(downwards[i])).isGreaterThan(face.y(downwards[i - 1]));
        }
    }

    @Test
    void eyesAndMouthHaveTheirCornersInOrder() {
        assertThat(face.x(Landmarks.RIGHT_EYE)).isLessThan(face.x(Landmarks.RIGHT_EYE_INNER));
        assertThat(face.x(Landmarks.RIGHT_EYE_INNER)).isLessThan(face.x(Landmarks.LEFT_EYE_INNER));
        assertThat(face.x(Landmarks.LEFT_EYE_INNER)).isLessThan(face.x(Landmarks.LEFT_EYE));
        assertThat(face.x(Landmarks.MOUTH_RIGHT)).isLessThan(face.x(Landmarks.MOUTH_LEFT));
    }

    @Test
    void theJawIsThePartOfTheContourThatIsAlsoBelowTheMouth() {
        int[] contour = Landmarks.contour();
        int[] jaw = Landmarks.jaw();

        assertThat(contour).containsSubsequence(jaw).contains(Landmarks.CHIN);
        assertThat(jaw[0]).isEqualTo(132);
        assertThat(jaw[jaw.length - 1]).isEqualTo(361);
        assertThat(jaw[jaw.length / 2]).isEqualTo(Landmarks.CHIN);
        for (int i = 1; i < contour.length; i++) {
            assertThat(face.x(contour[i])).as("point %d", i).isGreaterThanOrEqualTo(face.x(contour[i - 1]) - 4);
        }
    }

    @Test
    void theCallersCopyOfAContourIsTheirOwn() {
        Landmarks.jaw()[0] = -1;

        assertThat(Landmarks.jaw()[0]).isEqualTo(132);
    }

    @Test
    void ringsOfTheLipsShareTheirCornersOnly() {
        Set<Integer> points = new HashSet<>();
        for (LipRing ring : LipRing.values()) {
            for (int k = 0; k < Landmarks.LIP_ALONG; k++) {
                points.add(ring.lower(k));
                points.add(ring.upper(k));
            }
            assertThat(ring.lower(0)).isEqualTo(ring.upper(0));
            assertThat(ring.lower(Landmarks.LIP_ALONG - 1)).isEqualTo(ring.upper(Landmarks.LIP_ALONG - 1));
        }

        assertThat(points).hasSize(Face.LIP_POINTS);
        assertThat(Landmarks.meshPoint(LipRing.OUTER.lower(0))).isEqualTo(Landmarks.MOUTH_RIGHT);
        assertThat(Landmarks.meshPoint(LipRing.INNER.upper(5))).isEqualTo(Landmarks.UPPER_LIP_MIDDLE);
    }

    @Test
    void aFaceFadesAsItTurnsAway() {
        float yaw = Math.abs(face.yaw());

        assertThat(face.facing(yaw + 0.1f, yaw + 0.5f)).isEqualTo(1);
        assertThat(face.facing(yaw - 0.2f, yaw + 0.2f)).isCloseTo(0.5f, within(1e-5f));
        assertThat(face.facing(yaw - 0.5f, yaw - 0.1f)).isZero();
        assertThat(Arrays.stream(Landmarks.brows()).mapToDouble(face::y).max().orElse(0))
                .isLessThan(face.y(Landmarks.RIGHT_EYE));
    }
}
