package io.lipdrop.sync.warp.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceChoice;
import io.lipdrop.sync.face.Models;
import io.lipdrop.sync.face.Pictures;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.MouthPainter;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.LipCurves;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A talker made from the astronaut: the painter itself draws what she says, then has to take it away again. */
class RestMouthTest {
    private static final int SIDE = 1024;
    private static final float[] SAID = {0.05f, 0.15f, 0.1f, 0.2f, 0.02f, 0.12f, 0.18f, 0.08f};

    private Frame atRest = new Frame(2, 2);
    private Face rest = new Face(new float[0], new float[0], new float[0], 0, 0);
    private MouthPainter painter = new MouthPainter();

    @BeforeEach
    void restFirst() {
        BufferedImage image = Pictures.blank(SIDE, SIDE, 90);
        Pictures.draw(image, Pictures.astronaut(), SIDE / 2.0, SIDE / 2.0, 2, 0);
        Frame smile = Pictures.frame(image);
        atRest = said(smile, faceIn(smile), 0);
        rest = faceIn(atRest);
        painter = new MouthPainter();
        for (int i = 0; i < 12; i++) {
            painter.study(atRest, rest, 1);
        }
        painter.begin();
    }

    @Test
    void knowsAMouthThatRestsForHalfASecond() {
        assertThat(painter.knowsRest()).isTrue();
    }

    @Test
    void takesAPlosiveForNoRest() {
        MouthPainter other = new MouthPainter();
        for (int i = 0; i < 3; i++) {
            other.study(atRest, rest, 1);
        }

        assertThat(other.knowsRest()).isFalse();
    }

    @Test
    void takesPressedLipsForNoRest() {
        RestMouth mouth = new RestMouth();
        see(mouth, lips(0.1f, 0.58f, 0.2f), 30);
        see(mouth, lips(0, 0.5f, 0.1f), 12);
        assertThat(mouth.width(0)).isEqualTo(0.5f);

        see(mouth, lips(0, 0.55f, 0.2f), 5);

        assertThat(mouth.width(0)).isEqualTo(0.55f);
    }

    @Test
    void hasOneWidthAtRestHoweverTheHeadTurns() {
        RestMouth mouth = new RestMouth();
        see(mouth, lips(0, 0.55f, 0.2f), 12);

        for (float yaw : new float[] {0, 0.2f, 0.6f}) {
            mouth.weigh(new FaceAxes(rest), yaw);
            assertThat(mouth.width(0.7f)).isEqualTo(0.55f);
        }
    }

    private void see(RestMouth mouth, LipCurves lips, int frames) {
        for (int i = 0; i < frames; i++) {
            mouth.look(atRest, new FaceAxes(rest), lips, 0, 1, false);
        }
    }

    private static LipCurves lips(float gap, float width, float thickness) {
        LipCurves lips = new LipCurves();
        lips.leftOuter = -width / 2;
        lips.rightOuter = lips.leftOuter + width;
        lips.gap = gap;
        Arrays.fill(lips.upperOuter.values, 0.3f - thickness / 2);
        Arrays.fill(lips.upperInner.values, 0.3f);
        Arrays.fill(lips.lowerInner.values, 0.3f + gap);
        Arrays.fill(lips.lowerOuter.values, 0.3f + gap + thickness / 2);
        return lips;
    }

    @Test
    void leavesNothingOfWhatTheSourceSays() {
        double sum = 0;
        for (float opening : SAID) {
            Frame after = painted(said(atRest, rest, opening));
            assertThat(faceIn(after).opening()).as("of %s", opening).isLessThan(0.02f);
            sum += difference(after, atRest);
        }
        // Closing the talking lips themselves, without her own at rest, leaves 11.
        assertThat(sum / SAID.length).isLessThan(7);
    }

    @Test
    void leavesTheMouthAtRestAsItWas() {
        assertThat(difference(painted(atRest), atRest)).isLessThan(1);
    }

    @Test
    void followsTheLight() {
        Frame dimmed = dimmed(said(atRest, rest, 0.15f));
        Frame after = painted(dimmed);
        for (int i = 0; i < 5; i++) {
            after = painted(dimmed);
        }

        assertThat(difference(after, dimmed(atRest))).isLessThan(5);
    }

    private Frame painted(Frame frame) {
        Frame copy = Pictures.copy(frame);
        painter.paint(copy, faceIn(frame), MouthShape.REST, 1);
        return copy;
    }

    private static Frame said(Frame frame, Face face, float opening) {
        Frame copy = Pictures.copy(frame);
        new MouthPainter().paint(copy, face, new MouthShape(opening, 0, 0, 0, 0), 1);
        return copy;
    }

    private static Face faceIn(Frame frame) {
        return Objects.requireNonNull(Models.tracker(FaceChoice.LARGEST).follow(frame));
    }

    private static Frame dimmed(Frame frame) {
        Frame copy = Pictures.copy(frame);
        for (int i = 0; i < copy.cbOffset(); i++) {
            copy.data()[i] = (byte) Math.max(16, (copy.data()[i] & 255) - 20);
        }
        return copy;
    }

    /** Mean difference of the luma of the lips and what is near them. */
    private double difference(Frame a, Frame b) {
        float eyes = rest.eyeDistance();
        double sum = 0;
        int count = 0;
        for (int y = Math.round(rest.y(13) - 0.12f * eyes); y < rest.y(13) + 0.15f * eyes; y++) {
            for (int x = Math.round(rest.x(13) - 0.35f * eyes); x < rest.x(13) + 0.35f * eyes; x++) {
                sum += Math.abs((a.data()[y * SIDE + x] & 255) - (b.data()[y * SIDE + x] & 255));
                count++;
            }
        }
        return sum / count;
    }
}
