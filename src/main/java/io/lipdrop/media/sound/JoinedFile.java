package io.lipdrop.media.sound;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Complete recordings joined in one file, as by {@code cat a.wav b.wav}: FFmpeg reads only the first one, or continues with
 * its parameters. The end of a recording is found by the structure of its container, or by the first bytes of the next one if
 * the container has no size.
 */
public final class JoinedFile {
    /** Maximum numbers of pages or boxes, and of recordings; real files have fewer. */
    static final int MAX_ELEMENTS = 2_000_000;

    static final int MAX_RECORDINGS = 500;

    private final HeaderBytes file;

    private JoinedFile(HeaderBytes file) {
        this.file = file;
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
            HeaderBytes bytes = new HeaderBytes(channel, moved);
            JoinedFile file = new JoinedFile(bytes);
            List<Long> starts = new RecordingStarts(bytes).find();
            if (starts.size() > MAX_RECORDINGS) {
                starts = List.of(0L);
            }
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < starts.size(); i++) {
                long end = i + 1 < starts.size() ? starts.get(i + 1) : bytes.size();
                parts.addAll(file.parts(starts.get(i), end));
            }
            return parts.size() > MAX_RECORDINGS ? List.of(new Part(List.of(new Piece(0, bytes.size())))) : parts;
        }
    }

    /** A WAV may have its samples in several chunks, of which FFmpeg reads the last one: each makes a recording of its own. */
    private List<Part> parts(long start, long end) throws IOException {
        Part whole = new Part(List.of(new Piece(start, end - start)));
        if (!file.text(start, 4).equals("RIFF") || !file.text(start + 8, 4).equals("WAVE")) {
            return List.of(whole);
        }
        List<Piece> data = new ArrayList<>();
        long length;
        long chunks = 0;
        for (long at = start + 12; at < end && chunks < MAX_ELEMENTS && data.size() < MAX_RECORDINGS; at += length) {
            chunks++;
            length = OuterElements.even(8 + file.unsigned(at + 4, ByteOrder.LITTLE_ENDIAN));
            if (file.text(at, 4).equals("data")) {
                data.add(new Piece(at, Math.min(length, end - at)));
            }
        }
        if (data.size() < 2) {
            return List.of(whole);
        }
        Piece head = new Piece(start, data.get(0).start() - start);
        return data.stream().map(chunk -> new Part(List.of(head, chunk))).toList();
    }
}
