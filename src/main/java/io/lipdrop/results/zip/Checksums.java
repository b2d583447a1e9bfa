package io.lipdrop.results.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/** CRC-32 of files, by their tags: a file that is downloaded again is read once. */
public final class Checksums {
    private static final int MAX_KNOWN = 20_000;

    private final Map<String, Long> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    /** The checksum, if it is known. */
    synchronized OptionalLong of(Member member) {
        Long crc = known.get(member.tag());
        return crc == null ? OptionalLong.empty() : OptionalLong.of(crc);
    }

    synchronized void put(Member member, long crc) {
        known.put(member.tag(), crc);
    }

    /** It was not that of the content. */
    synchronized void forget(Member member) {
        known.remove(member.tag());
    }

    /** Reads a file, and goes back to its beginning. */
    static long read(SeekableByteChannel content, ByteBuffer buffer) throws IOException {
        CRC32 crc = new CRC32();
        while (content.read(buffer.clear()) >= 0) {
            crc.update(buffer.flip());
        }
        content.position(0);
        return crc.getValue();
    }
}
