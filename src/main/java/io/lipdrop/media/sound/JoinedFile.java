package io.lipdrop.media.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Complete recordings joined in one file, as by {@code cat a.wav b.wav}: FFmpeg reads only the first one, or continues with
 * its parameters. The end of a recording is found by the structure of its container, or by the first bytes of the next one if
 * the container has no size.
 */
public final class JoinedFile {
    private static final int SEARCH_BYTES = 1 << 20;

    /** Maximum numbers of pages or boxes, and of recordings; real files have fewer. */
    private static final int MAX_ELEMENTS = 2_000_000;

    private static final int MAX_RECORDINGS = 500;

    /** The largest, with a size for each of 255 segments. */
    private static final int PAGE_HEADER_BYTES = 27 + 255;

    private static final int ADTS_HEADER_BYTES = 7;

    private final FileChannel file;
    private final long size;
    private final Runnable moved;

    private JoinedFile(FileChannel file, Runnable moved) throws IOException {
        this.file = file;
        this.moved = moved;
        this.size = file.size();
    }

    /**
     * Some bytes of the file.
     *
     * @param start the first one
     * @param length how many
     */
    record Piece(long start, long length) {}

    /**
     * One recording.
     *
     * @param pieces the parts of the file that make it a complete file
     */
    record Part(List<Piece> pieces) {}

    /** The number of recordings in the file; 1 if unknown or unreadable. */
    public static int recordings(Path file) {
        try {
            return partsOf(file).size();
        } catch (IOException e) {
            return 1;
        }
    }

    /** The recordings, in order. */
    static List<Part> partsOf(Path path) throws IOException {
        return partsOf(path, () -> {});
    }

