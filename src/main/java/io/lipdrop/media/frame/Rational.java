package io.lipdrop.media.frame;

/** A positive fraction in lowest terms: a frame rate (frames per second) or the shape of a pixel (width to height). */
public record Rational(int num, int den) {

    public static final Rational ONE = new Rational(1, 1);

    public Rational {
        if (num <= 0 || den <= 0) {
            throw new IllegalArgumentException("Not a positive fraction: " + num + "/" + den);
        }
        int divisor = gcd(num, den);
        num /= divisor;
        den /= divisor;
    }

    /** The nearest double. */
    public double value() {
        return (double) num / den;
    }

    /** One over this. */
    public Rational inverse() {
        return new Rational(den, num);
    }

    /**
     * This, multiplied.
     *
     * @throws ArithmeticException if the numerator exceeds an int
     */
    public Rational times(int factor) {
        return new Rational(Math.multiplyExact(num, factor), den);
    }

    /** Seconds that {@code frames} frames take at this rate. */
    public double secondsOf(long frames) {
        return (double) frames * den / num;
    }

    /** Frames at this rate nearest to {@code seconds}. */
    public long framesIn(double seconds) {
        return Math.round(seconds * num / den);
    }

    /** As FFmpeg reads it, {@code 30000/1001}. */
    @Override
    public String toString() {
        return num + "/" + den;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
