package io.lipdrop.sync.pixel;

/** Arithmetic on single numbers, under the names that shading languages have for it. */
public final class Scalars {
    private Scalars() {}

    /** The value limited to {@code min} and {@code max}; {@code min} if it is NaN, or if {@code max} is smaller. */
    public static float clamp(float value, float min, float max) {
        float upTo = value > max ? max : value;
        return upTo > min ? upTo : min;
    }

    /** The same of doubles. */
    public static double clamp(double value, double min, double max) {
        double upTo = value > max ? max : value;
        return upTo > min ? upTo : min;
    }

    /** The same of integers. */
    public static int clamp(int value, int min, int max) {
        int upTo = value > max ? max : value;
        return upTo > min ? upTo : min;
    }

    /** The value limited to 0 and 1; NaN becomes 0. */
    public static float clamp(float value) {
        return clamp(value, 0f, 1f);
    }

    /**
     * From {@code a}, where {@code part} is 0, to {@code b}, where it is 1, and beyond. {@code x = lerp(x, now, part)} follows a quantity: it
     * is the exponential moving average in which what is seen now has the weight {@code part}.
     */
    public static float lerp(float a, float b, float part) {
        return a + part * (b - a);
    }

    /** Between the four corners of a square by straight lines; u to the right and v down, both from 0 to 1. */
    public static float bilinear(float topLeft, float topRight, float bottomLeft, float bottomRight, float u, float v) {
        return lerp(lerp(topLeft, topRight, u), lerp(bottomLeft, bottomRight, u), v);
    }

    /** From 0 to 1 as {@code part} goes there, level at both ends: Hermite's 3t² − 2t³. */
    public static float smoothstep(float part) {
        float t = clamp(part);
        return t * t * (3 - 2 * t);
    }

    /** 0 at {@code none} and before it, 1 at {@code all} and beyond, smooth between; {@code all} may be the smaller of the two. */
    public static float smoothstep(float none, float all, float value) {
        return smoothstep((value - none) / (all - none));
    }

    /** The biweight window: 1 at 0, 0 from a distance of 1 on to both sides, level there. */
    public static float window(float distance) {
        float inside = 1 - distance * distance;
        return Math.abs(distance) < 1 ? inside * inside : 0;
    }

    /** The value times itself. */
    public static float square(float value) {
        return value * value;
    }
}
