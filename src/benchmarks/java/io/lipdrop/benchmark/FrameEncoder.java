package io.lipdrop.benchmark;

import io.lipdrop.media.frame.Frame;
import java.io.IOException;

/** One segment of H.264 being written; closed before {@link #finish}, it leaves no file. */
interface FrameEncoder extends AutoCloseable {
    void write(Frame frame) throws IOException;

    /** Writes what the encoder still holds, forces the segment to disk and gives it its name. */
    void finish() throws IOException;

    @Override
    void close() throws IOException;
}
