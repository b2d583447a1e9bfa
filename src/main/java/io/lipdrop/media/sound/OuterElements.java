package io.lipdrop.media.sound;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/** The lengths of the outermost elements of a container: a RIFF chunk, a box of MP4, an element of Matroska. */
final class OuterElements {
    private final HeaderBytes file;
    private final String first;

    /**
     * The elements of a file.
     *
     * @param first its first 16 bytes, which tell the kind of container
     */
    OuterElements(HeaderBytes file, String first) {
        this.file = file;
        this.first = first;
    }

    /** Where the element at {@code at} ends; empty if the container is unknown or the length is not plausible. */
    OptionalLong end(long at) throws IOException {
        long length = 0;
        if (isRiff(first)) {
            length = riffLength(at);
        } else if (first.startsWith("FORM")) {
            length = even(8 + file.unsigned(at + 4, ByteOrder.BIG_ENDIAN));
        } else if (first.startsWith("ftyp", 4)) {
            length = boxLength(at);
        } else if (first.startsWith("\u001aE\u00df\u00a3")) {
            length = ebmlLength(at);
        } else if (first.startsWith("caff")) {
            length = file.text(at, 4).equals("caff") ? 8 : 12 + file.number(at + 4, ByteOrder.BIG_ENDIAN);
        } else if (first.startsWith("FLV")) {
            length = file.text(at, 3).equals("FLV") ? 13 : 15 + (file.unsigned(at, ByteOrder.BIG_ENDIAN) & 0xffffff);
        } else if (first.startsWith("riff")) {
            length = (file.number(at + 16, ByteOrder.LITTLE_ENDIAN) + 7) / 8 * 8;
        }
        boolean isPlausible = length >= 8 && length <= file.size() - at;
        return isPlausible ? OptionalLong.of(at + length) : OptionalLong.empty();
    }

    static boolean isRiff(String bytes) {
        return bytes.length() >= 12 && (bytes.startsWith("RIFF") || bytes.startsWith("RF64"));
    }

    /** In RF64 (EBU Tech 3306) the size is in a separate chunk, the first one. */
    private long riffLength(long at) throws IOException {
        return file.text(at, 4).equals("RF64")
                ? even(8 + file.number(at + 20, ByteOrder.LITTLE_ENDIAN))
                : even(8 + file.unsigned(at + 4, ByteOrder.LITTLE_ENDIAN));
    }

    /** ISO/IEC 14496-12, 4.2: 1 stands for a size of 64 bits behind the type, 0 for the rest of the file. */
    private long boxLength(long at) throws IOException {
        long length = file.unsigned(at, ByteOrder.BIG_ENDIAN);
        return length == 1 ? file.number(at + 8, ByteOrder.BIG_ENDIAN) : length;
    }

    /** RFC 8794: an identifier of one to four bytes, then a size of one to eight, all ones where it is not known. */
    private long ebmlLength(long at) throws IOException {
        byte[] head = file.bytes(at, 12);
        int id = head.length == 12 ? Integer.numberOfLeadingZeros(head[0] & 0xff) - 24 + 1 : 0;
        int digits = id >= 1 && id <= 4 ? Integer.numberOfLeadingZeros(head[id] & 0xff) - 24 + 1 : 0;
        if (digits < 1 || digits > 8) {
            return 0;
        }
        long length = head[id] & (0xff >> digits);
        for (int i = 1; i < digits; i++) {
            length = length << 8 | (head[id + i] & 0xff);
        }
        return length == (1L << (7 * digits)) - 1 ? 0 : id + digits + length;
    }

    static long even(long length) {
        return length + length % 2;
    }
}
