package io.lipdrop.sync.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final int REACH = 8000;

    @ParameterizedTest
    @ValueSource(ints = {-400, -200, -30, 0, 5, 120, 200, 495})
    void findsASoundWhereverItCame(int millis) {
        float[] original = speech(16_000 * 4, 1);
        int from = REACH - millis * 16;
        float[] heard = Arrays.copyOfRange(original, from, from + 3 * 16_000);

        Envelope.Found found = Envelope.of(heard).in(Envelope.of(original), 0.5);

        assertThat(found.seconds()).isCloseTo(millis / 1000.0, within(0.006));
        assertThat(found.r()).isGreaterThan(0.95);
    }

    @Test
    void knowsAnotherSound() {
        Envelope.Found found = Envelope.of(speech(16_000 * 3, 2)).in(Envelope.of(speech(16_000 * 4, 1)), 0.5);

        assertThat(found.r()).isLessThan(0.6);
    }

    @Test
    void knowsSilenceAndAnEmptySound() {
        assertThat(Envelope.of(new float[16_000]).isSilent()).isTrue();
        assertThat(Envelope.of(speech(16_000, 1)).isSilent()).isFalse();
        assertThat(Envelope.of(new float[0])
                        .in(Envelope.of(speech(16_000, 1)), 0.5)
                        .r())
                .isLessThan(0.5);
    }

    /** Noise in syllables of irregular length. */
    private static float[] speech(int samples, long seed) {
        Random random = new Random(seed);
        float[] sound = new float[samples];
        int at = 0;
        while (at < samples) {
            int length = 800 + random.nextInt(3200);
            double loud = random.nextDouble() * 0.3;
            for (int i = 0; i < length && at < samples; i++, at++) {
                sound[at] = (float) (loud * Math.sin(Math.PI * i / length) * random.nextGaussian());
            }
        }
        return sound;
    }
}
