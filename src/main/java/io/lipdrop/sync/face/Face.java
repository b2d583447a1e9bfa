package io.lipdrop.sync.face;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;

/**
 * The face of one frame: MediaPipe's 468-point mesh, its lips replaced by the refined ones, in pixels of the frame;
 * (0, 0) is the centre of the first pixel, y points down.
 *
 * @param mesh 468 × (x, y); points are numbered as in MediaPipe's canonical face model
 * @param depth 468 × z in pixels, smaller is nearer to the camera
 * @param lips 80 × (x, y): the refined lips, ring by ring, in the order of {@link Landmarks.LipRing}
 * @param score how sure it is that this is a face with its mouth in view, 0 to 1; below 0.5 the mouth is hidden
 * @param shot of the clip: frames with the same number show the same person in the same light
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Read point by point in inner loops; whoever makes a face never writes to it again.
public record Face(float[] mesh, float[] depth, float[] lips, float score, int shot) {
    public static final int POINTS = 468;
    public static final int LIP_POINTS = 80;

    /** The column of a point of the mesh, 0 to 467, in pixels of the frame. */
    public float x(int point) {
        return mesh[2 * point];
    }

    /** The row of a point of the mesh, 0 to 467, in pixels of the frame. */
    public float y(int point) {
        return mesh[2 * point + 1];
    }

    /** Turn of the line through the eyes, radians, clockwise in the picture. */
    public float roll() {
        return (float) Math.atan2(
                y(Landmarks.LEFT_EYE) - y(Landmarks.RIGHT_EYE), x(Landmarks.LEFT_EYE) - x(Landmarks.RIGHT_EYE));
    }

    /** Distance of the outer eye corners in the picture, pixels. */
    public float eyeDistance() {
        return (float) Math.hypot(
                x(Landmarks.LEFT_EYE) - x(Landmarks.RIGHT_EYE), y(Landmarks.LEFT_EYE) - y(Landmarks.RIGHT_EYE));
    }

    /** Turn of the head to the side, radians: 0 faces the camera. */
    public float yaw() {
        return (float) Math.atan2(depth[Landmarks.LEFT_EYE] - depth[Landmarks.RIGHT_EYE], eyeDistance());
    }

    /** How much of the face is turned to the camera to draw on: 1 up to a yaw of {@code from} radians, 0 from {@code to} on. */
    public float facing(float from, float to) {
        return 1 - clamp((Math.abs(yaw()) - from) / (to - from));
    }

    /**
     * How far the lips are apart: the mean of three gaps between the inner lips over the distance of the outer eye
     * corners; about 0 closed, 0.1 in speech, 0.3 wide open.
     */
    public float opening() {
        return (gap(13, 14) + gap(82, 87) + gap(312, 317)) / 3 / eyeDistance();
    }

    Face withScore(float newScore) {
        return new Face(mesh, depth, lips, newScore, shot);
    }

    Face inShot(int newShot) {
        return new Face(mesh, depth, lips, score, newShot);
    }

    /** The face on the straight way from this one to the other, 0 here, 1 there. */
    public Face towards(Face other, float part) {
        return new Face(
                between(mesh, other.mesh, part),
                between(depth, other.depth, part),
                between(lips, other.lips, part),
                Math.min(score, other.score),
                shot);
    }

    private static float[] between(float[] a, float[] b, float part) {
        float[] points = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            points[i] = lerp(a[i], b[i], part);
        }
        return points;
    }

    private float gap(int upper, int lower) {
        return (float) Math.hypot(x(upper) - x(lower), y(upper) - y(lower));
    }
}
