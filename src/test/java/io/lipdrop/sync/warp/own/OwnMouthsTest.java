package io.lipdrop.sync.warp.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.MouthSize;
import io.lipdrop.sync.face.Pictures;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.MouthPainter;
import io.lipdrop.sync.warp.Talker;
import io.lipdrop.sync.warp.person.Look;
import io.lipdrop.sync.warp.shape.Cue;
import io.lipdrop.sync.warp.shape.FaceAxes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A talker is made to say something else with her own mouths. */
class OwnMouthsTest {
    private static final double RATE = 25;
    private static final int SEGMENT = 20;
    private static final float[] SAID = {
        0, 0.02f, 0.05f, 0.09f, 0.12f, 0.1f, 0.06f, 0.03f, 0.01f, 0, 0, 0.04f, 0.08f, 0.05f
    };

    private static List<Frame> source = List.of();
    private static MouthBank bank = new MouthBank();
    private static Frame open = new Frame(2, 2);
    private static Face face = new Face(new float[0], new float[0], new float[0], 0, 0);

    @BeforeAll
    static void talk() {
        source = Talker.talking(36, 0.13f);
        bank = Talker.bank(source);
        open = Talker.saying(0.1f);
        face = Talker.faceIn(open);
    }

    @Test
    void opensHerOwnMouthAsFarAsIsAsked() {
        for (float asked : new float[] {0, 0.04f, 0.08f, 0.12f}) {
            MouthPainter painter = painter();
            Frame frame = painted(painter, Cue.of(new MouthShape(asked, 0, 0, 0, 0)));

            assertThat(painter.ownShare()).as("own at %s", asked).isGreaterThan(0.9f);
            assertThat(Talker.faceIn(frame).opening()).as("opening").isCloseTo(asked, within(0.022f));
        }
    }

    @Test
    void drawsWhatSheNeverShows() {
        MouthPainter painter = painter();
        Frame frame = painted(painter, Cue.of(new MouthShape(0.3f, 0, 0, 0, 0)));

        assertThat(painter.ownShare()).isLessThan(0.5f);
        assertThat(lowered(frame)).isGreaterThan(lowered(Talker.saying(0.12f)) + 0.045f);
    }

    /** How far below the nose the lower lip ends; of wide open mouths the mesh takes the ends of the teeth for the inner lips. */
    private static float lowered(Frame frame) {
        Face seen = Talker.faceIn(frame);
        return (seen.y(17) - seen.y(2)) / seen.eyeDistance();
    }

    @Test
    void givesEachShotTheWidthAndTheOpeningsOfItsOwnPerson() {
        Frame bright = source.get(0);
        Frame dark = Pictures.lit(bright, 1 / 3f);
        MouthBank two = new MouthBank();
        see(two, bright, 0, 0.2f, 0.04f);
        see(two, dark, 1, 0.06f, -0.03f);
        two.close();
        OwnMouths mouths = new OwnMouths(two, RATE);
        mouths.expect(0.1f);
        FaceAxes axes = new FaceAxes(face);

        Look look = mouths.follow(bright, inShot(0), axes, Cue.of(new MouthShape(0.1f, 0, 0, 0, 0)))
                .get(0);
        assertThat(look.width).as("as at rest").isCloseTo(look.lips.width() - 0.04f, within(1e-3f));
        assertThat(two.looks().get(mouths.current()).opening).isGreaterThan(0.16f);
        look = mouths.follow(dark, inShot(1), axes, Cue.of(new MouthShape(0.1f, 0.02f, 0, 0, 0)))
                .get(0);
        assertThat(look.width).as("wider than at rest").isCloseTo(look.lips.width() + 0.03f + 0.02f, within(1e-3f));
        assertThat(two.looks().get(mouths.current()).opening).isBetween(0.045f, 0.08f);
    }

    /** A person who opens the mouth so far, and makes it wider by so much as soon as it opens. */
    private static void see(MouthBank all, Frame frame, int shot, float most, float wider) {
        for (int i = 0; i < 80; i++) {
            float opening = most * (i % 10) / 9;
            float width = 0.5f + (opening < 0.03f ? 0 : wider);
            all.look(frame, inShot(shot), () -> new MouthSize(opening, width, 0));
        }
    }

    private static Face inShot(int shot) {
        return new Face(face.mesh(), face.depth(), face.lips(), 1, shot);
    }

    @Test
    void keepsOneMouthInSilence() {
        MouthPainter painter = painter();
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            painted(painter, new Cue(ahead -> MouthShape.REST, i, 1000 - i));
            shown.add(painter.ownLook());
        }

