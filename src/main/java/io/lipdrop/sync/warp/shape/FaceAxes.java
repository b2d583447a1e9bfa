package io.lipdrop.sync.warp.shape;

import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.Landmarks;

/**
 * The face's own coordinates: u along the eyes to the viewer's right, v down the face, the origin below the nose. One unit is
 * the distance of the outer eye corners seen from the front, so that lengths mean the same on every face, turned or not.
 */
public final class FaceAxes {
    /** Beyond this the depth of the mesh is not trusted to tell the true width of the face. */
    private static final float MIN_FORESHORTENING = 0.6f;

    /** Pixels a unit, down the face. */
    public final float unit;

    /** How far the nose's base lies below the line through the eyes, in units: says how far the head nods. */
    public final float noseHeight;

    private final float originX;
    private final float originY;
    private final float cos;
    private final float sin;
    private final float across;

    /** The axes of a face in one frame. */
    public FaceAxes(Face face) {
        float roll = face.roll();
        cos = (float) Math.cos(roll);
        sin = (float) Math.sin(roll);
        across = Math.max(face.eyeDistance(), 1);
        unit = across / Math.max(MIN_FORESHORTENING, (float) Math.cos(face.yaw()));
        originX = face.x(Landmarks.NOSE_BASE);
        originY = face.y(Landmarks.NOSE_BASE);
        float eyesX = (face.x(Landmarks.RIGHT_EYE) + face.x(Landmarks.LEFT_EYE)) / 2;
        float eyesY = (face.y(Landmarks.RIGHT_EYE) + face.y(Landmarks.LEFT_EYE)) / 2;
        noseHeight = -v(eyesX, eyesY);
    }

    /** Along the eyes, in units; of a place in the frame, in pixels. */
    public float u(float x, float y) {
        return ((x - originX) * cos + (y - originY) * sin) / across;
    }

    /** Down the face, in units; of a place in the frame, in pixels. */
    public float v(float x, float y) {
        return ((y - originY) * cos - (x - originX) * sin) / unit;
    }

    /** The column in the frame, in pixels; of a place of the face. */
    public float x(float u, float v) {
        return originX + shiftX(u, v);
    }

    /** The row in the frame, in pixels; of a place of the face. */
    public float y(float u, float v) {
        return originY + shiftY(u, v);
    }

    /** A step in the face's coordinates as a step in the picture, pixels. */
    float shiftX(float du, float dv) {
        return du * across * cos - dv * unit * sin;
    }

    float shiftY(float du, float dv) {
        return du * across * sin + dv * unit * cos;
    }

    /** How u and v change with a pixel to the right. */
    public float uPerX() {
        return cos / across;
    }

    /** How v changes per pixel to the right. */
    public float vPerX() {
        return -sin / unit;
    }
}
