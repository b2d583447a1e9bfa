package io.lipdrop.sync.warp.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceChoice;
import io.lipdrop.sync.face.Models;
import io.lipdrop.sync.face.Pictures;
import io.lipdrop.sync.voice.MouthShape;
import java.awt.image.BufferedImage;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutlineTest {
    private static final MouthShape OPEN = new MouthShape(0.15f, 0, 0, 0, 0);
    private static final int LIPS = 13;

    private final LipCurves lips = new LipCurves();
    private final MouthMotion motion = new MouthMotion();
    private final Outline outline = new Outline();
    private Face face = new Face(new float[0], new float[0], new float[0], 0, 0);

    @BeforeEach
    void findTheFace() {
        BufferedImage image = Pictures.blank(1024, 1024, 90);
        Pictures.draw(image, Pictures.astronaut(), 512, 512, 2, 0);
        Frame frame = Pictures.frame(image);
        face = Objects.requireNonNull(Models.tracker(FaceChoice.LARGEST).follow(frame));
    }

    @Test
    void holdsNothingOfAHeadThatLooksAtTheCamera() {
        see(0);

        for (float offset = -0.8f; offset <= 0.8f; offset += 0.05f) {
            for (float at = 0; at < 1; at += 0.05f) {
                assertThat(outline.moves(motion, offset, at)).isEqualTo(1);
            }
        }
    }

    @Test
    void holdsTheRimOfTheCheekOnTheFarSideOnly() {
        see(40);
        float below = motion.lowerOuter.value(0) + 0.06f;
        float far = lips.rightOuter + 0.1f;

        assertThat(outline.moves(motion, far, below)).isLessThan(0.2f);
        assertThat(outline.moves(motion, -far, below)).isEqualTo(1);
    }

    @Test
    void letsLipsAndChinGoAlsoOnTheFarSide() {
        see(40);
        float corner = 0.9f * lips.rightOuter;

        assertThat(outline.moves(motion, corner, motion.lowerInner.value(corner)))
                .isGreaterThan(0.95f);
        assertThat(outline.moves(motion, 0, motion.jaw.value(0))).isEqualTo(1);
    }

    /** Turns the head to the viewer's right by so many degrees. */
    private void see(int degrees) {
        double turn = Math.toRadians(degrees);
        float[] mesh = face.mesh().clone();
        for (int k = 0; k < Face.POINTS; k++) {
            mesh[2 * k] = turned(mesh[2 * k], face.depth()[k], turn);
        }
        float[] refined = face.lips().clone();
        for (int k = 0; k < Face.LIP_POINTS; k++) {
            refined[2 * k] = turned(refined[2 * k], face.depth()[LIPS], turn);
        }
        Face seen = new Face(mesh, face.depth(), refined, 1, 0);
        FaceAxes axes = new FaceAxes(seen);
        lips.fit(seen, axes, LipCurves.middleOf(seen, axes));
        motion.fit(lips, OPEN, lips.width(), 1);
        outline.fit(seen, axes, lips);
    }

    private static float turned(float x, float depth, double turn) {
        return (float) (512 + (x - 512) * Math.cos(turn) - depth * Math.sin(turn));
    }
}
