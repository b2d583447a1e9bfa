package io.lipdrop.sync.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.media.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faces of 100 pixels between the eyes: the upper half is forehead and cheeks, in the lower lies the mouth. */
class MouthViewTest {
    private static final int SIZE = 256;
    private static final int EYES = 100;
    private static final int SKIN = 150;
    private static final int FRAMES = 12;
    private static final float HALF = 0.5f;

    private final MouthView view = new MouthView();

    @Test
    void seesWhatComesBeforeTheMouth() {
        watch(SKIN, SKIN, 0);
        assertThat(watch(60, 60, 0)).allSatisfy(visible -> assertThat(visible).isLessThan(HALF));
    }

    @ParameterizedTest
    @ValueSource(floats = {0.5f, -0.5f})
    void aHeadThatTurnsComesIntoOtherLight(float yaw) {
        watch(SKIN, SKIN, 0);
        assertThat(watch(SKIN, 90, yaw))
                .allSatisfy(visible -> assertThat(visible).isGreaterThan(HALF));
    }

    @Test
    void theSameLightOnAHeadThatKeepsStillIsSomethingElse() {
        watch(SKIN, SKIN, 0);
        assertThat(watch(SKIN, 90, 0))
                .last()
                .satisfies(visible -> assertThat(visible).isLessThan(HALF));
    }

    @Test
    void seesWhatIsQuiteOtherBeforeAHeadThatTurns() {
        watch(SKIN, SKIN, 0);
        assertThat(watch(20, 20, HALF))
                .allSatisfy(visible -> assertThat(visible).isLessThan(HALF));
    }

    /** A picture that wipes or fades into the next begins with what is no mouth. */
    @Test
    void whatWasInViewForAMomentOnlyIsSoonForgotten() {
        view.visible(frame(60), face(0));
        List<Float> seen = watch(SKIN, SKIN, 0);
        assertThat(seen.subList(0, FRAMES - 1))
                .allSatisfy(visible -> assertThat(visible).isLessThan(HALF));
        assertThat(watch(SKIN, SKIN, 0).subList(1, FRAMES))
                .allSatisfy(visible -> assertThat(visible).isGreaterThan(HALF));
    }

    @Test
    void whatRestsBeforeTheMouthIsNotSoonPartOfTheFace() {
        for (int i = 0; i < 5; i++) {
            watch(SKIN, SKIN, 0);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(watch(60, 60, 0))
                    .allSatisfy(visible -> assertThat(visible).isLessThan(HALF));
        }
    }

    /** How visible the mouth is while the skin round it goes from one luma to another and the head from straight to a pose. */
    private List<Float> watch(int from, int to, float yaw) {
        List<Float> seen = new ArrayList<>();
        for (int i = 1; i <= FRAMES; i++) {
            float part = (float) i / FRAMES;
            seen.add(view.visible(frame(Math.round(from + (to - from) * part)), face(yaw * part)));
        }
        return seen;
    }

    private static Frame frame(int round) {
        Frame frame = new Frame(SIZE, SIZE);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                frame.data()[frame.lumaOffset() + y * SIZE + x] = (byte) (y < SIZE / 2 ? SKIN : round);
            }
        }
        return frame;
    }

    private static Face face(float yaw) {
        float[] mesh = new float[2 * Face.POINTS];
        float[] depth = new float[Face.POINTS];
        for (int point = 0; point < Face.POINTS; point++) {
            set(mesh, point, SIZE / 2f, SIZE * 3 / 4f);
        }
        for (int point : MouthView.UPPER_FACE) {
            set(mesh, point, SIZE / 2f, SIZE / 4f);
        }
        set(mesh, Landmarks.RIGHT_EYE, (SIZE - EYES) / 2f, SIZE / 4f);
        set(mesh, Landmarks.LEFT_EYE, (SIZE + EYES) / 2f, SIZE / 4f);
        depth[Landmarks.LEFT_EYE] = EYES * (float) Math.tan(yaw);
        return new Face(mesh, depth, new float[2 * Face.LIP_POINTS], 1, 0);
    }

    private static void set(float[] mesh, int point, float x, float y) {
        mesh[2 * point] = x;
        mesh[2 * point + 1] = y;
    }
}
