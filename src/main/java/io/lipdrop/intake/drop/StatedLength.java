package io.lipdrop.intake.drop;

import java.io.IOException;
import java.util.Set;

/** The length that the header of a media file states. Formats without a header length are read by their last element. */
final class StatedLength {
    /** A fragmented recording has two boxes per second. */
    private static final int MAX_BOXES = 4000;

    private static final int BOX_HEADER = 8;

    /** Images in boxes have no sample index. */
    private static final Set<String> WITH_THE_CONTENT_LIST = Set.of("moov", "meta");

    /** Programs that write to a pipe do not know the size and write the maximum, or nearly that. */
    private static final long NOT_KNOWN_FROM = 0x7fff_0000L;

    /** Maximum number of ID3v2 tags in a row in a sound file. */
    private static final int MAX_TAGS = 64;

    private final FileBytes file;

    StatedLength(FileBytes file) {
        this.file = file;
    }

    /** The bytes of the whole file; 0 if unknown, larger than any file if its end is missing. */
    long bytes() throws IOException {
        String mark = file.text(0, 4);
        return switch (mark) {
            case "RIFF", "RIFX" -> riff(mark.equals("RIFX"));
            case "RF64", "BW64" -> BOX_HEADER + file.little(20, 8);
            case "riff" -> file.little(16, 8);
            case "FORM" -> BOX_HEADER + file.big(4, 4);
            case "\u001aE\u00df\u00a3" -> matroska();
            case "0&\u00b2u" -> asf();
            case "FLV\u0001" -> flv();
            case "OggS" -> ogg();
            default -> isBox() ? boxes() : mp3();
        };
    }

    /** AVI above a gigabyte continues in further chunks. */
    private long riff(boolean isBig) throws IOException {
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
    private long matroska() throws IOException {
        long segment = 4 + varIntBytes(4) + varInt(4);
        if (file.big(segment, 4) != 0x1853_8067L) {
            return 0;
        }
        long bytes = varInt(segment + 4);
        int width = varIntBytes(segment + 4);
        boolean isKnown = bytes != (1L << (7 * width)) - 1;
        return isKnown ? segment + 4 + width + bytes : 0;
    }

    private int varIntBytes(long at) throws IOException {
        return Math.min(8, Integer.numberOfLeadingZeros((int) file.big(at, 1)) - 24 + 1);
    }

    private long varInt(long at) throws IOException {
        int width = varIntBytes(at);
        return file.big(at, width) & ((1L << (7 * width)) - 1);
    }

    /** The file properties are among the first objects of the header; a broadcast has no size. */
    private long asf() throws IOException {
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
    private long flv() throws IOException {
        long bytes = file.big(file.size() - 4, 4);
        long tag = file.size() - 4 - bytes;
        boolean isWhole = tag > 0 && file.big(tag + 1, 3) == bytes - 11;
        return isWhole ? 0 : Long.MAX_VALUE / 2;
    }

    /** The last page ends where the file does. */
    private long ogg() throws IOException {
        long from = Math.max(0, file.size() - FileEnd.TAIL_BYTES);
        int at = file.text(from, FileEnd.TAIL_BYTES).lastIndexOf("OggS");
        if (at < 0) {
            return 0;
        }
        long page = from + at;
        int segments = (int) file.big(page + 26, 1);
        long end = page + 27 + segments;
        for (char length : file.text(page + 27, segments).toCharArray()) {
            end += length;
        }
        return page + 27 + segments > file.size() ? Long.MAX_VALUE / 2 : end;
    }

    private boolean isBox() throws IOException {
        return Set.of("ftyp", "moov", "mdat", "wide", "free", "skip", "pnot", "styp", "moof", "sidx")
                .contains(file.text(4, 4));
    }

    private long boxes() throws IOException {
        boolean hasContentList = false;
        long at = 0;
        for (int count = 0; at < file.size(); count++) {
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
                bytes = file.size() - at;
            }
            if (bytes < BOX_HEADER) {
                return 0;
            }
            at += bytes;
        }
        return hasContentList ? at : Long.MAX_VALUE / 2;
    }

    /** MPEG sound, whose first frame may tell its bytes ("Xing", "Info"), behind tags of ID3v2. */
    private long mp3() throws IOException {
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
}
