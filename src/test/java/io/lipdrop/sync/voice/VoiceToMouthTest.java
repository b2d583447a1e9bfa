package io.lipdrop.sync.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.sound.VoiceDecoder;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoiceToMouthTest {
    private static final int SECOND = 16_000;

    // Computed by training/level.py on the same samples.
    private static final float GAIN_OF_STEPS = 0.386174f;
    private static final float GAIN_OF_QUIET = 56.234f;

    /** What is heard in 94 s of people. */
    private static MouthTrack spoken;

    @TempDir
    Path folder;

    @BeforeAll
    static void hearPeople(@TempDir Path once) throws IOException {
        spoken = hear(decoded(Phone.SPOKEN, once), () -> {});
    }

    @Test
    void bringsARecordingToTheLoudnessOfTheTraining() throws IOException {
        assertThat(gain(3 * SECOND, i -> (i < SECOND ? 400 : i < 2 * SECOND ? 4000 : 12000) * tone(i)))
                .isCloseTo(GAIN_OF_STEPS, within(0.001f));
        assertThat(gain(3 * SECOND, i -> 60 * tone(i))).isCloseTo(GAIN_OF_QUIET, within(0.05f));
    }

    @Test
    void leavesSilenceAsItIs() throws IOException {
        assertThat(gain(3 * SECOND, i -> 3 * tone(i))).isEqualTo(1);
        assertThat(gain(100, i -> 9000)).isEqualTo(1);
    }

    @Test
    void keepsTheMouthShutInSilence() throws IOException {
        MouthTrack track = hear(voice(2 * SECOND, i -> 0));

        for (double seconds = 0; seconds < 2; seconds += 0.04) {
            assertThat(track.at(seconds).opening()).isLessThan(0.012f);
        }
    }

    @Test
    void opensTheMouthForSyllablesAndShutsItAfterwards() throws IOException {
        // A buzz at 125 Hz with many partials that swells five times in a second, between two seconds of silence.
        MouthTrack track = hear(voice(3 * SECOND, i -> i < SECOND || i > 2 * SECOND ? 0 : swell(i) * vowel(i)));

        assertThat(track.at(1.5).opening()).isGreaterThan(0.03f);
        assertThat(track.at(0.3).opening()).isLessThan(0.012f);
        assertThat(track.at(2.8).opening()).isLessThan(0.012f);
    }

    @Test
    void shutsTheLipsWherePeopleSayPBAndMAndPartsThemInOpenVowels() throws IOException {
        MouthTrack track = spoken;

        assertThat(share(Phone::isPressed, phone -> least(track, phone) <= 0.01))
                .isGreaterThan(0.9);
        assertThat(share(Phone::isOpen, phone -> most(track, phone) > 0.02)).isGreaterThan(0.85);
    }

    @Test
    void pressesTheLipsNeitherEarlyNorLate() throws IOException {
        MouthTrack track = spoken;

        double[] late = Phone.spoken().stream()
                .filter(Phone::isPressed)
                .mapToDouble(phone -> middle(track, phone) - (phone.start() + phone.end()) / 2)
                .sorted()
                .toArray();
        assertThat(late[late.length / 2]).isBetween(-0.03, 0.03);
    }

    @Test
    void movesNoFasterThanLipsDo() throws IOException {
        MouthTrack track = spoken;

        for (double seconds = 0; seconds < 94; seconds += 0.01) {
            // Real lips cross up to two thirds of their range in a frame of 1/25 s; this voice opens them to 0.15.
            assertThat(Math.abs(track.at(seconds + 0.04).opening()
                            - track.at(seconds).opening()))
                    .isLessThan(0.1f);
        }
    }

    @Test
    void hearsALongVoiceAsIfItWereOnePiece() throws IOException {
        // Pieces are 20 s; the same sound is heard across a border and, 3 s earlier, within a piece.
        IntToDoubleFunction sound = i -> (i / 4000 % 3 == 0 ? 0.1 : 1) * vowel(i);
        AtomicInteger beats = new AtomicInteger();
        MouthTrack whole = hear(voice(41 * SECOND, sound), beats::incrementAndGet);
        int shift = 12_000 * 4; // a multiple of the sound's own period
        MouthTrack shifted = hear(voice(41 * SECOND, i -> sound.applyAsDouble(i + shift)), () -> {});

        assertThat(beats.get()).isEqualTo(3);
        for (double seconds = 18; seconds < 22; seconds += 0.01) {
            MouthShape here = whole.at(seconds);
            assertThat(shifted.at(seconds - shift / (double) SECOND).opening())
                    .isCloseTo(here.opening(), within(0.002f));
        }
    }

    @Test
    void keepsATrackInAFile() throws IOException {
        MouthTrack track = hear(voice(SECOND, VoiceToMouthTest::vowel));
        Path file = Files.write(folder.resolve("mouth.f32"), track.bytes());

        assertThat(MouthTrack.read(file).at(0.5)).isEqualTo(track.at(0.5));
    }

    private static double share(Predicate<Phone> wanted, Predicate<Phone> holds) throws IOException {
        return Phone.spoken().stream()
                .filter(wanted)
                .mapToInt(phone -> holds.test(phone) ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static double least(MouthTrack track, Phone phone) {
        return openings(track, phone).min().orElseThrow();
    }

    private static double most(MouthTrack track, Phone phone) {
        return openings(track, phone).max().orElseThrow();
    }

    /** Where the press about a phone has its centre, seconds. */
    private static double middle(MouthTrack track, Phone phone) {
        double sum = 0;
        double weighted = 0;
        for (double seconds = phone.start() - 0.1; seconds < phone.end() + 0.1; seconds += 0.01) {
            double press = Math.pow(track.at(seconds).press(), 2);
            sum += press;
            weighted += press * seconds;
        }
        return weighted / sum;
    }

    private static DoubleStream openings(MouthTrack track, Phone phone) {
        return IntStream.range((int) (100 * phone.start()) - 1, (int) (100 * phone.end()) + 3)
                .mapToDouble(shape -> track.at(shape / 100.0).opening());
    }

    private static Path decoded(Path voice, Path folder) throws IOException {
        Ffmpeg ffmpeg = Ffmpeg.load();
        Path raw = folder.resolve("voice.s16");
        new VoiceDecoder(ffmpeg, () -> {})
                .decode(voice, new MediaProbe(ffmpeg).probe(voice), raw, folder.resolve("voice.m4a"));
        return raw;
    }

    private float gain(int samples, IntToDoubleFunction sound) throws IOException {
        try (VoiceSamples voice = new VoiceSamples(voice(samples, sound))) {
            return Loudness.gain(voice);
        }
    }

    private MouthTrack hear(Path voice) throws IOException {
        return hear(voice, () -> {});
    }

    private static MouthTrack hear(Path voice, Runnable beat) throws IOException {
        try (OnnxModel model = OnnxModel.open(Path.of("models/voice_to_mouth.onnx"), Device.CPU)) {
            return new VoiceToMouth(model).hear(voice, beat);
        }
    }

    private Path voice(int samples, IntToDoubleFunction sound) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(samples * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples; i++) {
            bytes.putShort((short) Math.rint(sound.applyAsDouble(i)));
        }
        return Files.write(Files.createTempFile(folder, "voice", ".s16"), bytes.array());
    }

    private static double tone(int i) {
        return Math.sin(2 * Math.PI * 440 * i / SECOND);
    }

    private static double swell(int i) {
        return Math.max(0.02, Math.min(1, 0.5 + 0.8 * Math.sin(2 * Math.PI * 5 * i / SECOND - 1.5)));
    }

    /** Partials of 125 Hz under the formants of an open vowel (about 700, 1200 and 2600 Hz). */
    private static double vowel(int i) {
        double sum = 0;
        for (int partial = 1; partial <= 28; partial++) {
            double hertz = 125.0 * partial;
            double level = formant(hertz, 700, 130) + 0.6 * formant(hertz, 1200, 150) + 0.2 * formant(hertz, 2600, 250);
            sum += level * Math.sin(2 * Math.PI * hertz * i / SECOND);
        }
        return 3000 * sum;
    }

    private static double formant(double hertz, double centre, double width) {
        double off = (hertz - centre) / width;
        return 1 / (1 + off * off);
    }
}
