package io.lipdrop.sync.warp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.media.Frame;
import io.lipdrop.sync.face.Choice;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.Models;
import io.lipdrop.sync.face.Pictures;
import java.awt.image.BufferedImage;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OwnMouthTest {
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
    void drawsLowerTeethInTheColourOfTheUpperOnes() {
        MouthTexture plain = textureOf(smile);
        Frame bluish = Pictures.copy(smile);
        for (int i = 0; i < bluish.width() * bluish.height() / 4; i++) {
            int at = bluish.cbOffset() + i;
            bluish.data()[at] = (byte) (bluish.data()[at] + 20);
        }

        MouthTexture blue = textureOf(bluish);

        assertThat(blue.teethCb - plain.teethCb).isBetween(19f, 21f);
        assertThat(blue.teethCr).isEqualTo(plain.teethCr);
    }

    private MouthTexture textureOf(Frame frame) {
        SkinTone skin = new SkinTone();
        skin.look(frame, face);
        FaceAxes axes = new FaceAxes(face);
        LipCurves lips = new LipCurves();
        lips.of(face, axes, LipCurves.middleOf(face, axes));
        MouthTexture texture = new MouthTexture();
        assertThat(new MouthCapture().take(texture, frame, axes, lips, skin)).isTrue();
        return texture;
    }

    /** The same face with its mouth nearly shut, and nothing between the lips but their own brightness. */
    private Frame hardlyOpen() {
        Frame frame = Pictures.copy(smile);
        new MouthPainter().paint(frame, face, new MouthShape(0.03f, 0, 0, 0, 0), 1);
        Face found = faceIn(frame);
        SkinTone skin = new SkinTone();
        skin.look(frame, found);
        FaceAxes axes = new FaceAxes(found);
        LipCurves lips = new LipCurves();
        lips.of(found, axes, LipCurves.middleOf(found, axes));
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                float offset = axes.u(x, y) - lips.middle;
                float v = axes.v(x, y);
                boolean isInside = offset > lips.leftInner
                        && offset < lips.rightInner
                        && v > lips.upperInner.value(offset) - 0.01f
                        && v < lips.lowerInner.value(offset) + 0.01f;
                if (isInside) {
                    frame.data()[y * frame.width() + x] = (byte) Math.round(skin.lipLuma);
                }
            }
        }
        return frame;
    }

    private static Face faceIn(Frame frame) {
        return Objects.requireNonNull(Models.tracker(Choice.LARGEST).follow(frame));
    }

    private static Frame astronaut() {
        BufferedImage image = Pictures.blank(1024, 1024, 90);
        Pictures.draw(image, Pictures.astronaut(), 512, 512, 2, 0);
        return Pictures.frame(image);
    }
}
