package io.lipdrop.media.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The size in a WAV header (RIFF, 1991); FFmpeg uses only the bytes that exist. */
public final class RiffHeader {
    private static final int BYTES = 8;
    private static final int RIFF = 0x46464952;

    /** Programs that write to a pipe do not know the size and write the maximum, or nearly that. */
    private static final long NOT_KNOWN_FROM = 0x7fff_0000;

    private RiffHeader() {}

    /** How many times longer the complete file would be; 1 if it is complete or unknown. */
    public static double wholeOverThere(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            ByteBuffer header = ByteBuffer.wrap(in.readNBytes(BYTES)).order(ByteOrder.LITTLE_ENDIAN);
            if (header.capacity() < BYTES || header.getInt(0) != RIFF) {
                return 1;
            }
            long said = BYTES + Integer.toUnsignedLong(header.getInt(4));
            return said < NOT_KNOWN_FROM ? Math.max(1, (double) said / Files.size(file)) : 1;
        } catch (IOException e) {
            return 1; // the decoder reports the reason
        }
    }
}
