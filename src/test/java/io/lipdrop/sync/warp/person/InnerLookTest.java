package io.lipdrop.sync.warp.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.api.Test;

class InnerLookTest {
    private final Frame smile = astronaut();
    private final Face face = faceIn(smile);
    private final Frame ajar = hardlyOpen();

    @Test
    void keepsTheTeethOfASmile() {
        MouthPainter painter = new MouthPainter();

        painter.study(smile, face, 1);

        assertThat(painter.knowsTeeth()).isTrue();
    }

    @Test
    void doesNotTakeTheShadeOfTheLipsForTeeth() {
        MouthPainter painter = new MouthPainter();

        painter.study(ajar, faceIn(ajar), 1);

        assertThat(painter.knowsTeeth()).isFalse();
    }

    @Test
    void takesTeethThatShowLater() {
        MouthPainter painter = new MouthPainter();
        painter.study(ajar, faceIn(ajar), 1);

        painter.study(smile, face, 1);

        assertThat(painter.knowsTeeth()).isTrue();
    }

    @Test
    void looksOnWhereMotionHasBlurredTheColourOfTeeth() {
        SkinTone skin = new SkinTone();
        skin.look(smile, face);
        Frame blurred = Pictures.copy(smile);
        int pixels = blurred.width() * blurred.height() / 4;
        Arrays.fill(blurred.data(), blurred.crOffset(), blurred.crOffset() + pixels, (byte) skin.cr);
        MouthPainter painter = new MouthPainter();

        painter.study(blurred, face, 1);
        assertThat(painter.knowsTeeth()).isFalse();

        painter.study(smile, face, 1);
        assertThat(painter.knowsTeeth()).isTrue();
    }

    @Test
    void drawsLowerTeethInTheColourOfTheUpperOnes() {
        MouthTexture plain = textureOf(smile, face);
        Frame bluish = Pictures.copy(smile);
        for (int i = 0; i < bluish.width() * bluish.height() / 4; i++) {
            int at = bluish.cbOffset() + i;
            bluish.data()[at] = (byte) (bluish.data()[at] + 20);
        }

        MouthTexture blue = textureOf(bluish, face);

        assertThat(blue.teethCb - plain.teethCb).isBetween(19f, 21f);
        assertThat(blue.teethCr).isEqualTo(plain.teethCr);
    }

    @Test
    void leavesLowerTeethToTheJaw() {
        MouthTexture texture = textureWith((offset, part) -> part < 0.45f ? 40 : 200);

        assertThat(texture.lowerOnly).isTrue();
        assertThat(biteAt(texture, 0)).isBetween(0.3f, 0.6f);
    }

    @Test
    void keepsUpperTeethThatAreLongerAtTheSides() {
        MouthTexture even = textureWith((offset, part) -> part < 0.4f ? 200 : 40);
        MouthTexture longer = textureWith((offset, part) -> part < (Math.abs(offset) > 0.12f ? 0.6f : 0.4f) ? 200 : 40);

        assertThat(even.lowerOnly).isFalse();
        assertThat(biteAt(longer, 0)).isCloseTo(biteAt(even, 0), within(0.05f));
        assertThat(biteAt(longer, 0.15f)).isGreaterThan(biteAt(even, 0.15f) + 0.1f);
    }

    private MouthTexture textureOf(Frame frame, Face found) {
        SkinTone skin = new SkinTone();
        skin.look(frame, found);
        FaceAxes axes = new FaceAxes(found);
        LipCurves lips = new LipCurves();
        lips.fit(found, axes, LipCurves.middleOf(found, axes));
        MouthTexture texture = new MouthTexture();
        assertThat(new MouthCapture().take(texture, frame, axes, lips, skin)).isTrue();
        return texture;
    }

    /** How far down the opening the upper teeth end, 0 to 1. */
    private static float biteAt(MouthTexture texture, float offset) {
        int column = MouthTexture.COLUMNS / 2 + Math.round(offset / (MouthTexture.offset(1) - MouthTexture.offset(0)));
        return (texture.bite[column] - texture.upper[column]) / (texture.lower[column] - texture.upper[column]);
    }

    /** How bright a place between the lips is, by its distance from the middle and how far down the opening it lies. */
    private interface Inside {
        float luma(float offset, float part);
    }

    /** What is kept of the same face with its mouth wide open, and this in it. */
    private MouthTexture textureWith(Inside inside) {
        Frame frame = Pictures.copy(smile);
        new MouthPainter().paint(frame, face, new MouthShape(0.2f, 0, 0, 0, 0), 1);
        Face found = faceIn(frame);
        fill(frame, found, 0, inside);
        return textureOf(frame, found);
    }

    /** The same face with its mouth nearly shut, and nothing between the lips but their own brightness. */
    private Frame hardlyOpen() {
        SkinTone skin = new SkinTone();
        skin.look(smile, face);
        Frame frame = Pictures.copy(smile);
        new MouthPainter().paint(frame, face, new MouthShape(0.03f, 0, 0, 0, 0), 1);
        fill(frame, faceIn(frame), 0.01f, (offset, part) -> skin.lipLuma);
        return frame;
    }

    private static void fill(Frame frame, Face found, float margin, Inside inside) {
        FaceAxes axes = new FaceAxes(found);
        LipCurves lips = new LipCurves();
        lips.fit(found, axes, LipCurves.middleOf(found, axes));
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                float offset = axes.u(x, y) - lips.middle;
                float upper = lips.upperInner.value(offset) - margin;
                float part = (axes.v(x, y) - upper) / (lips.lowerInner.value(offset) + margin - upper);
                if (offset > lips.leftInner && offset < lips.rightInner && part > 0 && part < 1) {
                    frame.data()[y * frame.width() + x] = (byte) Math.round(inside.luma(offset, part));
                }
            }
        }
    }

    private static Face faceIn(Frame frame) {
        return Objects.requireNonNull(Models.tracker(FaceChoice.LARGEST).follow(frame));
    }

    private static Frame astronaut() {
        BufferedImage image = Pictures.blank(1024, 1024, 90);
        Pictures.draw(image, Pictures.astronaut(), 512, 512, 2, 0);
        return Pictures.frame(image);
    }
}
