package io.lipdrop.sync.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Held against an implementation in numpy: its formulas and the way to run it again are in {@code mel/make_golden.py}. */
class MelSpectrogramTest {
    private static final int SAMPLES = 16_000 + 777;
    private static final int COLUMNS = 84;
    private static final int BANDS = MelSpectrogram.BANDS;
    private static final int WINDOW = MelSpectrogram.WINDOW;

    @TempDir
    Path folder;

    private Path voice = Path.of("");

    @BeforeEach
    void speak() throws IOException {
        voice = voice(folder.resolve("voice.s16"), SAMPLES);
    }

    @Test
    void hearsAsTheIndependentImplementationDoes() throws IOException {
        FloatBuffer golden = golden();
        float[] window = new float[BANDS * WINDOW];
        float worst = 0;
        try (MelSpectrogram mel = new MelSpectrogram(voice)) {
            assertThat(mel.columns()).isEqualTo(COLUMNS);
            for (int column = 0; column < COLUMNS; column++) {
                mel.window(column / 80.0, window);
                for (int band = 0; band < BANDS; band++) {
                    float expected = golden.get(column * BANDS + band);
                    worst = Math.max(worst, Math.abs(window[band * WINDOW] - expected));
                }
            }
        }
        assertThat(worst).isLessThan(1e-3f);
    }

    @Test
    void aWindowBeginsAtItsFrameWhateverTheRate() throws IOException {
        FloatBuffer golden = golden();
        try (MelSpectrogram mel = new MelSpectrogram(voice)) {
            for (double rate : new double[] {23.976, 25, 29.97, 30, 50, 60}) {
                for (int frame = 0; frame < rate / 2; frame++) {
                    int first = (int) (frame * 80 / rate + 1e-9);
                    assertThat(window(mel, frame / rate))
                            .as("frame %d at %.3f", frame, rate)
                            .containsExactly(columns(golden, first), offset(1e-3f));
                }
            }
        }
    }

    @Test
    void thereIsSilenceBeforeTheVoiceAndBehindIt() throws IOException {
        FloatBuffer golden = golden();
        try (MelSpectrogram mel = new MelSpectrogram(voice)) {
            assertThat(window(mel, -0.1)).containsExactly(columns(golden, -8), offset(1e-3f));
            assertThat(window(mel, 1)).containsExactly(columns(golden, 80), offset(1e-3f)); // four columns are left
            assertThat(window(mel, -7)).containsOnly(-4f);
            assertThat(window(mel, 1e6)).containsOnly(-4f);
        }
    }

    @Test
    void goesBackAsWellAsOn() throws IOException {
        try (MelSpectrogram mel = new MelSpectrogram(voice)) {
            float[] early = window(mel, 0.05);
            window(mel, 0.9);
            assertThat(window(mel, 0.05)).isEqualTo(early);
        }
    }

    @Test
    void hearsEvenAVoiceShorterThanItsTransform() throws IOException {
        for (int samples : new int[] {1, 2, 150, 399, 801}) {
            try (MelSpectrogram mel = new MelSpectrogram(voice(folder.resolve(samples + ".s16"), samples))) {
                assertThat(mel.columns()).isEqualTo(1 + samples / 200);
                for (float value : window(mel, 0)) {
                    assertThat(value).isBetween(-4f, 4f);
                }
            }
        }
        try (MelSpectrogram nothing = new MelSpectrogram(Files.createFile(folder.resolve("nothing.s16")))) {
            assertThat(window(nothing, 0)).containsOnly(-4f);
        }
    }

    @Test
    void hearsATwiceAsLoudVoiceSixDecibelsLouder() throws IOException {
        Path quiet = tone(folder.resolve("quiet.s16"), 4000);
        Path loud = tone(folder.resolve("loud.s16"), 8000);
        try (MelSpectrogram a = new MelSpectrogram(quiet);
                MelSpectrogram b = new MelSpectrogram(loud)) {
            float difference = max(window(b, 0.2)) - max(window(a, 0.2));
            assertThat(difference).isCloseTo(8 * 6.0206f / 100, within(1e-3f));
        }
    }

    private static float[] window(MelSpectrogram mel, double seconds) throws IOException {
        float[] window = new float[BANDS * WINDOW];
        mel.window(seconds, window);
        return window;
    }

    private static float[] columns(FloatBuffer golden, int first) {
        float[] window = new float[BANDS * WINDOW];
        for (int band = 0; band < BANDS; band++) {
            for (int i = 0; i < WINDOW; i++) {
                int column = first + i;
                float value = column < 0 || column >= COLUMNS ? -4 : golden.get(column * BANDS + band);
                window[band * WINDOW + i] = value;
            }
        }
        return window;
    }

    private static float max(float[] values) {
        float max = -5;
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    private static FloatBuffer golden() throws IOException {
        try (InputStream in = MelSpectrogramTest.class.getResourceAsStream("/mel/golden.f32")) {
            return ByteBuffer.wrap(in.readAllBytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
        }
    }

    /** The signal of make_golden.py. */
    private static Path voice(Path file, int count) throws IOException {
        ByteBuffer samples = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
        long state = 12345;
        for (int n = 0; n < count; n++) {
            state = (1103515245 * state + 12345) % (1L << 31);
            double noise = state / 65536 % 2001 - 1000;
            double t = n / 16000.0;
            double tone = 9000 * Math.sin(2 * Math.PI * (80.0 * n / 16000 + (7000 - 80) * t * t / 2));
            samples.putShort(n >= 6000 && n < 9000 ? 0 : (short) Math.rint(noise * (n % 4000) / 4000 + tone));
        }
        return Files.write(file, samples.array());
    }

    private static Path tone(Path file, double height) throws IOException {
        ByteBuffer samples = ByteBuffer.allocate(2 * 16_000).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < 16_000; n++) {
            samples.putShort((short) Math.rint(height * Math.sin(2 * Math.PI * 500 * n / 16_000)));
        }
        return Files.write(file, samples.array());
    }
}
