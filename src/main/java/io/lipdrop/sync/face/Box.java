package io.lipdrop.sync.face;

/**
 * A face found in a frame.
 *
 * @param x left edge, pixels
 * @param y upper edge, pixels
 * @param width pixels, brow to brow
 * @param height pixels, brows to chin
 * @param roll how far the line through the eyes is turned, radians, clockwise in the picture
 * @param score 0 to 1
 */
public record Box(float x, float y, float width, float height, float roll, float score) {
    float centerX() {
        return x + width / 2;
    }

    float centerY() {
        return y + height / 2;
    }

    float area() {
        return width * height;
    }

    /** Intersection over union, 0 to 1. */
    float overlap(Box other) {
        float w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
        float h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        return w * h / (area() + other.area() - w * h);
    }
}
