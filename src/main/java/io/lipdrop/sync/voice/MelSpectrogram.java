package io.lipdrop.sync.voice;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The sound in the form on which networks of the Wav2Lip family were trained (Prajwal et al., 2020; features as librosa 0.7 makes
 * them): pre-emphasis 0.97; magnitudes of a Fourier transform of 800 samples under a Hann window, every 200 samples, centred,
 * mirrored at both ends; 80 Slaney mel bands from 55 to 7600 Hz; decibels over 20, from −100 … 0 to −4 … 4, clipped.
 *
 * <p>Read in pieces, one owner at a time: what is in memory does not grow with the voice.
 */
public final class MelSpectrogram implements AutoCloseable {
    public static final int BANDS = 80;
    /** Columns in a window: a fifth of a second. */
    public static final int WINDOW = 16;

    static final int HOP = 200;
    static final int COLUMNS_PER_SECOND = VoiceSamples.PER_SECOND / HOP;

    private static final int FOURIER = 800;
    private static final float PREEMPHASIS = 0.97f;
    private static final double MIN_AMPLITUDE = 1e-5; // −100 dB
    private static final double REFERENCE_DB = 20;
    private static final float SILENCE = -4;
    /** Columns that are made at a time. */
    private static final int PIECE = 64;

    private final VoiceSamples voice;
    private final long columns;
    private final Spectrum spectrum = new Spectrum(FOURIER);
    private final MelBands bands = new MelBands(BANDS, FOURIER, VoiceSamples.PER_SECOND, 55, 7600);
    private final float[] samples = new float[(PIECE - 1) * HOP + FOURIER];
    private final double[] magnitudes = new double[FOURIER / 2 + 1];
    private final double[] amplitudes = new double[BANDS];

    /** The two pieces last used, even ones and odd ones: a window may need both. */
    private final float[][] pieces = new float[2][PIECE * BANDS];

    private final long[] numbers = {-1, -1};

    /**
     * Opens a voice.
     *
     * @param voice raw signed 16-bit little-endian mono at 16 kHz
     */
    public MelSpectrogram(Path voice) throws IOException {
        this.voice = new VoiceSamples(voice);
        this.columns = this.voice.count() == 0 ? 0 : 1 + this.voice.count() / HOP;
    }

    /** How many columns the voice has, 80 a second. */
    long columns() {
        return columns;
    }

    /**
     * The window that belongs to the frame shown at a moment: it begins there. Before the voice and behind it is silence.
     *
     * @param seconds in the voice; may be negative or behind its end
     * @param into receives {@code BANDS × WINDOW} values from −4 to 4, band by band
     */
    public void window(double seconds, float[] into) throws IOException {
        // A hair more than the product, so that 1.4 s is column 112 and not 111.
        long first = (long) Math.floor(seconds * COLUMNS_PER_SECOND + 1e-6);
        for (int i = 0; i < WINDOW; i++) {
            long column = first + i;
            boolean isVoice = column >= 0 && column < columns;
            float[] piece = isVoice ? piece(column / PIECE) : new float[0];
            int at = Math.floorMod(column, PIECE) * BANDS;
            for (int band = 0; band < BANDS; band++) {
                into[band * WINDOW + i] = isVoice ? piece[at + band] : SILENCE;
            }
        }
    }

    private float[] piece(long number) throws IOException {
        int slot = (int) (number % 2);
        if (numbers[slot] != number) {
            fill(number * PIECE, pieces[slot]);
            numbers[slot] = number;
        }
        return pieces[slot];
    }

    private void fill(long first, float[] piece) throws IOException {
        emphasized(first * HOP - FOURIER / 2);
        int count = (int) Math.min(PIECE, columns - first);
        Arrays.fill(piece, SILENCE);
        for (int i = 0; i < count; i++) {
            spectrum.magnitudes(samples, i * HOP, magnitudes);
            bands.apply(magnitudes, amplitudes);
            for (int band = 0; band < BANDS; band++) {
                double decibels = 20 * Math.log10(Math.max(MIN_AMPLITUDE, amplitudes[band])) - REFERENCE_DB;
                piece[i * BANDS + band] = (float) Math.max(-4, Math.min(4, 8 * (decibels + 100) / 100 - 4));
            }
        }
    }

    /** Fills {@link #samples} with the pre-emphasised sound from a sample on, mirrored at both ends of the voice. */
    private void emphasized(long first) throws IOException {
        long last = voice.count() - 1;
        long from = last;
        long to = 0;
        for (int i = 0; i < samples.length; i++) {
            from = Math.min(from, mirrored(first + i, last));
            to = Math.max(to, mirrored(first + i, last));
        }
        float[] raw = new float[(int) (to - from) + 2]; // one sample earlier than the first, for its pre-emphasis
        voice.read(from - 1, raw);
        for (int i = 0; i < samples.length; i++) {
            int at = (int) (mirrored(first + i, last) - from);
            samples[i] = raw[at + 1] - PREEMPHASIS * raw[at];
        }
    }

    /** numpy's "reflect": the ends themselves are not repeated. */
    private static long mirrored(long sample, long last) {
        if (last == 0) {
            return 0;
        }
        long turn = Math.floorMod(sample, 2 * last);
        return turn <= last ? turn : 2 * last - turn;
    }

    @Override
    public void close() throws IOException {
        voice.close();
    }
}
