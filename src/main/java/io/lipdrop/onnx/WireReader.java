package io.lipdrop.onnx;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads the wire format of protocol buffers (protobuf.dev/programming-guides/encoding) from a file of any size, a window at
 * a time; skipped parts are not read. Ambiguous input that no writer produces is rejected.
 */
final class WireReader implements AutoCloseable {
    /** Number and wire type of a field. */
    record Field(int number, int type) {}

    static final int LENGTH_DELIMITED = 2;

    private static final int WINDOW_BYTES = 1 << 16;
    private static final int MAX_TAG_BYTES = 5;
    private static final int MAX_VARINT_BYTES = 10;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
    private long windowStart;

    WireReader(Path file) throws IOException {
        channel = FileChannel.open(file);
        size = channel.size();
    }

    long size() {
        return size;
    }

    long position() {
        return windowStart + window.position();
    }

    Field field() throws IOException {
        long tag = varint(MAX_TAG_BYTES);
        Field field = new Field((int) (tag >>> 3), (int) (tag & 7));
        if (tag >>> 32 != 0 || field.number == 0) {
            throw new IOException("a field has no number at byte " + position());
        }
        return field;
    }

    /** The end of a length-delimited field whose length comes next. */
    long end(long limit) throws IOException {
        long length = varint(MAX_TAG_BYTES);
        long end = position() + length;
        if (length > Integer.MAX_VALUE || end > limit) {
            throw new EOFException("it ends too early");
        }
        return end;
    }

    String text(long end) throws IOException {
        byte[] bytes = new byte[(int) (end - position())];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = read();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Skips a field. */
    void skip(Field field, long limit) throws IOException {
        long end = switch (field.type) {
            case 0 -> {
                var unused = varint(MAX_VARINT_BYTES);
                yield position();
            }
            case 1 -> position() + Long.BYTES;
            case LENGTH_DELIMITED -> end(limit);
            case 5 -> position() + Integer.BYTES;
            default -> throw new IOException("a field has an unknown type at byte " + position());
        };
        if (end > limit) {
            throw new EOFException("it ends too early");
        }
        seek(end);
    }

    private long varint(int maxBytes) throws IOException {
        long value = 0;
        for (int i = 0; i < maxBytes; i++) {
            byte next = read();
            value |= (long) (next & 127) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number has no end at byte " + position());
    }

    private byte read() throws IOException {
        if (!window.hasRemaining()) {
            windowStart += window.position();
            window.clear();
            int count = channel.read(window, windowStart);
            window.flip();
            if (count <= 0) {
                throw new EOFException("it ends too early");
            }
        }
        return window.get();
    }

    private void seek(long target) {
        long inWindow = target - windowStart;
        if (inWindow <= window.limit()) {
            window.position((int) inWindow);
        } else {
            windowStart = target;
            window.position(0).limit(0);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
