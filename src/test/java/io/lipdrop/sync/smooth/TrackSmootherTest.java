package io.lipdrop.sync.smooth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceChoice;
import io.lipdrop.sync.face.Models;
import io.lipdrop.sync.face.Pictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrackSmootherTest {
    private Face astronaut = new Face(new float[0], new float[0], new float[0], 0, 0);

    @BeforeEach
    void findTheFace() {
        astronaut =
                Objects.requireNonNull(Models.tracker(FaceChoice.LARGEST).follow(Pictures.frame(Pictures.astronaut())));
    }

    @Test
    void givesEachFrameOnceAndInOrder() {
        TrackSmoother smoother = new TrackSmoother();
        List<Tracked> out = new ArrayList<>();
        for (int i = 0; i < TrackSmoother.LOOK_AHEAD; i++) {
            assertThat(smoother.push(moved(i, 0, 0))).isEmpty();
        }
        for (int i = TrackSmoother.LOOK_AHEAD; i < 20; i++) {
            out.add(smoother.push(moved(i, 0, 0)).orElseThrow());
        }
        out.addAll(smoother.flush());

        assertThat(out).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(face(out.get(i)).x(1)).isCloseTo(astronaut.x(1) + i, within(0.3f));
        }
        assertThat(smoother.flush()).isEmpty();
    }

    @Test
    void holdsAStillFaceSteady() {
        Random random = new Random(3);
        List<@Nullable Face> in = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            in.add(trembling(random));
        }
        List<Tracked> out = smoothed(in);

        assertThat(roughness(out))
                .isLessThan(
                        0.35 * roughness(in.stream().map(f -> new Tracked(f, 1)).toList()));
    }

    @Test
    void doesNotLagBehindAHeadThatStartsToMoveFast() {
        List<@Nullable Face> in = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            in.add(moved(i < 20 ? 0 : 6f * (i - 20), 0, 0));
        }
        List<Tracked> out = smoothed(in);

        for (int i = 0; i < 40; i++) {
            assertThat(face(out.get(i)).x(1))
                    .as("frame %d", i)
                    .isCloseTo(Objects.requireNonNull(in.get(i)).x(1), within(0.8f));
        }
    }

    @Test
    void bridgesABlinkOfTheTracker() {
        List<@Nullable Face> in = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            in.add(i == 14 || i == 15 ? null : moved(2 * i, 0, 0));
        }
        List<Tracked> out = smoothed(in);

        assertThat(out).allSatisfy(tracked -> assertThat(tracked.strength()).isEqualTo(1));
        assertThat(face(out.get(14)).x(1)).isCloseTo(astronaut.x(1) + 28, within(0.5f));
    }

    @Test
    void passesOverAFrameInWhichTheTrackerSlipped() {
        List<@Nullable Face> in = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            in.add(i == 14 ? moved(25, 10, 0) : moved(0, 0, 0));
        }
        List<Tracked> out = smoothed(in);

        assertThat(face(out.get(14)).x(1)).isCloseTo(astronaut.x(1), within(0.5f));
    }

    @Test
    void fadesWhereTheFaceGoesAndComes() {
        List<@Nullable Face> in = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            in.add(i >= 20 && i < 40 ? null : moved(0, 0, 0));
        }
        List<Tracked> out = smoothed(in);

        assertThat(out.get(10).strength()).isEqualTo(1);
        assertThat(out.get(30).strength()).isZero();
        assertThat(out.get(30).face()).isNull();
        for (int i = 1; i < 60; i++) {
            float step = Math.abs(out.get(i).strength() - out.get(i - 1).strength());
            assertThat(step).as("frame %d", i).isLessThan(0.3f);
        }
    }

    @Test
    void doesNotSmoothAcrossASceneCut() {
        List<@Nullable Face> in = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            in.add(i < 20 ? moved(0, 0, 0) : moved(5, 0, 1));
        }
        List<Tracked> out = smoothed(in);

        assertThat(face(out.get(19)).x(1)).isCloseTo(astronaut.x(1), within(0.01f));
        assertThat(face(out.get(20)).x(1)).isCloseTo(astronaut.x(1) + 5, within(0.01f));
        assertThat(out).allSatisfy(tracked -> assertThat(tracked.strength()).isEqualTo(1));
    }

    private static List<Tracked> smoothed(List<@Nullable Face> faces) {
        TrackSmoother smoother = new TrackSmoother();
        List<Tracked> out = new ArrayList<>();
        for (Face face : faces) {
            smoother.push(face).ifPresent(out::add);
        }
        out.addAll(smoother.flush());
        return out;
    }

    private static double roughness(List<Tracked> faces) {
        double sum = 0;
        for (int i = 1; i < faces.size(); i++) {
            Face a = face(faces.get(i - 1));
            Face b = face(faces.get(i));
            sum += Math.hypot(a.x(13) - b.x(13), a.y(13) - b.y(13));
        }
        return sum / faces.size();
    }

    private static Face face(Tracked tracked) {
        return Objects.requireNonNull(tracked.face());
    }

    private Face moved(float dx, float dy, int shot) {
        return new Face(moved(astronaut.mesh(), dx, dy), astronaut.depth(), moved(astronaut.lips(), dx, dy), 1, shot);
    }

    private static float[] moved(float[] points, float dx, float dy) {
        float[] moved = points.clone();
        for (int i = 0; i < moved.length; i += 2) {
            moved[i] += dx;
            moved[i + 1] += dy;
        }
        return moved;
    }

    /** What the mesh does on a still face: all points a little together, each a little by itself. */
    private Face trembling(Random random) {
        float dx = (float) random.nextGaussian() * 0.15f;
        float dy = (float) random.nextGaussian() * 0.15f;
        float[] mesh = moved(astronaut.mesh(), dx, dy);
        float[] lips = moved(astronaut.lips(), dx, dy);
        for (int i = 0; i < mesh.length; i++) {
            mesh[i] += (float) random.nextGaussian() * 0.15f;
        }
        for (int i = 0; i < lips.length; i++) {
            lips[i] += (float) random.nextGaussian() * 0.15f;
        }
        return new Face(mesh, astronaut.depth(), lips, 1, 0);
    }
}
