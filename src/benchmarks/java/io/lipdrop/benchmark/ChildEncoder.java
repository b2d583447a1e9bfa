package io.lipdrop.benchmark;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.write.SegmentWriter;

/** The product's own way: a child process, and raw frames through a pipe. */
final class ChildEncoder implements FrameEncoder {
    private final SegmentWriter writer;

    ChildEncoder(SegmentWriter writer) {
        this.writer = writer;
    }

    @Override
    public void write(Frame frame) {
        writer.write(frame);
    }

    @Override
    public void finish() {
        writer.finish();
    }

    @Override
    public void close() {
        writer.close();
    }
}
