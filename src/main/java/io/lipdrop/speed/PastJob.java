package io.lipdrop.speed;

import java.util.Objects;

/**
 * How long a job took that was made in one go.
 *
 * @param asked the engine that its options named
 * @param engine what drew it
 * @param device where
 * @param still whether its video was an image
 * @param pixels of a frame
 * @param frames how many were made
 * @param fixedSeconds before the first frame and after the last
 * @param frameSeconds for all frames
 */
public record PastJob(
        String asked,
        String engine,
        String device,
        boolean still,
        long pixels,
        long frames,
        double fixedSeconds,
        double frameSeconds) {
    /** Following the face costs as much for each frame, whatever its size, as so many pixels; measured on six clips. */
    private static final double PIXELS_OF_A_FACE = 250_000;

    /** Longer jobs do not count more than one of so many frames. */
    private static final long MANY_FRAMES = 3000;

    /** Whether a document that was read has everything in a sensible size. */
    boolean isSound() {
        return asked != null
                && engine != null
                && pixels > 0
                && frames > 0
                && fixedSeconds >= 0
                && frameSeconds > 0
                && Double.isFinite(fixedSeconds + frameSeconds);
    }

    boolean isLike(PastJob other) {
        return engine.equals(other.engine) && Objects.equals(device, other.device);
    }

    /** How long it would have taken for a frame of another size. */
    double secondsAFrame(long otherPixels) {
        return frameSeconds / frames * (otherPixels + PIXELS_OF_A_FACE) / (pixels + PIXELS_OF_A_FACE);
    }

    /** How much it says of the time that a frame takes: long jobs of that size say most. */
    double weight(long otherPixels) {
        return Math.min(frames, MANY_FRAMES) * closeness(pixels, otherPixels);
    }

    /** How much it says of the time around the frames: jobs of that size and length say most. */
    double fixedWeight(long otherPixels, long otherFrames) {
        return closeness(pixels, otherPixels) * closeness(frames, otherFrames);
    }

    private static double closeness(long one, long other) {
        return (double) Math.min(one, other) / Math.max(one, other);
    }
}
