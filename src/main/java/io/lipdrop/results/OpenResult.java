package io.lipdrop.results;

import io.lipdrop.files.OpenFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * A file that is open, to be sent.
 *
 * @param file what it was when it was opened
 * @param open its content
 */
public record OpenResult(ResultFile file, OpenFile open) implements AutoCloseable {
    public SeekableByteChannel content() {
        return open.content();
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
