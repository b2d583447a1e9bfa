package io.lipdrop.sync.voice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** A voice on disk: raw signed 16-bit little-endian mono, 16 000 samples a second; read in pieces, never whole. */
final class VoiceSamples implements AutoCloseable {
    static final int PER_SECOND = 16_000;

    private static final float FULL_SCALE = 32_768f;

    private final FileChannel file;
    private final long count;
    /** Kept from read to read: long voices are read in hundreds of pieces. */
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    VoiceSamples(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.READ);
        count = file.size() / Short.BYTES;
    }

    long count() {
        return count;
    }

    /** Reads {@code into.length} samples from {@code first} on, in [−1, 1); silence before the start and after the end. */
    void read(long first, float[] into) throws IOException {
        int size = into.length * Short.BYTES;
        if (bytes.capacity() < size) {
            bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        }
        bytes.clear().limit(size);
        Arrays.fill(bytes.array(), 0, size, (byte) 0);
        int skipped = (int) Math.min(into.length, Math.max(0, -first));
        bytes.position(skipped * Short.BYTES);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, first * Short.BYTES + bytes.position()) < 0) {
                break;
            }
        }
        bytes.rewind();
        for (int i = 0; i < into.length; i++) {
            into[i] = bytes.getShort() / FULL_SCALE;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
