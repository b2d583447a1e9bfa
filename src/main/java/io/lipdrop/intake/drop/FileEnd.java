package io.lipdrop.intake.drop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/**
 * Checks whether a media file is complete, by the length in its header. Only headers are read; a file without a length, or
 * with an unknown format, counts as complete.
 */
enum FileEnd {
    /** Complete, as far as known. */
    WHOLE,
    /** Shorter than its header says, or with zeros at its end: it may still be copied. */
    CUT_SHORT,
    /** It has its size but only zeros: some copying programs reserve the space first. */
    BLANK;

    /** Larger than any gap in real headers. */
    private static final int BLANK_BYTES = 4096;

    private static final int TAIL_BYTES = 65_536;

    /** A fragmented recording has two boxes per second. */
    private static final int MAX_BOXES = 4000;

    private static final int BOX_HEADER = 8;

    /** Images in boxes have no sample index. */
    private static final Set<String> WITH_THE_CONTENT_LIST = Set.of("moov", "meta");

    /** Programs that write to a pipe do not know the size and write the maximum, or nearly that. */
    private static final long NOT_KNOWN_FROM = 0x7fff_0000L;

    /** Headers round the size. */
    private static final int SLACK = 16;

    /** Maximum number of ID3v2 tags in a row in a sound file. */
    private static final int MAX_TAGS = 64;

