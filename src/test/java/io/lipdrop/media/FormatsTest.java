package io.lipdrop.media;

import static io.lipdrop.media.Fixtures.FFMPEG;
import static io.lipdrop.media.Fixtures.PROBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Rational;
import io.lipdrop.media.probe.AudioStream;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.media.sound.VoiceDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of file that is accepted, under a name that says nothing about it. */
class FormatsTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            mp4         | h264       | -c:v libx264 -preset ultrafast -bf 2 -c:a aac
            mp4         | hevc       | -c:v libx265 -preset ultrafast -pix_fmt yuv420p10le -x265-params log-level=none -c:a aac
            mp4         | mpeg4      | -c:v mpeg4 -q:v 3 -bf 2 -c:a aac
            mp4         | av1        | -c:v libsvtav1 -preset 12 -svtav1-params avif=0 -c:a libopus
            mov         | h264       | -c:v libx264 -preset ultrafast -pix_fmt yuv422p -c:a pcm_s16le
            mov         | prores     | -c:v prores_ks -profile:v 4444 -pix_fmt yuva444p10le -c:a pcm_s24le
            mov         | mjpeg      | -c:v mjpeg -q:v 3 -pix_fmt yuvj422p -c:a pcm_s16be
            matroska    | h264       | -c:v libx264 -preset ultrafast -pix_fmt yuv444p -c:a flac
            matroska    | hevc       | -c:v libx265 -preset ultrafast -x265-params log-level=none -c:a libmp3lame
            webm        | vp8        | -c:v libvpx -deadline realtime -cpu-used 8 -c:a vorbis -strict -2 -ac 2
            webm        | vp9        | -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus
            webm        | av1        | -c:v libaom-av1 -usage realtime -cpu-used 8 -c:a libopus
            avi         | mpeg4      | -c:v mpeg4 -q:v 3 -c:a libmp3lame
            avi         | mjpeg      | -c:v mjpeg -q:v 3 -pix_fmt yuvj420p -c:a pcm_s16le
            avi         | h264       | -c:v libx264 -preset ultrafast -bf 2 -c:a libmp3lame
            flv         | flv1       | -c:v flv -q:v 3 -c:a libmp3lame -ar 44100
            flv         | h264       | -c:v libx264 -preset ultrafast -bf 2 -c:a aac
            mpeg        | mpeg2video | -c:v mpeg2video -q:v 3 -bf 2 -c:a mp2
            mpeg        | mpeg1video | -c:v mpeg1video -q:v 3 -c:a mp2
            mpegts      | h264       | -c:v libx264 -preset ultrafast -bf 2 -c:a aac
            mpegts      | mpeg2video | -c:v mpeg2video -q:v 3 -bf 2 -c:a mp2
            mpegts      | hevc       | -c:v libx265 -preset ultrafast -x265-params log-level=none -c:a aac
            asf         | wmv2       | -c:v wmv2 -q:v 3 -c:a wmav2
            asf         | wmv1       | -c:v wmv1 -q:v 3 -c:a wmav1
            3gp         | h263       | -c:v h263 -q:v 3 -c:a libopencore_amrnb -ar 8000 -ac 1
            3gp         | h264       | -c:v libx264 -preset ultrafast -c:a aac
            mxf         | mpeg2video | -c:v mpeg2video -q:v 3 -bf 2 -c:a pcm_s16le
            mxf         | jpeg2000   | -c:v jpeg2000 -c:a pcm_s16le
            mov         | v210       | -c:v v210 -c:a pcm_s16le
            """)
    void readsVideo(String container, String codec, String options) throws IOException {
        Path file = Fixtures.make(
                folder.resolve("clip.dat"),
                Fixtures.flashes("176x144", "25", 3) + " " + Fixtures.beeps(48_000, "mono", 3) + " -g 20 " + options
                        + " -f " + container);

        MediaInfo info = PROBE.probe(file);
        VideoStream video = info.video().orElseThrow();
        assertThat(video.codec()).isEqualTo(codec);
        assertThat(video.rate()).isEqualTo(new Rational(25, 1));
        assertThat(video.width()).isEqualTo(176);

        List<byte[]> frames = Fixtures.frames(file, 0);
        assertThat(frames.size()).isBetween(75, 77);
        for (int k : new int[] {1, 61}) {
            List<byte[]> resumed = Fixtures.frames(file, k);
            assertThat(resumed).hasSize(frames.size() - k);
            assertThat(resumed.get(0)).as("frame %d after a seek", k).isEqualTo(frames.get(k));
        }

        Path voice = folder.resolve("voice.raw");
        new VoiceDecoder(FFMPEG, () -> {}).decode(file, info, voice, folder.resolve("sound.m4a"));
        assertThat(Fixtures.firstFlash(frames) / 25.0).isCloseTo(Fixtures.firstBeep(voice), within(0.045));
    }

    @ParameterizedTest(name = "{0}: {1} at {2} Hz, {3}")
    @CsvSource(delimiter = '|', textBlock = """
            wav  | pcm_s16le  | 44100 | stereo | -c:a pcm_s16le
            wav  | pcm_f32le  | 96000 | mono   | -c:a pcm_f32le
            wav  | pcm_u8     |  8000 | mono   | -c:a pcm_u8
            wav  | pcm_s24le  | 48000 | 5.1    | -c:a pcm_s24le
            w64  | pcm_s16le  | 22050 | mono   | -c:a pcm_s16le
            mp3  | mp3        | 44100 | stereo | -c:a libmp3lame
            mp3  | mp3        | 16000 | mono   | -c:a libmp3lame
            ipod | aac        | 44100 | stereo | -c:a aac
            ipod | alac       | 48000 | 5.1    | -c:a alac
            mp4  | aac        | 48000 | 5.1    | -c:a aac
            adts | aac        | 32000 | mono   | -c:a aac
            flac | flac       | 96000 | stereo | -c:a flac
            ogg  | vorbis     | 44100 | stereo | -c:a vorbis -strict -2
            ogg  | opus       | 48000 | stereo | -c:a libopus
            opus | opus       | 48000 | 5.1    | -c:a libopus
            ogg  | speex      | 16000 | mono   | -c:a libspeex
            ogg  | flac       | 44100 | mono   | -c:a flac
            amr  | amr_nb     |  8000 | mono   | -c:a libopencore_amrnb
            amr  | amr_wb     | 16000 | mono   | -c:a libvo_amrwbenc
            asf  | wmav2      | 44100 | stereo | -c:a wmav2
            asf  | wmav1      | 22050 | mono   | -c:a wmav1
            aiff | pcm_s16be  | 44100 | stereo | -c:a pcm_s16be
            caf  | pcm_s16be  | 48000 | mono   | -c:a pcm_s16be
            au   | pcm_s16be  | 44100 | stereo | -c:a pcm_s16be
            au   | pcm_mulaw  |  8000 | mono   | -c:a pcm_mulaw
            wav  | adpcm_g726 |  8000 | mono   | -c:a g726
            ac3  | ac3        | 48000 | 5.1    | -c:a ac3
            eac3 | eac3       | 48000 | stereo | -c:a eac3
            dts  | dts        | 48000 | stereo | -c:a dca -strict -2
            wv   | wavpack    | 44100 | stereo | -c:a wavpack
            tta  | tta        | 44100 | stereo | -c:a tta
            matroska | opus   | 48000 | mono   | -c:a libopus
            webm | opus       | 48000 | mono   | -c:a libopus
            mp4  | opus       | 48000 | mono   | -c:a libopus
            matroska | truehd | 48000 | stereo | -c:a truehd -strict -2
            """)
    void readsSound(String container, String codec, int rate, String layout, String options) throws IOException {
        Path file = Fixtures.make(
                folder.resolve("voice.dat"), Fixtures.beeps(rate, layout, 3) + " " + options + " -f " + container);

        MediaInfo info = PROBE.probe(file);
        PROBE.decodeSoundStart(file, info);
        AudioStream audio = info.audio().orElseThrow();
        assertThat(audio.codec()).isEqualTo(codec);
        assertThat(audio.sampleRate()).isEqualTo(rate);
        assertThat(info.video()).isEmpty();

        Path raw = folder.resolve("voice.raw");
        Path delivery = folder.resolve("sound.m4a");
        VoiceDecoder.Voice voice = new VoiceDecoder(FFMPEG, () -> {}).decode(file, info, raw, delivery);
        assertThat(voice.seconds()).isCloseTo(3, within(0.12));
        assertThat(Fixtures.firstBeep(raw)).isCloseTo(0.5, within(0.06));

        MediaInfo delivered = PROBE.probe(delivery);
        AudioStream sound = delivered.audio().orElseThrow();
        assertThat(sound.codec()).isEqualTo("aac");
        assertThat(sound.sampleRate()).isEqualTo(rate);
        assertThat(sound.channels()).isEqualTo(audio.channels());
        assertThat(delivered.duration().toMillis() / 1000.0).isCloseTo(voice.seconds(), within(0.002));
        Path again = folder.resolve("again.raw");
        new VoiceDecoder(FFMPEG, () -> {}).decode(delivery, delivered, again, folder.resolve("again.m4a"));
        assertThat(Fixtures.firstBeep(again)).isCloseTo(Fixtures.firstBeep(raw), within(0.01));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            gif  | -f gif
            apng | -f apng
            dv   | -s 720x576 -pix_fmt yuv420p -c:v dvvideo -f dv
            """)
    void readsVideoWithoutSound(String container, String options) throws IOException {
        Path file = Fixtures.make(folder.resolve("clip.dat"), Fixtures.picture("176x144", "25", 2) + " " + options);

        MediaInfo info = PROBE.probe(file);
        assertThat(info.container()).isEqualTo(container);
        assertThat(info.video().orElseThrow().isStill()).isFalse();
        assertThat(info.video().orElseThrow().rate()).isEqualTo(new Rational(25, 1));
        List<byte[]> frames = Fixtures.frames(file, 0);
        assertThat(frames.size()).isBetween(50, 51);
        List<byte[]> resumed = Fixtures.frames(file, 31);
        assertThat(resumed).hasSize(frames.size() - 31);
        assertThat(Arrays.equals(resumed.get(0), frames.get(31))).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            png_pipe  | -c:v png
            jpeg_pipe | -c:v mjpeg -q:v 2 -pix_fmt yuvj444p
            webp_pipe | -c:v libwebp -quality 95
            bmp_pipe  | -c:v bmp
            tiff_pipe | -c:v tiff
            j2k_pipe  | -c:v jpeg2000
            gif       | -f gif
            """)
    void readsPictures(String container, String options) throws IOException {
        Path picture = Fixtures.make(folder.resolve("first.png"), Fixtures.picture("176x144", "25", 0.04));
        Path file = Fixtures.make(
                folder.resolve("picture.dat"),
                "-i " + Ffmpeg.url(picture) + " " + (container.equals("gif") ? "" : "-f image2pipe ") + options);

        MediaInfo info = PROBE.probe(file);

        assertThat(info.container()).isEqualTo(container);
        assertThat(info.video().orElseThrow().isStill()).isTrue();
        byte[] frame = Fixtures.frames(file, 0).get(0);
        byte[] original = Fixtures.frames(picture, 0).get(0);
        long difference = 0;
        for (int i = 0; i < 176 * 144; i++) {
            difference += Math.abs((frame[i] & 0xff) - (original[i] & 0xff));
        }
        assertThat((double) difference / (176 * 144)).isLessThan(4); // a GIF has 256 colours
    }
}
