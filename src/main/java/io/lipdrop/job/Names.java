package io.lipdrop.job;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Names of files and jobs: the user's own wherever possible, never too long for a file system. */
public final class Names {
    /** File systems end at 255 bytes; this leaves room for {@code -2.error.json} and the queue's prefix. */
    private static final int MOST_BYTES = 180;

    private Names() {}

    public static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** A file's name without its extension, shortened if it is very long. */
    public static String stem(String fileName) {
        String last = baseName(fileName);
        int dot = last.lastIndexOf('.');
        return shortened(dot > 0 ? last.substring(0, dot) : last);
    }

    /** What stands behind the last slash of a path as a person writes it. */
    public static String baseName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** A file's extension with its dot, or nothing. */
    public static String extension(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > fileName.lastIndexOf('/') + 1 ? fileName.substring(dot) : "";
    }

    /** A job's id: readable, unique in its batch, with no character that a route or a shell takes for its own. */
    public static String jobId(String batch, int sequence) {
        String plain = shortened(batch).replaceAll("[^\\p{L}\\p{N}._-]", "_");
        String unique = plain.equals(batch) ? plain : plain + "-" + checksum(batch);
        return "%s-%02d".formatted(unique, sequence);
    }

    private static String shortened(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
            return name;
        }
        StringBuilder kept = new StringBuilder();
        int bytes = 0;
        for (int symbol : name.codePoints().toArray()) {
            bytes += Character.toString(symbol).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES - 9) {
                break;
            }
            kept.appendCodePoint(symbol);
        }
        return kept + "-" + checksum(name);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }
}
