package io.lipdrop.results.zip;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;

/**
 * A file that goes into an archive.
 *
 * @param name its path in the archive, with {@code /}
 * @param bytes its length
 * @param tag changes when the file does
 */
public record Member(String name, long bytes, Instant modified, String tag, Source source) {
    /** Where the file comes from. */
    public interface Source {
        /**
         * Opens it at its beginning.
         *
         * @throws MemberChanged if it is not the file that was planned
         */
        SeekableByteChannel open() throws IOException;

        /** Whether it still is the file that was planned. */
        boolean isUnchanged() throws IOException;
    }
}
