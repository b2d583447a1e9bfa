package io.lipdrop.benchmark;

import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.sound.VoiceDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loudness over time: what anybody can have without a network, and therefore what a network has to beat. */
final class Envelope {
    private static final int WINDOW = VoiceDecoder.SAMPLE_RATE / (int) Mouth.COMMON_RATE;
    private static final double SIGMA_FRAMES = 1;
    /** Loudness grows with the pressure to the power of 0.6 (Stevens, 1955). */
    private static final double LOUDNESS = 0.6;

    private Envelope() {}

    /** Loudness of the 40 ms around each moment of 1/25 s, smoothed without lag. */
    static double[] of(Ffmpeg ffmpeg, Path file, Path raw) throws IOException {
        Path delivery = raw.resolveSibling(Workshop.stem(raw) + ".m4a");
        new VoiceDecoder(ffmpeg, () -> {}).decode(file, new MediaProbe(ffmpeg).probe(file), raw, delivery);
        return of(ByteBuffer.wrap(Files.readAllBytes(raw))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer());
    }

    static double[] of(ShortBuffer samples) {
        double[] loudness = new double[samples.limit() / WINDOW];
        for (int i = 0; i < loudness.length; i++) {
            double sum = 0;
            for (int k = Math.max(0, i * WINDOW - WINDOW / 2); k < i * WINDOW + WINDOW / 2; k++) {
                sum += (double) samples.get(k) * samples.get(k);
            }
            loudness[i] = Math.pow(Math.sqrt(sum / WINDOW), LOUDNESS);
        }
        return Signal.smooth(loudness, SIGMA_FRAMES);
    }
}
