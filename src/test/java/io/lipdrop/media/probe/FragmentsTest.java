package io.lipdrop.media.probe;

import static io.lipdrop.media.Fixtures.FFMPEG;
import static io.lipdrop.media.Fixtures.PROBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.Fixtures;
import io.lipdrop.media.frame.Rational;
import io.lipdrop.media.sound.VoiceDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Films in fragments, as recorders, phones and streaming services write them, whose headers know little of the film. */
class FragmentsTest {
    private static final String H264 = " -c:v libx264 -preset ultrafast -g 10 -bf 0";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            mp4  | -movflags empty_moov                                    | -c:a aac
            mp4  | -movflags frag_keyframe                                 | -c:a aac
            mp4  | -movflags frag_every_frame                              | -an
            mp4  | -movflags frag_every_frame+empty_moov+skip_trailer      | -an
            mp4  | -movflags frag_keyframe+empty_moov+default_base_moof    | -c:a libopus
            mp4  | -movflags cmaf+frag_keyframe+delay_moov                 | -c:a aac
            mp4  | -movflags dash+global_sidx+frag_keyframe                | -c:a aac
            mp4  | -movflags dash+frag_every_frame+skip_sidx               | -an
            mov  | -movflags frag_every_frame+empty_moov                   | -an
            mov  | -movflags frag_keyframe+empty_moov                      | -c:a pcm_s16le
            mov  | -movflags frag_every_frame                              | -an
            3gp  | -movflags frag_every_frame                              | -an
            3gp  | -movflags frag_keyframe                                 | -c:a aac
            ismv | -movflags frag_keyframe                                 | -c:a aac
            """)
    void areFilms(String container, String fragments, String sound) throws IOException {
        Path file = Fixtures.make(
                folder.resolve("film.dat"),
                Fixtures.flashes("176x144", "25", 3) + " " + Fixtures.beeps(48_000, "mono", 3) + H264 + " " + sound
                        + " " + fragments + " -f " + container);

        MediaInfo info = PROBE.probe(file);

        VideoStream video = info.video().orElseThrow();
        assertThat(video.isStill()).isFalse();
        assertThat(video.rate()).isEqualTo(new Rational(25, 1));
        assertThat(video.seconds()).isCloseTo(3, within(0.1));
        assertThat(info.duration().toMillis() / 1000.0).isCloseTo(3, within(0.15));
        List<byte[]> frames = Fixtures.frames(file, 0);
        assertThat(frames.size()).isBetween(74, 77); // without its trailer a file lacks the last fragment
        List<byte[]> resumed = Fixtures.frames(file, 41);
        assertThat(resumed).hasSize(frames.size() - 41);
        assertThat(Arrays.equals(resumed.get(0), frames.get(41))).isTrue();
        if (info.audio().isPresent()) {
            Path voice = folder.resolve("voice.raw");
            new VoiceDecoder(FFMPEG, () -> {}).decode(file, info, voice, folder.resolve("sound.m4a"));
            assertThat(Fixtures.firstFlash(frames) / 25.0)
                    .isCloseTo(Fixtures.firstBeep(voice), within(0.06)); // nothing takes the encoder's delay off
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mp4",
                "mov",
                "matroska",
                "avi",
                "mp4 -movflags frag_every_frame",
                "mp4 -movflags empty_moov",
                "mpegts"
            })
    void aFilmOfOneFrameIsAPicture(String container) {
        Path file = Fixtures.make(
                folder.resolve("film.dat"), Fixtures.picture("176x144", "25", 0.04) + H264 + " -f " + container);

        assertThat(PROBE.probe(file).video().orElseThrow().isStill()).isTrue();
        assertThat(Fixtures.frames(file, 0)).hasSize(1);
    }

    @Test
    void aPictureWithSoundIsAPicture() {
        Path file = Fixtures.make(
                folder.resolve("film.dat"),
                Fixtures.picture("176x144", "25", 0.04) + " " + Fixtures.beeps(48_000, "mono", 3) + H264
                        + " -c:a aac -f mp4");

        assertThat(PROBE.probe(file).video().orElseThrow().isStill()).isTrue();
    }

    @Test
    void anAviThatSaysOneFrameIsAFilm() throws IOException {
        Path file =
                Fixtures.make(folder.resolve("film.avi"), Fixtures.picture("176x144", "25", 1) + " -c:v mpeg4 -f avi");
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int header = text.indexOf("strh") + 8;
        bytes[header + 32] = 1; // dwLength, until now 25
        bytes[text.indexOf("avih") + 8 + 16] = 1; // dwTotalFrames
        Files.write(file, bytes);

        assertThat(PROBE.probe(file).video().orElseThrow().isStill()).isFalse();
        assertThat(Fixtures.frames(file, 0)).hasSize(25);
    }
}