    /**
     * The recordings, in order.
     *
     * @param moved called at each read: some files have to be read completely
     */
    static List<Part> partsOf(Path path, Runnable moved) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            JoinedFile file = new JoinedFile(channel, moved);
            List<Long> starts = file.starts();
            if (starts.size() > MAX_RECORDINGS) {
                starts = List.of(0L);
            }
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < starts.size(); i++) {
                long end = i + 1 < starts.size() ? starts.get(i + 1) : channel.size();
                parts.addAll(file.parts(starts.get(i), end));
            }
            return parts.size() > MAX_RECORDINGS ? List.of(new Part(List.of(new Piece(0, channel.size())))) : parts;
        }
    }

    /** A WAV may have its samples in several chunks, of which FFmpeg reads the last one: each makes a recording of its own. */
    private List<Part> parts(long start, long end) throws IOException {
        Part whole = new Part(List.of(new Piece(start, end - start)));
        if (!text(start, 4).equals("RIFF") || !text(start + 8, 4).equals("WAVE")) {
            return List.of(whole);
        }
        List<Piece> data = new ArrayList<>();
        long length;
        long chunks = 0;
        for (long at = start + 12; at < end && chunks < MAX_ELEMENTS && data.size() < MAX_RECORDINGS; at += length) {
            chunks++;
            length = even(8 + unsigned(at + 4, ByteOrder.LITTLE_ENDIAN));
            if (text(at, 4).equals("data")) {
                data.add(new Piece(at, Math.min(length, end - at)));
            }
        }
        if (data.size() < 2) {
            return List.of(whole);
        }
        Piece head = new Piece(start, data.get(0).start() - start);
        return data.stream().map(chunk -> new Part(List.of(head, chunk))).toList();
    }

    private List<Long> starts() throws IOException {
        String head = text(0, 16);
        if (head.startsWith("OggS")) {
            return chains();
        }
        if (head.startsWith("fLaC")) {
            return found("fLaC\0\0\0\042", "fLaC\u0080\0\0\042");
        }
        if (head.startsWith("#!AMR")) {
            return found("#!AMR\n", "#!AMR-WB\n");
        }
        if (head.startsWith("0&\u00b2u\u008ef\u00cf\u0011\u00a6\u00d9\0\u00aa\0b\u00cel")) {
            return found(head); // the GUID of an ASF header
        }
        if (isAdts(bytes(0, ADTS_HEADER_BYTES))) {
            return configurations();
        }
        List<Long> starts = new ArrayList<>(List.of(0L));
        OptionalLong end = end(head, 0);
        for (int i = 0; i < MAX_ELEMENTS && end.isPresent() && end.getAsLong() < size; i++) {
            String next = text(end.getAsLong(), 16);
            if (begins(next, head)) {
                starts.add(end.getAsLong());
            }
            end = end(head, end.getAsLong());
        }
        return starts;
    }

    /** Whether a recording of the same kind begins with these bytes. */
    private static boolean begins(String bytes, String first) {
        if (first.startsWith("ftyp", 4)) {
            return bytes.startsWith("ftyp", 4);
        }
        if (isRiff(first)) {
            return isRiff(bytes) && bytes.startsWith(first.substring(8, 12), 8);
        }
        return bytes.startsWith(first.substring(0, Math.min(4, first.length())));
    }

    /** Where the outermost element at {@code at} ends, in a container of the kind that begins with {@code first}. */
    private OptionalLong end(String first, long at) throws IOException {
        long length = 0;
        if (isRiff(first)) {
            length = riffLength(at);
        } else if (first.startsWith("FORM")) {
            length = even(8 + unsigned(at + 4, ByteOrder.BIG_ENDIAN));
        } else if (first.startsWith("ftyp", 4)) {
            length = boxLength(at);
        } else if (first.startsWith("\u001aE\u00df\u00a3")) {
            length = ebmlLength(at);
        } else if (first.startsWith("caff")) {
            length = text(at, 4).equals("caff") ? 8 : 12 + number(at + 4, ByteOrder.BIG_ENDIAN);
        } else if (first.startsWith("FLV")) {
            length = text(at, 3).equals("FLV") ? 13 : 15 + (unsigned(at, ByteOrder.BIG_ENDIAN) & 0xffffff);
        } else if (first.startsWith("riff")) {
            length = (number(at + 16, ByteOrder.LITTLE_ENDIAN) + 7) / 8 * 8;
        }
        boolean isPlausible = length >= 8 && length <= size - at;
        return isPlausible ? OptionalLong.of(at + length) : OptionalLong.empty();
    }

    private static boolean isRiff(String bytes) {
        return bytes.length() >= 12 && (bytes.startsWith("RIFF") || bytes.startsWith("RF64"));
    }

    /** In RF64 (EBU Tech 3306) the size is in a separate chunk, the first one. */
    private long riffLength(long at) throws IOException {
        return text(at, 4).equals("RF64")
                ? even(8 + number(at + 20, ByteOrder.LITTLE_ENDIAN))
                : even(8 + unsigned(at + 4, ByteOrder.LITTLE_ENDIAN));
    }

    /** ISO/IEC 14496-12, 4.2: 1 stands for a size of 64 bits behind the type, 0 for the rest of the file. */
    private long boxLength(long at) throws IOException {
        long length = unsigned(at, ByteOrder.BIG_ENDIAN);
        return length == 1 ? number(at + 8, ByteOrder.BIG_ENDIAN) : length;
    }

    /** RFC 8794: an identifier of one to four bytes, then a size of one to eight, all ones where it is not known. */
    private long ebmlLength(long at) throws IOException {
        byte[] head = bytes(at, 12);
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

    /** The chains of an Ogg (RFC 3533, 4): streams begin together; one that begins behind data begins the next chain. */
    private List<Long> chains() throws IOException {
        List<Long> starts = new ArrayList<>();
        boolean isBehindData = true;
        long at = 0;
        byte[] page = bytes(at, PAGE_HEADER_BYTES);
        for (int pages = 0; pages < MAX_ELEMENTS && isPage(page); pages++) {
            boolean begins = (page[5] & 2) != 0;
            if (begins && isBehindData) {
                starts.add(at);
            }
            isBehindData = !begins;
            int segments = page[26] & 0xff;
            at += 27 + segments;
            for (int i = 0; i < segments && 27 + i < page.length; i++) {
                at += page[27 + i] & 0xff;
            }
            page = bytes(at, PAGE_HEADER_BYTES);
        }
        return starts.isEmpty() ? List.of(0L) : starts;
    }

    /** ADTS (ISO/IEC 13818-7, 6.2) has its parameters in each frame; a recording ends where they change. */
    private List<Long> configurations() throws IOException {
        List<Long> starts = new ArrayList<>();
        int last = -1;
        long at = 0;
        byte[] header = bytes(at, ADTS_HEADER_BYTES);
        for (int frames = 0; frames < MAX_ELEMENTS && isAdts(header); frames++) {
            int configuration = (header[2] & 0xfd) << 8 | (header[3] & 0xc0);
            if (configuration != last) {
                starts.add(at);
                last = configuration;
            }
            int length = (header[3] & 3) << 11 | (header[4] & 0xff) << 3 | (header[5] & 0xff) >> 5;
            at += Math.max(length, ADTS_HEADER_BYTES);
            header = bytes(at, ADTS_HEADER_BYTES);
        }
        return starts;
    }

    private static boolean isAdts(byte[] header) {
        return header.length == ADTS_HEADER_BYTES && (header[0] & 0xff) == 0xff && (header[1] & 0xf6) == 0xf0;
    }

    private static boolean isPage(byte[] page) {
        return page.length >= 27 && page[0] == 'O' && page[1] == 'g' && page[2] == 'g' && page[3] == 'S';
    }

    /** Where one of these byte strings stands; the first one at 0. */
    private List<Long> found(String... signatures) throws IOException {
        List<Long> starts = new ArrayList<>();
        int overlap = 16;
        for (long at = 0; at < size; at += SEARCH_BYTES) {
            String block = text(at, SEARCH_BYTES + overlap);
            for (String signature : signatures) {
                for (int i = block.indexOf(signature);
                        i >= 0 && i < SEARCH_BYTES;
                        i = block.indexOf(signature, i + 1)) {
                    starts.add(at + i);
                    if (starts.size() > 2 * MAX_RECORDINGS) {
                        return List.of(0L); // not recordings, only similar byte strings
                    }
                }
            }
        }
        starts.sort(null);
        return starts.isEmpty() || starts.get(0) != 0 ? List.of(0L) : starts;
    }

    private static long even(long length) {
        return length + length % 2;
    }

    private long unsigned(long at, ByteOrder order) throws IOException {
        byte[] bytes = bytes(at, Integer.BYTES);
        return bytes.length < Integer.BYTES
                ? 0
                : Integer.toUnsignedLong(ByteBuffer.wrap(bytes).order(order).getInt());
    }

    private long number(long at, ByteOrder order) throws IOException {
        byte[] bytes = bytes(at, Long.BYTES);
        return bytes.length < Long.BYTES
                ? 0
                : ByteBuffer.wrap(bytes).order(order).getLong();
    }

    private String text(long at, int length) throws IOException {
        return new String(bytes(at, length), StandardCharsets.ISO_8859_1);
    }

    private byte[] bytes(long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(length, size - at)));
        moved.run();
        while (buffer.hasRemaining() && file.read(buffer, at + buffer.position()) >= 0) {
            // until it is full
        }
        return buffer.array();
    }
}
