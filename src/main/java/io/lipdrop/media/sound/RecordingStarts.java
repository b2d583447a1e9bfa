package io.lipdrop.media.sound;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Where the recordings in a file begin: by the structure of its container, or by its signature if the container has no size. */
final class RecordingStarts {
    private static final int SEARCH_BYTES = 1 << 20;

    /** The largest, with a size for each of 255 segments. */
    private static final int PAGE_HEADER_BYTES = 27 + 255;

    private static final int ADTS_HEADER_BYTES = 7;

    private final HeaderBytes file;

    RecordingStarts(HeaderBytes file) {
        this.file = file;
    }

    /** The offsets, in order; the first is 0, and the only one for an unknown container. */
    List<Long> find() throws IOException {
        String head = file.text(0, 16);
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
        if (isAdts(file.bytes(0, ADTS_HEADER_BYTES))) {
            return configurations();
        }
        List<Long> starts = new ArrayList<>(List.of(0L));
        OuterElements elements = new OuterElements(file, head);
        OptionalLong end = elements.end(0);
        for (int i = 0; i < JoinedFile.MAX_ELEMENTS && end.isPresent() && end.getAsLong() < file.size(); i++) {
            String next = file.text(end.getAsLong(), 16);
            if (begins(next, head)) {
                starts.add(end.getAsLong());
            }
            end = elements.end(end.getAsLong());
        }
        return starts;
    }

    /** Whether a recording of the same kind begins with these bytes. */
    private static boolean begins(String bytes, String first) {
        if (first.startsWith("ftyp", 4)) {
            return bytes.startsWith("ftyp", 4);
        }
        if (OuterElements.isRiff(first)) {
            return OuterElements.isRiff(bytes) && bytes.startsWith(first.substring(8, 12), 8);
        }
        return bytes.startsWith(first.substring(0, Math.min(4, first.length())));
    }

    /** The chains of an Ogg (RFC 3533, 4): streams begin together; one that begins behind data begins the next chain. */
    private List<Long> chains() throws IOException {
        List<Long> starts = new ArrayList<>();
        boolean isBehindData = true;
        long at = 0;
        byte[] page = file.bytes(at, PAGE_HEADER_BYTES);
        for (int pages = 0; pages < JoinedFile.MAX_ELEMENTS && isPage(page); pages++) {
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
            page = file.bytes(at, PAGE_HEADER_BYTES);
        }
        return starts.isEmpty() ? List.of(0L) : starts;
    }

    /** ADTS (ISO/IEC 13818-7, 6.2) has its parameters in each frame; a recording ends where they change. */
    private List<Long> configurations() throws IOException {
        List<Long> starts = new ArrayList<>();
        int last = -1;
        long at = 0;
        byte[] header = file.bytes(at, ADTS_HEADER_BYTES);
        for (int frames = 0; frames < JoinedFile.MAX_ELEMENTS && isAdts(header); frames++) {
            int configuration = (header[2] & 0xfd) << 8 | (header[3] & 0xc0);
            if (configuration != last) {
                starts.add(at);
                last = configuration;
            }
            int length = (header[3] & 3) << 11 | (header[4] & 0xff) << 3 | (header[5] & 0xff) >> 5;
            at += Math.max(length, ADTS_HEADER_BYTES);
            header = file.bytes(at, ADTS_HEADER_BYTES);
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
        for (long at = 0; at < file.size(); at += SEARCH_BYTES) {
            String block = file.text(at, SEARCH_BYTES + overlap);
            for (String signature : signatures) {
                for (int i = block.indexOf(signature);
                        i >= 0 && i < SEARCH_BYTES;
                        i = block.indexOf(signature, i + 1)) {
                    starts.add(at + i);
                    if (starts.size() > 2 * JoinedFile.MAX_RECORDINGS) {
                        return List.of(0L); // not recordings, only similar byte strings
                    }
                }
            }
        }
        starts.sort(null);
        return starts.isEmpty() || starts.get(0) != 0 ? List.of(0L) : starts;
    }
}
