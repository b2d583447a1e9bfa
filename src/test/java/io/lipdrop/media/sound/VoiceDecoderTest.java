package io.lipdrop.media.sound;

import static io.lipdrop.media.Fixtures.FFMPEG;
import static io.lipdrop.media.Fixtures.PROBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.Fixtures;
import io.lipdrop.media.MediaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** One broken timestamp of a recording would otherwise become an hour of silence. */
    @ParameterizedTest(name = "{0}: a step of {1} s becomes a pause of {2} s")
    @CsvSource({"mka,40,40", "mka,7200,0", "wma,40,40", "wma,4000,0", "m4a,40,40"})
    void keepsPausesButNoBrokenTimestamps(String container, int step, int pause) throws IOException {
        Path file = Fixtures.make(
                folder.resolve("voice." + container),
                "-f lavfi -i sine=200:d=4 -bsf:a setts=ts=TS+gt(N\\,20)*%d/TB".formatted(step));

        assertThat(decode(file).voice.seconds()).isCloseTo(4 + pause, within(0.3));
    }

    @Test
    void believesNoSizeFromAPipe() throws IOException {
        Path file = Fixtures.make(folder.resolve("voice.wav"), "-f lavfi -i sine=200:d=6");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4, 8, (byte) 0xff);
        assertThat(said(Files.write(file, bytes))).isCloseTo(6, within(0.05));
    }

    @ParameterizedTest(name = "{0} s after the picture: {1} s of silence")
    @CsvSource({"40,40", "8000,0"})
    void beginsLateButNotHoursLate(int late, int silence) throws IOException {
        Path file = Fixtures.make(
                folder.resolve("voice.mkv"),
                "-f lavfi -i color=s=64x64:r=5:d=1 -itsoffset %d -f lavfi -i sine=200:d=4".formatted(late));

        assertThat(decode(file).voice.seconds()).isCloseTo(4 + silence, within(0.3));
    }

    @Test
    void rejectsASampleRateThatNoSoundHas() throws IOException {
        byte[] bytes = Files.readAllBytes(wav("voice.wav", new double[] {0.5}));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(24, 1_048_576_001);
        Path file = Files.write(folder.resolve("voice.wav"), bytes);

        assertThatThrownBy(() -> PROBE.decodeSoundStart(file, PROBE.probe(file)))
                .isInstanceOfSatisfying(
                        MediaException.class, e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.DAMAGED))
                .hasMessage("voice.wav is damaged: it claims 1048576001 samples a second.");
    }

    /** WAVs that do not say where their channels belong, as recorders with many microphones write them. */
    @ParameterizedTest(name = "{0} channels, the voice on number {1}")
    @CsvSource({"2,1", "3,2", "6,3", "8,7", "9,8", "10,9", "16,0", "40,39"})
    void hearsEveryChannelOfAnUnknownLayout(int channels, int voice) throws IOException {
        double[] amplitudes = new double[channels];
        amplitudes[voice] = 0.5;

        Decoded decoded = decode(wav("voice.wav", amplitudes));

        double share = channels == 2 ? 0.5 : 1;
        assertThat(peak(decoded.raw)).isCloseTo(0.5 * share, within(0.03));
        assertThat(deliveredPeak(decoded)).isCloseTo(0.5, within(0.05));
        assertThat(decoded.voice.warnings()).isEmpty();
    }

    @Test
    void addsChannelsUpWithoutClipping() throws IOException {
        double[] amplitudes = new double[12];
        Arrays.fill(amplitudes, 0.5);

        Decoded decoded = decode(wav("voice.wav", amplitudes));

        assertThat(peak(decoded.raw)).isBetween(0.8, 0.95);
        assertThat(deliveredPeak(decoded)).isBetween(0.75, 0.99);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ' ',
            value = {"5.1|LFE=c0 4 6", "2.1|LFE=c0 3 3", "6.1|LFE=c0 4 7", "3.0|FL=c0|FR=-0.9*c0 1 3"})
    void takesTheOneChannelThatAMixWouldLose(String layout, int number, int channels) throws IOException {
        Path file = Fixtures.make(
                folder.resolve("voice.mka"),
                "-f lavfi -i sine=300:d=1.5:sample_rate=48000 -af volume=12dB,pan=%s -c:a flac".formatted(layout));

        Decoded decoded = decode(file);

        assertThat(peak(decoded.raw)).isCloseTo(0.5, within(0.05));
        assertThat(deliveredPeak(decoded)).isCloseTo(0.5, within(0.05));
        assertThat(decoded.voice.warnings())
                .containsExactly(
                        "voice.mka has %d channels; only channel %d is used, because it would be too quiet in a mix of all."
                                .formatted(channels, number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1|BR=c0", "7.1|SL=c0", "6.1|BC=c0", "quad|BL=c0", "4.0|BC=c0", "7.1|BL=c0"})
    void hearsAVoiceBehindTheListener(String layout) throws IOException {
        Path file = Fixtures.make(
                folder.resolve("voice.mka"),
                "-f lavfi -i sine=300:d=1.5:sample_rate=48000 -af volume=12dB,pan=%s -c:a flac".formatted(layout));

        Decoded decoded = decode(file);

        assertThat(peak(decoded.raw)).isGreaterThan(0.05);
        assertThat(deliveredPeak(decoded)).isGreaterThan(0.3);
        assertThat(decoded.voice.warnings()).isEmpty();
    }

    @ParameterizedTest(name = "{0} dB")
    @CsvSource({"-45", "-55", "-75"})
    void raisesAQuietVoiceForTheModelsOnly(double decibels) throws IOException {
        double amplitude = Math.pow(10, decibels / 20);
        Path file = Fixtures.make(
                folder.resolve("voice.wav"),
                "-f lavfi -i aevalsrc=%.9f*sin(2000*t)*gt(sin(9*t)\\,0):s=16000:d=3 -c:a pcm_f32le"
                        .formatted(amplitude));

        Decoded decoded = decode(file);

        assertThat(rms(decoded.raw)).isBetween(-32.0, -22.0);
        assertThat(20 * Math.log10(deliveredPeak(decoded))).isCloseTo(decibels, within(2.0));
        boolean isSilent = decibels < -70;
        assertThat(decoded.voice.warnings())
                .hasSize(isSilent ? 1 : 0)
                .allMatch(warning -> warning.matches("voice.wav is nearly silent \\(-8\\d dB\\)\\."));
    }

    @ParameterizedTest
    @CsvSource({"0,voice.wav is silent: .*", "0.00005,voice.wav is nearly silent .*"})
    void saysThatAVoiceIsSilentAndRaisesNoNoise(double amplitude, String warning) throws IOException {
        Path file = Fixtures.make(
                folder.resolve("voice.wav"),
                "-f lavfi -i aevalsrc=%.6f*(random(0)-0.5):s=16000:d=3".formatted(amplitude));

        Decoded decoded = decode(file);

        assertThat(rms(decoded.raw)).isLessThan(-85);
        assertThat(decoded.voice.warnings()).singleElement().asString().matches(warning);
    }

    @Test
    void takesTheFirstTrackThatIsNotSilent() throws IOException {
        Path file = Fixtures.make(
                folder.resolve("film.mkv"),
                "-f lavfi -i anullsrc=cl=stereo:r=48000 -f lavfi -i aevalsrc=0:s=44100 -f lavfi -i"
                        + " aevalsrc=0.5*sin(2000*t):s=16000 -f lavfi -i sine=100 -t 2 -map 0 -map 1 -map 2 -map 3"
                        + " -c:a aac -disposition:a:0 default");

        Decoded decoded = decode(file);

        assertThat(peak(decoded.raw)).isCloseTo(0.5, within(0.1));
        assertThat(PROBE.probe(decoded.sound).audio().orElseThrow().sampleRate())
                .isEqualTo(16000);
        assertThat(decoded.voice.warnings()).containsExactly("Sound track 1 of film.mkv is silent; track 3 is used.");
    }

    /** The second recording has another rate and another number of channels, where the container or codec has more than one. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "wav;-f wav;-f wav -ar 44100 -ac 2;false",
                "rf64;-f wav -rf64 always;-f wav -c:a pcm_f32le;false",
                "opus;-f ogg -c:a libopus -ac 1;-f ogg -c:a libopus -ac 2;false",
                "vorbis;-f ogg -c:a vorbis -strict -2 -ac 2;-f ogg -c:a vorbis -strict -2 -ac 2 -ar 44100;false",
                "ogg flac;-f ogg -c:a flac;-f ogg -c:a flac -ar 44100 -ac 2;false",
                "ogg mixed;-f ogg -c:a libopus -ac 1;-f ogg -c:a flac -ar 44100 -ac 2;false",
                "flac;-f flac;-f flac -ar 44100 -ac 2;false",
                "aiff;-f aiff;-f aiff -ar 44100 -ac 2;false",
                "m4a;-f ipod;-f ipod -ar 44100 -ac 2;true",
                "adts;-f adts;-f adts -ar 44100 -ac 2;true",
                "mp3;-f mp3;-f mp3 -ar 44100 -ac 2;true",
                "amr;-f amr -ar 8000 -c:a libopencore_amrnb;-f amr -c:a libvo_amrwbenc;true",
                "caf;-f caf;-f caf -ar 44100 -ac 2;false",
                "w64;-f w64;-f w64 -ar 44100 -ac 2;false",
                "mka;-f matroska -c:a flac;-f matroska -c:a flac -ar 44100 -ac 2;false",
                "wma;-f asf -c:a wmav2;-f asf -c:a wmav2 -ar 44100 -ac 2;true",
                "flv;-f flv -c:a mp3 -ar 44100;-f flv -c:a mp3 -ar 22050;true",
                "ts;-f mpegts -c:a aac;-f mpegts -c:a aac -ac 2;true"
            })
    void hearsAllRecordingsOfAJoinedFile(String kind, String first, String second, boolean isPadded)
            throws IOException {
        String low = "-f lavfi -i aevalsrc=0.5*sin(2*PI*400*t):s=16000:d=1 ";
        String high = "-f lavfi -i aevalsrc=0.5*sin(2*PI*1600*t):s=16000:d=1 ";
        Path file = Fixtures.make(folder.resolve("a"), low + first);
        Path after = Fixtures.make(folder.resolve("b"), high + second);
        Files.write(file, Files.readAllBytes(after), StandardOpenOption.APPEND);

        Decoded decoded = decode(file);

        assertThat(decoded.voice.seconds()).isCloseTo(2, within(isPadded ? 0.3 : 0.05));
        assertThat(crossings(decoded.raw, 0.3)).isCloseTo(400, within(20.0));
        assertThat(crossings(decoded.raw, decoded.voice.seconds() - 0.7)).isCloseTo(1600, within(40.0));
        assertThat(PROBE.probe(decoded.sound).duration().toMillis() / 1000.0)
                .isCloseTo(decoded.voice.seconds(), within(0.1));
        assertThat(decoded.voice.warnings()).isEmpty();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void saysWhichRecordingOfAJoinedFileCannotBeRead() throws IOException {
        Path file = Fixtures.make(folder.resolve("voice.wav"), "-f lavfi -i sine=400:d=1:sample_rate=16000");
        byte[] broken = Files.readAllBytes(file);
        broken[20] = 0x7e; // a format that is none
        byte[] good = Files.readAllBytes(file);
        Files.write(file, broken, StandardOpenOption.APPEND);
        Files.write(file, good, StandardOpenOption.APPEND);

        Decoded decoded = decode(file);

        assertThat(decoded.voice.seconds()).isCloseTo(2, within(0.01));
        assertThat(decoded.voice.warnings())
                .containsExactly("Recording 2 of 3 in voice.wav cannot be read and was skipped.");
    }

    @Test
    void readsSeveralDataChunksOfOneWav() throws IOException {
        Path file = Fixtures.make(folder.resolve("voice.wav"), "-f lavfi -i sine=400:d=1:sample_rate=16000 -bitexact");
        byte[] wav = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOfRange(wav, 36, wav.length), StandardOpenOption.APPEND);
        ByteBuffer size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        size.putInt(0, (int) Files.size(file) - 8);
        byte[] all = Files.readAllBytes(file);
        System.arraycopy(size.array(), 0, all, 4, 4);
        Files.write(file, all);

        assertThat(decode(file).voice.seconds()).isCloseTo(2, within(0.01));
    }

    private record Decoded(VoiceDecoder.Voice voice, Path raw, Path sound) {}

    private Decoded decode(Path file) {
        Path raw = folder.resolve("voice.raw");
        Path sound = folder.resolve("sound.m4a");
        VoiceDecoder.Voice voice = new VoiceDecoder(FFMPEG, () -> {}).decode(file, PROBE.probe(file), raw, sound);
        return new Decoded(voice, raw, sound);
    }

    /** Tones of 300 Hz on channels of which nothing is said but their number. */
    private Path wav(String name, double[] amplitudes) throws IOException {
        int samples = 16_000;
        int channels = amplitudes.length;
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples * channels).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(wav.capacity() - 8);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) channels).putInt(samples);
        wav.putInt(2 * samples * channels).putShort((short) (2 * channels)).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples * channels);
        for (int i = 0; i < samples; i++) {
            for (double amplitude : amplitudes) {
                wav.putShort((short) (32767 * amplitude * Math.sin(2 * Math.PI * 300 * i / samples)));
            }
        }
        return Files.write(folder.resolve(name), wav.array());
    }

    /** The largest sample of any channel of what is delivered, but for its first and last tenth of a second. */
    private double deliveredPeak(Decoded decoded) {
        Path wav = Fixtures.make(folder.resolve("delivered.s16"), "-i %s -ss 0.1 -f s16le".formatted(decoded.sound));
        try {
            return peak(wav);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double rms(Path raw) throws IOException {
        byte[] bytes = Files.readAllBytes(raw);
        VoiceMeter meter = new VoiceMeter(1);
        meter.add(bytes, bytes.length);
        return meter.loudness(0);
    }

    /** How often a second a tone of 0.4 s from there on goes up through zero. */
    private static double crossings(Path raw, double second) throws IOException {
        ShortBuffer samples = ByteBuffer.wrap(Files.readAllBytes(raw))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        int first = (int) (second * VoiceDecoder.SAMPLE_RATE);
        int crossings = 0;
        for (int i = first; i < first + 0.4 * VoiceDecoder.SAMPLE_RATE; i++) {
            crossings += samples.get(i) < 0 && samples.get(i + 1) >= 0 ? 1 : 0;
        }
        return crossings / 0.4;
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
