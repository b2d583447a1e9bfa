package io.lipdrop.sync.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.media.frame.Frame;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faces of 100 pixels between the eyes that have another brightness and colour at each place. */
class FamiliarFacesTest {
    private static final int EYES = 100;
    private static final int APART = 8;
    /** What is looked at is nearer to a place than this. */
    private static final int SEEN = 6;

    private static final int COLUMNS = 12;
    private static final int SIZE = 2 * APART * COLUMNS;
    private static final int PURE = 50;

    private final FamiliarFaces familiar = new FamiliarFaces();
    private final Random noise = new Random(1);
    private int shot;
    private float size = 1;

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12, 25, 50})
    void tellsWhenOnePersonDissolvesIntoAnother(int mixed) {
        Person first = new Person(1);
        Person second = new Person(2);
        show(first, PURE, 0);
        assertThat(shot).isZero();

        for (int i = 1; i <= mixed; i++) {
            look(first.mixedWith(second, (float) i / mixed), 0);
        }
        show(second, 3, 0);
        assertThat(shot).as("known before the picture has settled").isPositive();
        int then = shot;
        show(second, PURE, 0);
        assertThat(shot).as("the second person stays").isLessThanOrEqualTo(then + 1);
        show(first, 3, 0);
        assertThat(shot).as("the first one is known").isZero();
    }

    @Test
    void staysWithAPersonInNoiseAndInOtherLight() {
        Person person = new Person(1);
        for (int i = 0; i < 4 * PURE; i++) {
            look(person.litBy(0.6f + 0.4f * (float) Math.cos(i / 20.0), 1 + 0.25f * (float) Math.sin(i / 15.0)), 0, 12);
        }
        assertThat(shot).isZero();
    }

    @Test
    void staysWithAPersonWhoTurnsIntoOtherLight() {
        Person person = new Person(1);
        Person turned = person.mixedWith(new Person(2), 0.35f);
        show(person, PURE, 0);
        for (int i = 1; i <= 20; i++) {
            look(person.mixedWith(turned, i / 20f), 0.5f * i / 20);
        }
        show(turned, PURE, 0.5f);
        show(person, PURE, 0);
        assertThat(shot).isZero();
    }

    @Test
    void staysWithAPersonWhoseBrowsAndEyesMoveOrWhoIsCoveredForAMoment() {
        Person person = new Person(1);
        show(person, PURE, 0);
        for (int i = 0; i < 10; i++) {
            show(person.changed(0.3f), 8, 0);
            show(person, 8, 0);
            show(new Person(2), 2, 0);
            show(person, 8, 0);
        }
        assertThat(shot).isZero();
    }

    @Test
    void remembersWhatStays() {
        Person person = new Person(1);
        Person powdered = person.changed(0.3f);
        show(person, PURE, 0);
        show(powdered, 4 * PURE, 0);
        show(powdered.changed(0.3f), 2 * PURE, 0);
        assertThat(shot).isZero();
    }

    @Test
    void knowsAPersonAgainAfterCuts() {
        for (int i = 0; i < 3; i++) {
            show(new Person(1), PURE, 0);
            assertThat(shot).isZero();
            familiar.cut();
            show(new Person(2), PURE, 0);
            assertThat(shot).isEqualTo(1);
            familiar.cut();
        }
        show(new Person(3), 1, 0);
        assertThat(shot).isEqualTo(2);
    }

    /** There the lips jump, and nothing of before may be smoothed into them. */
    @Test
    void aCutWithinOnePersonBeginsANewShot() {
        show(new Person(1), PURE, 0);
        familiar.cut();
        show(new Person(1), PURE, 0);
        assertThat(shot).isEqualTo(1);
    }

    @Test
    void aCutToAPersonOfAnotherSizeBeginsANewShot() {
        show(new Person(1), PURE, 0);
        familiar.cut();
        show(new Person(2), PURE, 0);
        familiar.cut();
        size = 1.5f;
        show(new Person(1), PURE, 0);
        assertThat(shot).isEqualTo(2);
    }

    @Test
    void countsOnFromWhereItResumes() {
        familiar.resume(4);
        show(new Person(1), PURE, 0);
        assertThat(shot).isEqualTo(4);
        show(new Person(2), PURE, 0);
        assertThat(shot).isEqualTo(5);
    }

    private void show(Person person, int times, float yaw) {
        for (int i = 0; i < times; i++) {
            look(person, yaw);
        }
    }

    private void look(Person person, float yaw) {
        look(person, yaw, 4);
    }

    private void look(Person person, float yaw, float grain) {
        shot = familiar.shotOf(person.frame(noise, grain), face(yaw));
    }

    private Face face(float yaw) {
        float[] mesh = new float[2 * Face.POINTS];
        float[] depth = new float[Face.POINTS];
        for (int i = 0; i < FaceLook.PLACES.length; i++) {
            mesh[2 * FaceLook.PLACES[i]] = x(i);
            mesh[2 * FaceLook.PLACES[i] + 1] = y(i);
        }
        mesh[2 * Landmarks.LEFT_EYE] = mesh[2 * Landmarks.RIGHT_EYE] + size * EYES;
        mesh[2 * Landmarks.LEFT_EYE + 1] = mesh[2 * Landmarks.RIGHT_EYE + 1];
        depth[Landmarks.LEFT_EYE] = depth[Landmarks.RIGHT_EYE] + size * EYES * (float) Math.tan(yaw);
        return new Face(mesh, depth, new float[2 * Face.LIP_POINTS], 1, 0);
    }

    private static int x(int place) {
        return APART + 2 * APART * (place % COLUMNS);
    }

    private static int y(int place) {
        return APART + 2 * APART * (place / COLUMNS);
    }

    /** Luma and chroma of each place. */
    private static final class Person {
        private final float[][] looks;

        Person(float[][] looks) {
            this.looks = looks;
        }

        Person(int seed) {
            this(new float[FaceLook.PLACES.length][]);
            Random random = new Random(seed);
            for (int i = 0; i < looks.length; i++) {
                looks[i] = new float[] {
                    130 + 35 * (float) random.nextGaussian(),
                    112 + 6 * (float) random.nextGaussian(),
                    150 + 6 * (float) random.nextGaussian()
                };
            }
        }

        Person mixedWith(Person other, float part) {
            float[][] mixed = new float[looks.length][3];
            for (int i = 0; i < mixed.length; i++) {
                for (int k = 0; k < 3; k++) {
                    mixed[i][k] = looks[i][k] + part * (other.looks[i][k] - looks[i][k]);
                }
            }
            return new Person(mixed);
        }

        Person litBy(float light, float colour) {
            float[][] lit = new float[looks.length][];
            for (int i = 0; i < lit.length; i++) {
                lit[i] = new float[] {
                    16 + light * (looks[i][0] - 16),
                    128 + colour * (looks[i][1] - 128),
                    128 + colour * (looks[i][2] - 128)
                };
            }
            return new Person(lit);
        }

        /** Some places look quite other. */
        Person changed(float share) {
            Person changed = mixedWith(this, 0);
            for (int i = 0; i < share * looks.length; i++) {
                changed.looks[i][0] = 276 - changed.looks[i][0];
            }
            return changed;
        }

        Frame frame(Random noise, float grain) {
            Frame frame = new Frame(SIZE, SIZE);
            for (int i = 0; i < looks.length; i++) {
                for (int y = y(i) - SEEN; y < y(i) + SEEN; y++) {
                    for (int x = x(i) - SEEN; x < x(i) + SEEN; x++) {
                        int chroma = y / 2 * (SIZE / 2) + x / 2;
                        frame.data()[y * SIZE + x] = level(looks[i][0], noise, grain);
                        frame.data()[frame.cbOffset() + chroma] = level(looks[i][1], noise, grain / 2);
                        frame.data()[frame.crOffset() + chroma] = level(looks[i][2], noise, grain / 2);
                    }
                }
            }
            return frame;
        }

        private static byte level(float mean, Random noise, float grain) {
            return (byte) Math.max(16, Math.min(235, Math.round(mean + grain * (float) noise.nextGaussian())));
        }
    }
}
