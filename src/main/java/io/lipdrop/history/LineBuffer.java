package io.lipdrop.history;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of bytes; empty ones are left out. */
final class LineBuffer {
    /** A longer line is none of ours; what follows it is read again. */
    private static final int MAX_BYTES = 64 << 20;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineBuffer(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** The next one; null at the end. */
    byte @Nullable [] next() throws IOException {
        line.reset();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\n') {
                if (line.size() < MAX_BYTES) {
                    line.write(next);
                }
            } else if (line.size() > 0) {
                return line.toByteArray();
            }
        }
        return line.size() > 0 ? line.toByteArray() : null;
    }
}
