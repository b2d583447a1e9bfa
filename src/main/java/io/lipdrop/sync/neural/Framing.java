package io.lipdrop.sync.neural;

import io.lipdrop.sync.face.Face;

/**
 * Where in a frame the picture is that a network expects: upright with the eyes, steady while the mouth moves. One clip, in
 * order.
 *
 * <p>The place follows the eyes; how far the picture reaches from there follows the mesh slowly, so that a jaw that opens does
 * not make the picture breathe.
 */
final class Framing {
    /** MediaPipe's points along the jaw from temple to temple, and along the brows: the 68 points of older landmarkers. */
    private static final int[] OUTLINE = {
        127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454, 356,
        70, 63, 105, 66, 107, 336, 296, 334, 293, 300
    };

    private static final int RIGHT_EYE_INNER = 133;
    private static final int LEFT_EYE_INNER = 362;
    private static final int NOSE_BRIDGE = 168;
    private static final int NOSE_BASE = 2;
    private static final int RIGHT_MOUTH_CORNER = 61;
    private static final int LEFT_MOUTH_CORNER = 291;

    /** Wav2Lip was trained on boxes of the S3FD detector: from the forehead to below the chin; parts of brow to chin. */
    private static final float FOREHEAD = 0.18f;

    private static final float BELOW_CHIN = 0.06f;

    /** The aligned faces of FFHQ, which EdTalk's users give it: eyes and mouth in parts of the picture's side. */
    private static final float FFHQ_EYE_DISTANCE = 0.246f;

    private static final float FFHQ_EYES = 0.469f;
    private static final float FFHQ_EYES_TO_MOUTH = 0.256f;

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
        float eyesX = (face.x(Face.RIGHT_EYE) + face.x(Face.LEFT_EYE)) / 2;
        float eyesY = (face.y(Face.RIGHT_EYE) + face.y(Face.LEFT_EYE)) / 2;
        // Of a turned head the eyes come closer, of a nodding one the nose gets shorter: together they keep their size.
        float unit = (float) Math.hypot(face.eyeDistance(), distance(face, NOSE_BRIDGE, NOSE_BASE));
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
                (face.x(Face.RIGHT_EYE) + face.x(RIGHT_EYE_INNER)) / 2,
                (face.y(Face.RIGHT_EYE) + face.y(RIGHT_EYE_INNER)) / 2,
                (face.x(Face.LEFT_EYE) + face.x(LEFT_EYE_INNER)) / 2,
                (face.y(Face.LEFT_EYE) + face.y(LEFT_EYE_INNER)) / 2);
        float mouth = distance(
                (face.x(Face.RIGHT_EYE) + face.x(Face.LEFT_EYE)) / 2,
                (face.y(Face.RIGHT_EYE) + face.y(Face.LEFT_EYE)) / 2,
                (face.x(RIGHT_MOUTH_CORNER) + face.x(LEFT_MOUTH_CORNER)) / 2,
                (face.y(RIGHT_MOUTH_CORNER) + face.y(LEFT_MOUTH_CORNER)) / 2);
        // The side for which both distances fit best, by least squares.
        float side = (eyes * FFHQ_EYE_DISTANCE + mouth * FFHQ_EYES_TO_MOUTH)
                / (FFHQ_EYE_DISTANCE * FFHQ_EYE_DISTANCE + FFHQ_EYES_TO_MOUTH * FFHQ_EYES_TO_MOUTH)
                / unit;
        follow(-side / 2, side / 2, -FFHQ_EYES * side, (1 - FFHQ_EYES) * side, face.shot());
    }

    private void follow(float newLeft, float newRight, float newUp, float newDown, int newShot) {
        float part = newShot == shot ? FOLLOWING : 1;
        left += part * (newLeft - left);
        right += part * (newRight - right);
        up += part * (newUp - up);
        down += part * (newDown - down);
    }

    private static float distance(Face face, int a, int b) {
        return distance(face.x(a), face.y(a), face.x(b), face.y(b));
    }

    private static float distance(float ax, float ay, float bx, float by) {
        return (float) Math.hypot(ax - bx, ay - by);
    }
}
