package io.lipdrop.sync.warp.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.Landmarks;
import org.junit.jupiter.api.Test;

class SpeakingRangeTest {
    private static final float EYES = 100;
    /** What voices usually ask for. */
    private static final float PEAK = 0.1f;

    private static final float WIDTHS = 0.085f;

    private static final MouthScale USUAL = new SpeakingRange().scale(PEAK, WIDTHS, 1);

    @Test
    void opensTheMouthAsFarAsTheTalkerDoes() {
        for (float peak : new float[] {0.06f, 0.16f, 0.22f}) {
            float scale = talker(peak, 100).scale(PEAK, WIDTHS, 1).opening();

            assertThat(scale * PEAK).isCloseTo(peak, withinPercentage(12));
        }
    }

    @Test
    void spreadsTheMouthAsFarAsTheTalkerDoes() {
        float scale = talker(0.16f, 100).scale(PEAK, WIDTHS, 1).width();

        assertThat(scale * WIDTHS).isCloseTo(0.12f, withinPercentage(8));
    }

    @Test
    void opensTheMouthAlikeForLoudVoicesAndForSoftOnes() {
        SpeakingRange talker = talker(0.16f, 100);

        assertThat(2 * talker.scale(2 * PEAK, WIDTHS, 1).opening())
                .isCloseTo(talker.scale(PEAK, WIDTHS, 1).opening(), within(1e-4f));
    }

    @Test
    void believesFewLooksLess() {
        float few = talker(0.06f, 6).scale(PEAK, WIDTHS, 1).opening();
        float many = talker(0.06f, 100).scale(PEAK, WIDTHS, 1).opening();

        assertThat(few).isBetween(many + 0.1f, USUAL.opening() - 0.1f);
    }

    @Test
    void takesAPersonWhoWasNotSeenToTalkForAUsualOne() {
        assertThat(USUAL.opening() * PEAK).isCloseTo(0.153f, within(1e-4f));
        assertThat(talker(0.02f, 100).scale(PEAK, WIDTHS, 1)).isEqualTo(USUAL);
    }

    @Test
    void doesNotTakeASmileForTalk() {
        SpeakingRange range = new SpeakingRange();
        for (int i = 0; i < 100; i++) {
            range.look(face(0.08f + 0.0002f * i, 0.6f, 0));
        }

        assertThat(range.scale(PEAK, WIDTHS, 1)).isEqualTo(USUAL);
    }

    @Test
    void doesNotMeasureHeadsThatAreTurnedAway() {
        SpeakingRange range = new SpeakingRange();
        for (int i = 0; i < 100; i++) {
            range.look(face(0.2f * (i % 2), 0.5f, 80));
        }

        assertThat(range.isKnown()).isFalse();
        assertThat(range.scale(PEAK, WIDTHS, 1)).isEqualTo(USUAL);
    }

    @Test
    void givesMoreOrLessToWhoAsksForIt() {
        SpeakingRange talker = talker(0.16f, 100);
        MouthScale usual = talker.scale(PEAK, WIDTHS, 1);

        MouthScale half = talker.scale(PEAK, WIDTHS, 0.5);
        assertThat(half.opening()).isCloseTo(usual.opening() / 2, within(1e-4f));
        assertThat(half.width()).isCloseTo(usual.width() / 2, within(1e-4f));
    }

    @Test
    void doesNotMakeAWhisperAShout() {
        assertThat(new SpeakingRange().scale(0.01f, 0, 1).opening()).isLessThan(2.5f);
    }

    @Test
    void knowsARangeAfterSomeSecondsOfTalk() {
        assertThat(talker(0.16f, 20).isKnown()).isFalse();
        assertThat(talker(0.16f, 100).isKnown()).isTrue();
    }

    /** Half of the looks at openings up to the peak, half at closed lips. */
    private static SpeakingRange talker(float peak, int looks) {
        SpeakingRange range = new SpeakingRange();
        for (int i = 0; i < looks; i++) {
            float part = i % 2 == 0 ? 0 : (i + 1f) / looks;
            range.look(face(peak * part, 0.5f + 0.13f * part, 0));
        }
        return range;
    }

    private static Face face(float opening, float width, float turned) {
        float[] mesh = new float[2 * Face.POINTS];
        float[] depth = new float[Face.POINTS];
        set(mesh, Landmarks.RIGHT_EYE, -EYES / 2, 0);
        set(mesh, Landmarks.LEFT_EYE, EYES / 2, 0);
        depth[Landmarks.LEFT_EYE] = turned;
        set(mesh, 2, 0, 50);
        set(mesh, Landmarks.MOUTH_RIGHT, -width * EYES / 2, 80);
        set(mesh, Landmarks.MOUTH_LEFT, width * EYES / 2, 80);
        for (int[] gap : new int[][] {{13, 14}, {82, 87}, {312, 317}}) {
            set(mesh, gap[0], 0, 80);
            set(mesh, gap[1], 0, 80 + opening * EYES);
        }
        return new Face(mesh, depth, new float[2 * Face.LIP_POINTS], 1, 0);
    }

    private static void set(float[] mesh, int point, float x, float y) {
        mesh[2 * point] = x;
        mesh[2 * point + 1] = y;
    }
}
