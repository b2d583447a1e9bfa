package io.lipdrop.sync.face;

import java.util.Arrays;

/**
 * Which point of the mesh is where on a face. Right and left are the person's own.
 *
 * <p>Source: MediaPipe's canonical face model; of the refined lips tensors_to_face_landmarks_with_attention.pbtxt (Grishchenko et al.,
 * <i>Attention Mesh</i>, 2020).
 */
public final class Landmarks {
    public static final int FOREHEAD = 10;
    public static final int NOSE_BRIDGE = 168;
    public static final int NOSE_TIP = 4;
    /** Where the nose meets the upper lip. */
    public static final int NOSE_BASE = 2;

    public static final int CHIN = 152;

    /** The outer and the inner corners of the eyes. */
    public static final int RIGHT_EYE = 33;

    public static final int RIGHT_EYE_INNER = 133;
    public static final int LEFT_EYE = 263;
    public static final int LEFT_EYE_INNER = 362;

    /** The outer corners of the mouth. */
    public static final int MOUTH_RIGHT = 61;

    public static final int MOUTH_LEFT = 291;
    /** The middle of the upper lip's inner edge. */
    public static final int UPPER_LIP_MIDDLE = 13;

    /** Points along a half of a ring of the lips, corners included. */
    public static final int LIP_ALONG = 11;

    /** From the right temple over the chin to the left. */
    private static final int[] CONTOUR = {
        127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454, 356
    };

    private static final int[] JAW = Arrays.copyOfRange(CONTOUR, 3, CONTOUR.length - 3);

    private static final int[] BROWS = {70, 63, 105, 66, 107, 336, 296, 334, 293, 300};

    /** The mesh points that the 80 refined lip points take the place of, in their order: see {@link LipRing}. */
    private static final int[] LIPS = {
        61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409,
        78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415,
        76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304, 408,
        62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268, 271, 272, 407
    };

    /**
     * The four rings of the refined lips, from the outside in; of each first the lower half from the right corner to the left (11 points),
     * then the upper half without the corners (9 points).
     */
    public enum LipRing {
        OUTER(0),
        INNER(20),
        SEMI_OUTER(40),
        SEMI_INNER(60);

        private final int start;

        LipRing(int start) {
            this.start = start;
        }

        /** Number of the k-th lip point of the lower half, k from 0 (the right corner) to 10. */
        public int lower(int k) {
            return start + k;
        }

        /** Number of the k-th lip point of the upper half; at both ends it is the corner that the halves share. */
        public int upper(int k) {
            return k == 0 || k == LIP_ALONG - 1 ? start + k : start + LIP_ALONG - 1 + k;
        }
    }

    private Landmarks() {}

    /** The outline of the lower face from the right temple over the chin to the left. */
    public static int[] contour() {
        return CONTOUR.clone();
    }

    /** The part of the contour below the mouth's height, from the right jaw over the chin to the left. */
    public static int[] jaw() {
        return JAW.clone();
    }

    /** Along both brows. */
    public static int[] brows() {
        return BROWS.clone();
    }

    /** The mesh point that a lip point refines. */
    public static int meshPoint(int lipPoint) {
        return LIPS[lipPoint];
    }
}
