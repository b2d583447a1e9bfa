package io.lipdrop.sync.face;

/**
 * A turned square of the frame that a network looks at.
 *
 * @param centerX pixels; (0, 0) is the centre of the frame's first pixel
 * @param centerY pixels
 * @param side pixels
 * @param roll radians, clockwise in the picture
 */
record Square(float centerX, float centerY, float side, float roll) {
    /** MediaPipe's face_landmarks_to_roi: the square about all points, half as large again, upright with the eyes. */
    private static final float MARGIN = 1.5f;

    static Square around(Box box) {
        return new Square(box.centerX(), box.centerY(), MARGIN * Math.max(box.width(), box.height()), box.roll());
    }

    /** The same place, seen upside down. */
    Square reversed() {
        return new Square(centerX, centerY, side, roll + (float) Math.PI);
    }

    Square times(float factor) {
        return new Square(centerX, centerY, factor * side, roll);
    }

    static Square around(Face face) {
        float left = Float.MAX_VALUE;
        float top = Float.MAX_VALUE;
        float right = -Float.MAX_VALUE;
        float bottom = -Float.MAX_VALUE;
        for (int i = 0; i < Face.POINTS; i++) {
            left = Math.min(left, face.x(i));
            right = Math.max(right, face.x(i));
            top = Math.min(top, face.y(i));
            bottom = Math.max(bottom, face.y(i));
        }
        return new Square(
                (left + right) / 2, (top + bottom) / 2, MARGIN * Math.max(right - left, bottom - top), face.roll());
    }
}
