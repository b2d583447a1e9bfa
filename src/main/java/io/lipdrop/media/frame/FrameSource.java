package io.lipdrop.media.frame;

import org.jspecify.annotations.Nullable;

/** Where frames come from, one after the other. */
public interface FrameSource extends AutoCloseable {

    /** The next frame, written into {@code into}; null where there is none. */
    @Nullable
    Frame next(Frame into);

    /** Ends the decoders; a {@link #next} that is blocked in another thread fails with STALLED. */
    @Override
    void close();
}
