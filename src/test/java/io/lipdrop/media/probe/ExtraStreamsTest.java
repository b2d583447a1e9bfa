package io.lipdrop.media.probe;

import static io.lipdrop.media.Fixtures.FFMPEG;
import static io.lipdrop.media.Fixtures.PROBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.Fixtures;
import io.lipdrop.media.ffmpeg.Abort;
import io.lipdrop.media.ffmpeg.Child;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.sound.VoiceDecoder;
import io.lipdrop.media.video.FrameCount;
import io.lipdrop.media.video.TimestampRepair;
import io.lipdrop.media.video.VideoFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams that nobody needs do not cost a film or a voice. */
class ExtraStreamsTest {
    private static final String H264 = "-c:v:0 libx264 -preset ultrafast -bf 0 -c:a:0 aac";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            matroska | srt subtitles      | -map 2 -c:s srt
            matroska | ass subtitles      | -map 2 -c:s ass
            matroska | webvtt subtitles   | -map 2 -c:s webvtt
            matroska | two of them        | -map 2 -map 2 -c:s:0 srt -c:s:1 ass
            matroska | a font             | -attach TITLES -metadata:s:t mimetype=application/x-truetype-font
            matroska | chapters           | -map_chapters 3 -map_metadata 3
            matroska | sound in MLP       | -map 1 -c:a:1 mlp -strict -2
            matroska | two in MLP         | -map 1 -map 1 -c:a:1 mlp -c:a:2 mlp -strict -2
            matroska | a film in Snow     | -map 0 -c:v:1 snow
            matroska | film and sound     | -map 0 -map 1 -map 2 -c:v:1 snow -c:a:1 mlp -c:s srt -strict -2
            mp4      | mov_text subtitles | -map 2 -c:s mov_text
            mp4      | chapters           | -map_chapters 3 -map_metadata 3
            mp4      | RTP hints          | -movflags rtphint
            mov      | mov_text subtitles | -map 2 -c:s mov_text
            mov      | a time code        | -timecode 01:00:00:00
            mov      | a film in VC-2     | -map 0 -c:v:1 vc2
            mpegts   | teletext-like data | -map 4 -c:d copy
            mpegts   | a film in VC-2     | -map 0 -c:v:1 vc2
            avi      | a film in ASV1     | -map 0 -c:v:1 asv1
            """)
    void costAFilmNothing(String container, String extra, String options) throws IOException {
        Path file = film(container, options);

        MediaInfo info = PROBE.probe(file);

        assertThat(info.video().orElseThrow().codec()).isEqualTo("h264");
        assertThat(info.audio().orElseThrow().codec()).isEqualTo("aac");
        int frames = Fixtures.frames(file, 0).size();
        assertThat(frames).isBetween(25, 26); // where the sound begins a little earlier, one more
        assertThat(FrameCount.of(FFMPEG, file, info, 1000, new Abort())).isEqualTo(frames);
        PROBE.decodeSoundStart(file, info);
        assertThat(voice(file, info).seconds()).isCloseTo(1, within(0.1));
        VideoFile even = new TimestampRepair(FFMPEG, PROBE, () -> {}).of(file, info, folder.resolve("even.ts"));
        assertThat(even.file()).isEqualTo(file);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "mp3, gif", "mp3, libwebp", "mp3, bmp", "mp3, tiff", "mp3, mjpeg", "mp3, png",
        "flac, libwebp", "flac, bmp", "flac, tiff", "flac, png", "ipod, bmp", "ipod, mjpeg"
    })
    void aCoverCostsAVoiceNothing(String container, String picture) throws IOException {
        Path file = Fixtures.make(
                folder.resolve("voice.dat"),
                Fixtures.beeps(44_100, "mono", 1) + " " + Fixtures.picture("64x48", "25", 0.04)
                        + " -map 0:a -map 1:v -disposition:v attached_pic -c:v " + picture + " -f "
                        + container);

        MediaInfo info = PROBE.probe(file);

        PROBE.decodeSoundStart(file, info);
        assertThat(voice(file, info).seconds()).isCloseTo(1, within(0.1));
        assertThat(info.video()).isEmpty();
    }

    @Test
    void aTrackThatNobodyKnowsCostsAFilmNothing() throws IOException {
        Path file = film("mov", "-map 0 -c:v:1 mpeg4");
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        System.arraycopy("zzzz".getBytes(StandardCharsets.US_ASCII), 0, bytes, text.lastIndexOf("mp4v"), 4);
        Files.write(file, bytes);

        assertThat(PROBE.probe(file).video().orElseThrow().codec()).isEqualTo("h264");
        assertThat(Fixtures.frames(file, 0).size()).isBetween(25, 26);
    }

    @Test
    void whatIsNotOnTheListIsNeverDecoded() {
        Path file = Fixtures.make(
                folder.resolve("snow.mkv"), Fixtures.picture("64x48", "25", 1) + " -c:v snow -strict -2 -f matroska");
        List<String> decode = List.of("-map", "0:0", "-f", "null", "-");
        try (Child child = FFMPEG.read(file, "matroska", List.of(), decode)) {
            assertThat(child.waitForExit().isSuccess()).isFalse();
        }
        assertThat(UnlistedStreams.NONE.options()).doesNotContain("-codec_whitelist", "-codec_whitelist:v");
    }

    private VoiceDecoder.Voice voice(Path file, MediaInfo info) throws IOException {
        return new VoiceDecoder(FFMPEG, () -> {})
                .decode(file, info, folder.resolve("voice.raw"), folder.resolve("voice.m4a"));
    }

    private Path film(String container, String options) throws IOException {
        Path titles = Files.writeString(folder.resolve("titles.srt"), "1\n00:00:00,000 --> 00:00:00,800\nhello\n");
        Path chapters = Files.writeString(folder.resolve("chapters.txt"), """
                ;FFMETADATA1
                [CHAPTER]
                TIMEBASE=1/1000
                START=0
                END=500
                title=a
                [CHAPTER]
                TIMEBASE=1/1000
                START=500
                END=1000
                title=b
                """);
        return Fixtures.make(
                folder.resolve("film.dat"),
                Fixtures.picture("176x144", "25", 1) + " " + Fixtures.beeps(48_000, "stereo", 1) + " -i "
                        + Ffmpeg.url(titles) + " -f ffmetadata -i " + Ffmpeg.url(chapters) + " -f data -i "
                        + Ffmpeg.url(chapters) + " -map 0 -map 1 " + H264 + " "
                        + options.replace("TITLES", Ffmpeg.url(titles)) + " -f " + container);
    }
}
