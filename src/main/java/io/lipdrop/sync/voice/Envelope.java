package io.lipdrop.sync.voice;

import java.io.IOException;
import java.nio.file.Path;

/** How loud a sound is over time, two hundred values a second; to find the same sound again. */
public final class Envelope {
    private static final int PER_SECOND = 200;
    private static final int BLOCK = VoiceSamples.PER_SECOND / PER_SECOND;
    /** A sound below this, of full scale, is silence, in which nothing can be found. */
    private static final double SILENCE = 1e-3;

    private final float[] values;

    private Envelope(float[] values) {
        this.values = values;
    }

    /**
     * Where a sound was found.
     *
     * @param seconds how much later than expected
     * @param r how alike it is, at most 1
     */
    public record Found(double seconds, double r) {}

    /** The envelope of samples at 16 kHz. */
    public static Envelope of(float[] samples) {
        float[] values = new float[samples.length / BLOCK];
        for (int i = 0; i < values.length; i++) {
            double sum = 0;
            for (int k = i * BLOCK; k < (i + 1) * BLOCK; k++) {
                sum += samples[k] * samples[k];
            }
            values[i] = (float) Math.sqrt(sum / BLOCK);
        }
        return new Envelope(values);
    }

    /** The envelope of a part of a voice on disk, raw signed 16-bit little-endian mono at 16 kHz; silence beyond its ends. */
    public static Envelope of(Path voice, double fromSeconds, double seconds) throws IOException {
        float[] samples = new float[(int) Math.round(seconds * VoiceSamples.PER_SECOND)];
        try (VoiceSamples file = new VoiceSamples(voice)) {
            file.read(Math.round(fromSeconds * VoiceSamples.PER_SECOND), samples);
        }
        return of(samples);
    }

    public boolean isSilent() {
        for (float value : values) {
            if (value > SILENCE) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where in {@code original}, which begins and ends {@code reach} seconds further out, this sound fits best. Positive where this one comes
     * later than there.
     */
    public Found in(Envelope original, double reach) {
        int most = (int) Math.round(reach * PER_SECOND);
        Found best = new Found(0, -1);
        for (int later = -most; later <= most; later++) {
            double r = r(original, most - later);
            if (r > best.r) {
                best = new Found((double) later / PER_SECOND, r);
            }
        }
        return best;
    }

    private double r(Envelope other, int from) {
        int count = Math.min(values.length, other.values.length - from);
        double a = 0;
        double b = 0;
        double aa = 0;
        double bb = 0;
        double ab = 0;
        for (int i = 0; i < count; i++) {
            double x = values[i];
            double y = other.values[from + i];
            a += x;
            b += y;
            aa += x * x;
            bb += y * y;
            ab += x * y;
        }
        double spread = Math.sqrt((aa - a * a / count) * (bb - b * b / count));
        return spread > 1e-12 ? (ab - a * b / count) / spread : 0;
    }
}
