package io.lipdrop.intake.drop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a file; behind its end there are zeros.
 *
 * @param channel the open file, which the caller closes
 * @param size its size
 */
record FileBytes(FileChannel channel, long size) {
    private byte[] at(long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        long from = Math.max(0, position);
        int more = 0;
        while (buffer.hasRemaining() && more >= 0) {
            more = channel.read(buffer, from + buffer.position());
        }
        return buffer.array();
    }

    /** Bytes as ISO 8859-1. */
    String text(long position, int count) throws IOException {
        return new String(at(position, count), StandardCharsets.ISO_8859_1);
    }

    /** Up to 8 bytes, the highest first. */
    long big(long position, int count) throws IOException {
        long number = 0;
        for (byte octet : at(position, count)) {
            number = (number << 8) | (octet & 0xff);
        }
        return number;
    }

    /** Up to 8 bytes, the lowest first. */
    long little(long position, int count) throws IOException {
        return Long.reverseBytes(big(position, count)) >>> (64 - 8 * count);
    }

    /** Whether there are only zeros; false for an empty file. */
    boolean isBlank(long position, int count) throws IOException {
        if (size == 0) {
            return false;
        }
        for (byte octet : at(position, count)) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }
}
