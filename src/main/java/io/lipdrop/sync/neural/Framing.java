package io.lipdrop.sync.neural;

import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.Landmarks;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where in a frame the picture is that a network expects: upright with the eyes, steady while the mouth moves. One clip, in
 * order.
 *
 * <p>The place follows the eyes; how far the picture reaches from there follows the mesh slowly, so that a jaw that opens does
 * not make the picture breathe.
 */
final class Framing {
    /** The 68 points of older landmarkers: along the jaw from temple to temple, and along the brows. */
    private static final int[] OUTLINE = IntStream.concat(
                    Arrays.stream(Landmarks.contour()), Arrays.stream(Landmarks.brows()))
            .toArray();

    /** Wav2Lip was trained on boxes of the S3FD detector: from the forehead to below the chin; parts of brow to chin. */
    private static final float FOREHEAD = 0.18f;

    private static final float BELOW_CHIN = 0.06f;

    /** The aligned faces of FFHQ, which EdTalk's users give it: eyes and mouth in parts of the picture's side. */
    private static final float FFHQ_EYE_DISTANCE = 0.246f;

    private static final float FFHQ_EYES = 0.469f;
    private static final float FFHQ_EYES_TO_MOUTH = 0.256f;

    /** How fast the reach is followed, a frame; by eye. */
    private static final float FOLLOWING = 0.12f;

    private final Family family;
    private float left;
    private float right;
    private float up;
    private float down;
    private int shot = -1;

    Framing(Family family) {
        this.family = family;
    }

    /** The window for the next frame's face. */
    Window around(Face face) {
        float cos = (float) Math.cos(face.roll());
        float sin = (float) Math.sin(face.roll());
        float eyesX = (face.x(Landmarks.RIGHT_EYE) + face.x(Landmarks.LEFT_EYE)) / 2;
        float eyesY = (face.y(Landmarks.RIGHT_EYE) + face.y(Landmarks.LEFT_EYE)) / 2;
        // Of a turned head the eyes come closer, of a nodding one the nose gets shorter: together they keep their size.
        float unit = (float) Math.hypot(face.eyeDistance(), distance(face, Landmarks.NOSE_BRIDGE, Landmarks.NOSE_BASE));
        if (family == Family.EDTALK) {
            aligned(face, unit);
        } else {
            boxed(face, eyesX, eyesY, cos, sin, unit);
        }
        shot = face.shot();
        float x = eyesX + unit * (left * cos - up * sin);
        float y = eyesY + unit * (left * sin + up * cos);
        float width = unit * (right - left);
        float height = unit * (down - up);
        return new Window(x, y, width * cos, width * sin, -height * sin, height * cos);
    }

    private void boxed(Face face, float eyesX, float eyesY, float cos, float sin, float unit) {
        float newLeft = Float.MAX_VALUE;
        float newRight = -Float.MAX_VALUE;
        float newUp = Float.MAX_VALUE;
        float newDown = -Float.MAX_VALUE;
        for (int point : OUTLINE) {
            float across = ((face.x(point) - eyesX) * cos + (face.y(point) - eyesY) * sin) / unit;
            float below = ((face.y(point) - eyesY) * cos - (face.x(point) - eyesX) * sin) / unit;
            newLeft = Math.min(newLeft, across);
            newRight = Math.max(newRight, across);
            newUp = Math.min(newUp, below);
            newDown = Math.max(newDown, below);
        }
        float height = newDown - newUp;
        follow(newLeft, newRight, newUp - FOREHEAD * height, newDown + BELOW_CHIN * height, face.shot());
    }

    private void aligned(Face face, float unit) {
        float eyes = distance(
                (face.x(Landmarks.RIGHT_EYE) + face.x(Landmarks.RIGHT_EYE_INNER)) / 2,
                (face.y(Landmarks.RIGHT_EYE) + face.y(Landmarks.RIGHT_EYE_INNER)) / 2,
                (face.x(Landmarks.LEFT_EYE) + face.x(Landmarks.LEFT_EYE_INNER)) / 2,
                (face.y(Landmarks.LEFT_EYE) + face.y(Landmarks.LEFT_EYE_INNER)) / 2);
        float mouth = distance(
                (face.x(Landmarks.RIGHT_EYE) + face.x(Landmarks.LEFT_EYE)) / 2,
                (face.y(Landmarks.RIGHT_EYE) + face.y(Landmarks.LEFT_EYE)) / 2,
                (face.x(Landmarks.MOUTH_RIGHT) + face.x(Landmarks.MOUTH_LEFT)) / 2,
                (face.y(Landmarks.MOUTH_RIGHT) + face.y(Landmarks.MOUTH_LEFT)) / 2);
        // The side for which both distances fit best, by least squares.
        float side = (eyes * FFHQ_EYE_DISTANCE + mouth * FFHQ_EYES_TO_MOUTH)
                / (FFHQ_EYE_DISTANCE * FFHQ_EYE_DISTANCE + FFHQ_EYES_TO_MOUTH * FFHQ_EYES_TO_MOUTH)
                / unit;
        follow(-side / 2, side / 2, -FFHQ_EYES * side, (1 - FFHQ_EYES) * side, face.shot());
    }

    private void follow(float newLeft, float newRight, float newUp, float newDown, int newShot) {
        float part = newShot == shot ? FOLLOWING : 1;
        left = lerp(left, newLeft, part);
        right = lerp(right, newRight, part);
        up = lerp(up, newUp, part);
        down = lerp(down, newDown, part);
    }

    private static float distance(Face face, int a, int b) {
        return distance(face.x(a), face.y(a), face.x(b), face.y(b));
    }

    private static float distance(float ax, float ay, float bx, float by) {
        return (float) Math.hypot(ax - bx, ay - by);
    }
}
