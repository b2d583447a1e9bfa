package io.lipdrop.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256, in lower-case hexadecimal. */
public final class Checksum {
    private Checksum() {}

    /**
     * The checksum of a file.
     *
     * @param beat called every megabyte
     */
    public static String sha256(Path file, Runnable beat) throws IOException {
        return sha256(List.of(file), beat);
    }

    /** The checksum of several files, concatenated. */
    public static String sha256(List<Path> files, Runnable beat) throws IOException {
        MessageDigest digest = digest();
        byte[] piece = new byte[1 << 20];
        for (Path file : files) {
            try (InputStream content = Files.newInputStream(file)) {
                for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
                    digest.update(piece, 0, read);
                    beat.run();
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The checksum of bytes. */
    public static String sha256(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