        assertThat(shown.get(0)).isNotNegative();
        assertThat(shown).containsOnly(shown.get(0));
    }

    @Test
    void showsTheSameMouthsAfterARestart() {
        List<Integer> whole = shown(painter(), 0, 3 * SEGMENT);
        assertThat(whole.stream().distinct().count()).as("different mouths").isGreaterThan(2);

        MouthPainter again = painter();
        for (int i = SEGMENT - 12; i < SEGMENT; i++) {
            again.paint(Pictures.copy(source.get(i % source.size())), face, cue(i), 0); // seen again, not counted
        }
        again.resume(whole.get(SEGMENT - 1));

        assertThat(shown(again, SEGMENT, 3 * SEGMENT)).isEqualTo(whole.subList(SEGMENT, 3 * SEGMENT));
    }

    @Test
    void showsNobodyTheMouthsOfAnother() {
        MouthPainter painter = painter();
        Frame elsewhere = Pictures.lit(open, 1 / 3f);
        painted(painter, cue(0));
        assertThat(painter.ownLook()).isNotNegative();

        Face cut = new Face(face.mesh(), face.depth(), face.lips(), face.score(), 1);
        painter.paint(elsewhere, cut, cue(1), 1);

        assertThat(painter.ownLook()).isEqualTo(-1);
        assertThat(painter.ownShare()).isZero();
    }

    @Test
    void showsTheSameMouthsAfterARestartBehindACut() {
        MouthPainter whole = painter();
        List<Integer> before = shown(whole, 0, SEGMENT);
        Face cut = new Face(face.mesh(), face.depth(), face.lips(), face.score(), 1);
        whole.paint(Pictures.copy(open), cut, cue(SEGMENT), 1);

        MouthPainter again = painter();
        again.resume(before.get(SEGMENT - 1));
        again.paint(Pictures.copy(open), face, cue(SEGMENT), 1);

        assertThat(again.ownLook()).isEqualTo(whole.ownLook());
    }

    @Test
    void opensPressedLipsNoFurther() {
        MouthPainter painter = painter();
        painter.expect(0.03f);
        Frame frame = painted(painter, Cue.of(new MouthShape(0.01f, 0, 1, 0, 0)));

        assertThat(Talker.faceIn(frame).opening()).isLessThan(0.025f);
    }

    @Test
    void drawsAllWhereTooFewMouthsAreKnown() {
        MouthPainter painter = new MouthPainter();
        painter.show(Talker.bank(source.subList(0, 5)), RATE);

        painted(painter, Cue.of(new MouthShape(0.1f, 0, 0, 0, 0)));

        assertThat(painter.ownShare()).isZero();
        assertThat(painter.ownLook()).isEqualTo(-1);
    }

    @Test
    void drawsMouthsAsWideAsHerOwnAreAtRest() {
        MouthBank wide = new MouthBank();
        for (Frame frame : source) {
            wide.look(frame, withLips(1.2f), () -> new MouthSize(0.01f, 0.5f, 0));
        }
        wide.close();
        MouthPainter knows = new MouthPainter();
        knows.show(wide, RATE);
        Frame drawn = Pictures.copy(open);
        knows.paint(drawn, turned(0.4f), Cue.of(MouthShape.REST), 1); // as none of her own is
        Frame usual = Pictures.copy(open);
        new MouthPainter().paint(usual, turned(0.4f), Cue.of(MouthShape.REST), 1);

        assertThat(widthIn(drawn)).isGreaterThan(widthIn(usual) + 0.03f);
    }

    private static float widthIn(Frame frame) {
        Face seen = Talker.faceIn(frame);
        return (seen.x(291) - seen.x(61)) / seen.eyeDistance();
    }

    /** The face with lips so many times as wide. */
    private static Face withLips(float wider) {
        float[] lips = face.lips().clone();
        for (int i = 0; i < lips.length; i += 2) {
            lips[i] = face.x(13) + wider * (lips[i] - face.x(13));
        }
        return new Face(face.mesh(), face.depth(), lips, 1, 0);
    }

    private static Face turned(float yaw) {
        float[] depth = face.depth().clone();
        depth[263] = depth[33] + face.eyeDistance() * (float) Math.tan(yaw);
        return new Face(face.mesh(), depth, face.lips(), 1, 0);
    }

    private static MouthPainter painter() {
        MouthPainter painter = new MouthPainter();
        painter.show(bank, RATE);
        return painter;
    }

    private static Cue cue(int number) {
        return new Cue(ahead -> said(number + ahead), number % SEGMENT, SEGMENT - number % SEGMENT);
    }

    private static MouthShape said(int number) {
        float width = 0.06f * (float) Math.sin(0.4 * number);
        return new MouthShape(1.5f * SAID[number % SAID.length], width, 0, 0, 0);
    }

    private static List<Integer> shown(MouthPainter painter, int from, int to) {
        List<Integer> shown = new ArrayList<>();
        for (int i = from; i < to; i++) {
            painted(painter, cue(i));
            shown.add(painter.ownLook());
        }
        return shown;
    }

    private static Frame painted(MouthPainter painter, Cue cue) {
        Frame frame = Pictures.copy(open);
        painter.paint(frame, face, cue, 1);
        return frame;
    }
}
