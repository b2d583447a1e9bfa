package io.lipdrop.media.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Reads a file at any place. Behind its end there are no bytes, and an incomplete number is 0. */
final class HeaderBytes {
    private final FileChannel file;
    private final long size;
    private final Runnable moved;

    /**
     * A reader of an open file, which the caller closes.
     *
     * @param moved called at each read
     */
    HeaderBytes(FileChannel file, Runnable moved) throws IOException {
        this.file = file;
        this.moved = moved;
        this.size = file.size();
    }

    long size() {
        return size;
    }

    /** Four bytes as an unsigned number. */
    long unsigned(long at, ByteOrder order) throws IOException {
        byte[] bytes = bytes(at, Integer.BYTES);
        return bytes.length < Integer.BYTES
                ? 0
                : Integer.toUnsignedLong(ByteBuffer.wrap(bytes).order(order).getInt());
    }

    /** Eight bytes. */
    long number(long at, ByteOrder order) throws IOException {
        byte[] bytes = bytes(at, Long.BYTES);
        return bytes.length < Long.BYTES
                ? 0
                : ByteBuffer.wrap(bytes).order(order).getLong();
    }

    /** Bytes as ISO 8859-1; fewer at the end of the file. */
    String text(long at, int length) throws IOException {
        return new String(bytes(at, length), StandardCharsets.ISO_8859_1);
    }

    /** Some bytes; fewer at the end of the file. */
    byte[] bytes(long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(length, size - at)));
        moved.run();
        while (buffer.hasRemaining() && file.read(buffer, at + buffer.position()) >= 0) {
            // until it is full
        }
        return buffer.array();
    }
}