    /** The state of a file's end; an unreadable file is left to the decoder. */
    static FileEnd of(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            return of(new Content(channel, channel.size()));
        } catch (IOException | RuntimeException e) {
            return WHOLE;
        }
    }

    private static FileEnd of(Content file) throws IOException {
        if (file.isBlank(0, BLANK_BYTES)) {
            boolean isBlank = file.isBlank(file.size / 2, BLANK_BYTES)
                    && file.isBlank(file.size - Math.min(file.size, TAIL_BYTES), TAIL_BYTES);
            return isBlank ? BLANK : CUT_SHORT;
        }
        String mark = file.text(0, 4);
        long said = switch (mark) {
            case "RIFF", "RIFX" -> riff(file, mark.equals("RIFX"));
            case "RF64", "BW64" -> BOX_HEADER + file.little(20, 8);
            case "riff" -> file.little(16, 8);
            case "FORM" -> BOX_HEADER + file.big(4, 4);
            case "\u001aE\u00df\u00a3" -> matroska(file);
            case "0&\u00b2u" -> asf(file);
            case "FLV\u0001" -> flv(file);
            case "OggS" -> ogg(file);
            default -> isBox(file, 0) ? boxes(file) : mp3(file);
        };
        boolean holdsSamples = mark.startsWith("R") || mark.equals("riff") || mark.equals("FORM");
        boolean hasNoEnd = !holdsSamples
                && file.size > 2 * TAIL_BYTES
                && file.isBlank(file.size - TAIL_BYTES, TAIL_BYTES); // silence is zeros too
        return said > file.size + SLACK || hasNoEnd ? CUT_SHORT : WHOLE;
    }

    /** AVI above a gigabyte continues in further chunks. */
    private static long riff(Content file, boolean isBig) throws IOException {
        long end = 0;
        for (int count = 0; count < MAX_BOXES && file.text(end, 3).equals("RIF"); count++) {
            long bytes = isBig ? file.big(end + 4, 4) : file.little(end + 4, 4);
            if (bytes == 0 || bytes >= NOT_KNOWN_FROM) {
                return 0;
            }
            end += BOX_HEADER + bytes + bytes % 2;
        }
        return end;
    }

    /** EBML: a header, then the segment; all ones mean an unknown size. */
    private static long matroska(Content file) throws IOException {
        long segment = 4 + varIntBytes(file, 4) + varInt(file, 4);
        if (file.big(segment, 4) != 0x1853_8067L) {
            return 0;
        }
        long bytes = varInt(file, segment + 4);
        int width = varIntBytes(file, segment + 4);
        boolean isKnown = bytes != (1L << (7 * width)) - 1;
        return isKnown ? segment + 4 + width + bytes : 0;
    }

    private static int varIntBytes(Content file, long at) throws IOException {
        return Math.min(8, Integer.numberOfLeadingZeros((int) file.big(at, 1)) - 24 + 1);
    }

    private static long varInt(Content file, long at) throws IOException {
        int width = varIntBytes(file, at);
        return file.big(at, width) & ((1L << (7 * width)) - 1);
    }

    /** The file properties are among the first objects of the header; a broadcast has no size. */
    private static long asf(Content file) throws IOException {
        long at = 30;
        for (int count = 0; count < 64; count++) {
            if (file.big(at, 8) == 0xa1dc_ab8c_47a9_cf11L) {
                boolean isBroadcast = (file.little(at + 88, 4) & 1) != 0;
                return isBroadcast ? 0 : file.little(at + 40, 8);
            }
            long bytes = file.little(at + 16, 8);
            if (bytes < 24) {
                return 0;
            }
            at += bytes;
        }
        return 0;
    }

    /** The last four bytes lead back to the last tag. */
    private static long flv(Content file) throws IOException {
        long bytes = file.big(file.size - 4, 4);
        long tag = file.size - 4 - bytes;
        boolean isWhole = tag > 0 && file.big(tag + 1, 3) == bytes - 11;
        return isWhole ? 0 : Long.MAX_VALUE / 2;
    }

    /** The last page ends where the file does. */
    private static long ogg(Content file) throws IOException {
        long from = Math.max(0, file.size - TAIL_BYTES);
        int at = file.text(from, TAIL_BYTES).lastIndexOf("OggS");
        if (at < 0) {
            return 0;
        }
        long page = from + at;
        int segments = (int) file.big(page + 26, 1);
        long end = page + 27 + segments;
        for (char length : file.text(page + 27, segments).toCharArray()) {
            end += length;
        }
        return page + 27 + segments > file.size ? Long.MAX_VALUE / 2 : end;
    }

    private static boolean isBox(Content file, long at) throws IOException {
        return Set.of("ftyp", "moov", "mdat", "wide", "free", "skip", "pnot", "styp", "moof", "sidx")
                .contains(file.text(at + 4, 4));
    }

    private static long boxes(Content file) throws IOException {
        boolean hasContentList = false;
        long at = 0;
        for (int count = 0; at < file.size; count++) {
            String type = file.text(at + 4, 4);
            if (count == MAX_BOXES || !type.matches("[\\w \\-\u00a9]{4}")) {
                return 0; // something behind the last box, or in its place
            }
            hasContentList |= WITH_THE_CONTENT_LIST.contains(type);
            long bytes = file.big(at, 4);
            if (bytes == 1) {
                bytes = file.big(at + 8, 8);
            }
            if (bytes == 0) {
                bytes = file.size - at;
            }
            if (bytes < BOX_HEADER) {
                return 0;
            }
            at += bytes;
        }
        return hasContentList ? at : Long.MAX_VALUE / 2;
    }

    /** MPEG sound, whose first frame may tell its bytes ("Xing", "Info"), behind tags of ID3v2. */
    private static long mp3(Content file) throws IOException {
        long start = 0;
        for (int tags = 0; tags < MAX_TAGS && file.text(start, 3).equals("ID3"); tags++) {
            long size = 0;
            for (int i = 6; i < 10; i++) {
                size = size * 128 + (file.big(start + i, 1) & 0x7f);
            }
            start += 10 + size;
        }
        String first = file.text(start, 64);
        int at = Math.max(first.indexOf("Xing"), first.indexOf("Info"));
        if (at < 0 || (file.big(start, 2) & 0xffe0) != 0xffe0) {
            return start;
        }
        long flags = file.big(start + at + 4, 4);
        boolean saysBytes = (flags & 2) != 0;
        return saysBytes ? start + file.big(start + at + 8 + ((flags & 1) != 0 ? 4 : 0), 4) : 0;
    }

    /** A file's bytes; behind its end there are zeros. */
    private record Content(FileChannel channel, long size) {
        private byte[] at(long position, int count) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(count);
            long from = Math.max(0, position);
            int more = 0;
            while (buffer.hasRemaining() && more >= 0) {
                more = channel.read(buffer, from + buffer.position());
            }
            return buffer.array();
        }

        String text(long position, int count) throws IOException {
            return new String(at(position, count), StandardCharsets.ISO_8859_1);
        }

        long big(long position, int count) throws IOException {
            long number = 0;
            for (byte octet : at(position, count)) {
                number = (number << 8) | (octet & 0xff);
            }
            return number;
        }

        long little(long position, int count) throws IOException {
            return Long.reverseBytes(big(position, count)) >>> (64 - 8 * count);
        }

        boolean isBlank(long position, int count) throws IOException {
            if (size == 0) {
                return false;
            }
            for (byte octet : at(position, count)) {
                if (octet != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
