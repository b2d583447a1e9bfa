package io.lipdrop.media;

import static io.lipdrop.media.Fixtures.FFMPEG;
import static io.lipdrop.media.Fixtures.PROBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoiceDecoderTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "left {0}, right {1}: {2}")
    @CsvSource({"0.5,-0.5,0.5", "0.5,-0.48,0.5", "0.02,0.02,0.02", "0,0.04,0.02", "0.5,0.5,0.5", "0,0,0"})
    void hearsOneChannelWhereTheTwoCancelEachOtherOut(double left, double right, double heard) throws IOException {
        Path file = Fixtures.make(
                folder.resolve("voice.wav"),
                "-f lavfi -i aevalsrc=exprs=%s*sin(2000*t)|%s*sin(2000*t):s=44100:d=5".formatted(left, right));
        Path raw = folder.resolve("voice.raw");
        VoiceDecoder.Voice voice =
                new VoiceDecoder(FFMPEG, () -> {}).decode(file, PROBE.probe(file), raw, folder.resolve("sound.m4a"));

        assertThat(voice.seconds()).isCloseTo(5, within(0.001));
        assertThat(peak(raw)).isCloseTo(heard, within(0.005 + heard / 50));
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @ParameterizedTest
    @CsvSource({"wav", "flac", "mov"})
    void knowsHowLongASoundThatWasCutShortWouldBe(String container) throws IOException {
        Path file = Fixtures.make(
                folder.resolve("voice.dat"),
                "-f lavfi -i sine=200:d=6 -movflags +faststart -f %s".formatted(container));
        assertThat(said(file)).isCloseTo(6, within(0.05));

        byte[] bytes = Files.readAllBytes(file);
        Path half = Files.write(folder.resolve("half.dat"), Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(said(half)).isCloseTo(6, within(0.05));
    }

    @Test
    void believesNoSizeFromAPipe() throws IOException {
        Path file = Fixtures.make(folder.resolve("voice.wav"), "-f lavfi -i sine=200:d=6");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4, 8, (byte) 0xff);
        assertThat(said(Files.write(file, bytes))).isCloseTo(6, within(0.05));
    }

    private static double said(Path file) {
        return PROBE.probe(file).audio().orElseThrow().seconds();
    }

    private static double peak(Path raw) throws IOException {
        ShortBuffer samples = ByteBuffer.wrap(Files.readAllBytes(raw))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        double peak = 0;
        while (samples.hasRemaining()) {
            peak = Math.max(peak, Math.abs(samples.get()) / 32768.0);
        }
        return peak;
    }
}
