package io.lipdrop.intake.drop;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

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

    static final int TAIL_BYTES = 65_536;

    /** Headers round the size. */
    private static final int SLACK = 16;

    /** The state of a file's end; an unreadable file is left to the decoder. */
    static FileEnd of(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            return of(new FileBytes(channel, channel.size()));
        } catch (IOException | RuntimeException e) {
            return WHOLE;
        }
    }

    private static FileEnd of(FileBytes file) throws IOException {
        if (file.isBlank(0, BLANK_BYTES)) {
            boolean isBlank = file.isBlank(file.size() / 2, BLANK_BYTES)
                    && file.isBlank(file.size() - Math.min(file.size(), TAIL_BYTES), TAIL_BYTES);
            return isBlank ? BLANK : CUT_SHORT;
        }
        String mark = file.text(0, 4);
        long said = new StatedLength(file).bytes();
        boolean holdsSamples = mark.startsWith("R") || mark.equals("riff") || mark.equals("FORM");
        boolean hasNoEnd = !holdsSamples
                && file.size() > 2 * TAIL_BYTES
                && file.isBlank(file.size() - TAIL_BYTES, TAIL_BYTES); // silence is zeros too
        return said > file.size() + SLACK || hasNoEnd ? CUT_SHORT : WHOLE;
    }
}
