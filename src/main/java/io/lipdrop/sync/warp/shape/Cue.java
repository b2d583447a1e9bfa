package io.lipdrop.sync.warp.shape;

import io.lipdrop.sync.voice.MouthShape;
import java.util.function.IntFunction;

/**
 * What the voice asks of a mouth, now and later.
 *
 * @param ahead the shape a number of frames later, 0 for this frame
 * @param number of the frame, counted from the last one at which an interrupted rendering may continue
 * @param left frames to the next such one, this one included
 */
public record Cue(IntFunction<MouthShape> ahead, long number, long left) {

    /** The same shape in all frames. */
    public static Cue of(MouthShape shape) {
        return new Cue(frames -> shape, 0, Long.MAX_VALUE);
    }

    /** The same, scaled. */
    public Cue scaled(MouthScale scale) {
        return new Cue(frames -> scale.of(ahead.apply(frames)), number, left);
    }

    /** The shape in this frame. */
    public MouthShape now() {
        return ahead.apply(0);
    }

    /** The shape in a later frame. */
    public MouthShape in(int frames) {
        return ahead.apply(frames);
    }
}
