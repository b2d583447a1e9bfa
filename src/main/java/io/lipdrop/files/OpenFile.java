package io.lipdrop.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file that is open for reading.
 *
 * @param content from its beginning
 * @param attributes when it was opened
 */
public record OpenFile(SeekableByteChannel content, BasicFileAttributes attributes) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        content.close();
    }
}
