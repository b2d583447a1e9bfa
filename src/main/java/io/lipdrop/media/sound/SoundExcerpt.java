package io.lipdrop.media.sound;

import io.lipdrop.media.ffmpeg.Abort;
import io.lipdrop.media.ffmpeg.Child;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A few seconds of a file's first sound track, as mono samples at 16 kHz. */
public final class SoundExcerpt {
    private static final float FULL_SCALE = 32_768f;

    private final Ffmpeg ffmpeg;
    private final Abort abort = new Abort();

    public SoundExcerpt(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /**
     * Reads an excerpt; shorter where the sound ends.
     *
     * @param container FFmpeg's name of the file's container, which must have been checked
     */
    public float[] read(Path file, String container, double fromSeconds, double seconds) throws IOException {
        List<String> input = List.of("-vn", "-ss", number(fromSeconds), "-t", number(seconds));
        List<String> output = List.of("-map", "0:a:0", "-ac", "1", "-ar", "16000", "-f", "s16le", "pipe:1");
        try (Child child = abort.guard(ffmpeg.read(file, container, input, output));
                InputStream sound = child.output()) {
            ShortBuffer samples = ByteBuffer.wrap(sound.readAllBytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer();
            float[] values = new float[samples.remaining()];
            for (int i = 0; i < values.length; i++) {
                values[i] = samples.get(i) / FULL_SCALE;
            }
            return values;
        }
    }

    /** Ends a {@link #read} that runs in another thread. */
    public void abort() {
        abort.abort();
    }

    private static String number(double seconds) {
        return String.format(Locale.ROOT, "%.6f", seconds);
    }
}
