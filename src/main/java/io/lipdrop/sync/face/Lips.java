package io.lipdrop.sync.face;

/**
 * The order of the 80 refined lip points: four rings, from the outside in; of each first the lower half from the person's
 * right corner to the left (11 points), then the upper half without the corners (9 points).
 *
 * <p>Source: MediaPipe, tensors_to_face_landmarks_with_attention.pbtxt (Grishchenko et al., Attention Mesh, 2020).
 */
public final class Lips {
    /** Points along a half, corners included. */
    public static final int ALONG = 11;

    private static final int[] MESH = {
        61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409,
        78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415,
        76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304, 408,
        62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268, 271, 272, 407
    };

    /** The four rings. */
    public enum Ring {
        OUTER(0),
        INNER(20),
        SEMI_OUTER(40),
        SEMI_INNER(60);

        private final int start;

        Ring(int start) {
            this.start = start;
        }

        /** Number of the k-th point of the lower half, k from 0 (the person's right corner) to 10. */
        public int lower(int k) {
            return start + k;
        }

        /** Number of the k-th point of the upper half; at both ends it is the corner that the halves share. */
        public int upper(int k) {
            return k == 0 || k == ALONG - 1 ? start + k : start + ALONG - 1 + k;
        }
    }

    private Lips() {}

    /** The mesh point that a lip point refines. */
    static int meshPoint(int lipPoint) {
        return MESH[lipPoint];
    }
}
