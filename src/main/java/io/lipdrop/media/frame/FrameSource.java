package io.lipdrop.media.frame;

import org.jspecify.annotations.Nullable;

/** A source of frames, in order. */
public interface FrameSource extends AutoCloseable {

    /** The next frame, written into {@code into}; null at the end. */
    @Nullable
    Frame next(Frame into);

    /** Ends the decoders; a {@link #next} that is blocked in another thread fails with STALLED. */
    @Override
    void close();
}
