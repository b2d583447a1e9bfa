package io.lipdrop.sync.neural;

/**
 * A turned rectangle of the frame that becomes the square picture of a network, and back: one affine transform.
 *
 * @param x of its upper left corner, pixels of the frame; (0, 0) is the centre of the first pixel
 * @param y of its upper left corner
 * @param acrossX its upper edge, from left to right, as a step in the frame
 * @param acrossY its upper edge
 * @param downX its left edge, from top to bottom, as a step in the frame; at a right angle to the upper one
 * @param downY its left edge
 */
record Window(float x, float y, float acrossX, float acrossY, float downX, float downY) {

    /** The place in the frame of a place in the picture, both from 0 to 1. */
    float frameX(float u, float v) {
        return x + u * acrossX + v * downX;
    }

    float frameY(float u, float v) {
        return y + u * acrossY + v * downY;
    }

    /** The place in the picture, from 0 to 1 from left to right, of a place in the frame. */
    float u(float px, float py) {
        return ((px - x) * acrossX + (py - y) * acrossY) / (acrossX * acrossX + acrossY * acrossY);
    }

    /** The same from top to bottom. */
    float v(float px, float py) {
        return ((px - x) * downX + (py - y) * downY) / (downX * downX + downY * downY);
    }

    float width() {
        return (float) Math.hypot(acrossX, acrossY);
    }

    float height() {
        return (float) Math.hypot(downX, downY);
    }
}
