package io.lipdrop.media.container;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Finds encryption boxes in MP4 and QuickTime (ISO/IEC 23001-7, common encryption; FairPlay has the same). Such a file
 * cannot be decoded without its key, and FFmpeg's parser of these boxes has had vulnerabilities: such a file is not passed to it.
 */
public final class EncryptedBoxes {
    private static final Set<String> ENCRYPTION =
            Set.of("encv", "enca", "sinf", "pssh", "tenc", "senc", "drmi", "drms");
    private static final Set<String> CONTAINERS =
            Set.of("moov", "trak", "mdia", "minf", "stbl", "moof", "traf", "udta", "edts", "mvex");

    /** Maximum number of boxes read; a day of video in fragments of a second has fewer. */
    private static final int MAX_BOXES = 1_000_000;

    private static final int HEADER = 8;

    private static final List<String> IN_DESCRIPTIONS = List.of("sinf", "tenc", "senc", "pssh");
    private static final int DESCRIPTION_BYTES = 1 << 16;

    /** Five are usual. */
    private static final int MAX_DEPTH = 16;

    private final RandomAccessFile file;
    private int boxes;

    private EncryptedBoxes(RandomAccessFile file) {
        this.file = file;
    }

    /** Whether there is one; false for files of other kinds, and where it cannot be read. */
    public static boolean isIn(Path path) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            return new EncryptedBoxes(file).isIn(0, file.length(), 0);
        } catch (IOException e) {
            return false; // the next reader reports the reason
        }
    }

    /** Whether the boxes within descriptions, whatever their order, say how something is encrypted. */
    private boolean describesEncryption(long start, long end) throws IOException {
        byte[] descriptions = new byte[(int) Math.min(DESCRIPTION_BYTES, end - start)];
        file.seek(start);
        file.readFully(descriptions);
        String text = new String(descriptions, StandardCharsets.ISO_8859_1);
        return IN_DESCRIPTIONS.stream().anyMatch(text::contains);
    }

    private boolean isIn(long start, long end, int depth) throws IOException {
        long position = start;
        while (position + HEADER <= end && boxes++ < MAX_BOXES) {
            file.seek(position);
            long size = Integer.toUnsignedLong(file.readInt());
            byte[] name = new byte[4];
            file.readFully(name);
            String type = new String(name, StandardCharsets.ISO_8859_1);
            int header = HEADER;
            if (size == 1) {
                size = file.readLong();
                header += Long.BYTES;
            }
            long next = size == 0 ? end : position + size;
            if (next < position + header || next > end) {
                next = end; // cut off, or not a box
            }
            if (ENCRYPTION.contains(type)) {
                return true;
            }
            boolean isTable = type.equals("stsd"); // of descriptions, behind version and count
            if (isTable && describesEncryption(position, next)) {
                return true;
            }
            boolean isContainer = isTable || CONTAINERS.contains(type);
            if (isContainer && depth < MAX_DEPTH && isIn(position + header + (isTable ? 8 : 0), next, depth + 1)) {
                return true;
            }
            position = next;
        }
        return false;
    }
}
