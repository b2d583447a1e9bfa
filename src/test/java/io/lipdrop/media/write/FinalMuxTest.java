package io.lipdrop.media.write;

import static io.lipdrop.media.Fixtures.FFMPEG;
import static io.lipdrop.media.Fixtures.PROBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.ffmpeg.Child;
import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.media.sound.VoiceDecoder;
import io.lipdrop.media.video.LoopedVideo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FinalMuxTest {
    private static final EncoderSettings FAST = new EncoderSettings("auto", 18, "veryfast", 1);

    private static final String AIGC =
            "{\"Label\":\"1\",\"ContentProducer\":\"A=B; 'c' \\\\u738b\",\"ProduceID\":\"x-01\"}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"24000/1001", "25/1", "30000/1001", "30/1", "50/1", "60000/1001", "60/1", "20/1"})
    void keepsEveryFrameInItsPlaceAndInTimeWithTheSound(String rate) throws IOException {
        Path source = Fixtures.make(
                folder.resolve("source.mp4"),
                Fixtures.flashes("128x96", rate, 2.6) + " " + Fixtures.beeps(44_100, "mono", 2.6)
                        + " -c:v libx264 -preset ultrafast -c:a aac");

        Path result = lipSync(source, 17);

        MediaInfo info = PROBE.probe(result);
        VideoStream video = info.video().orElseThrow();
        long frames = video.rate().framesIn(2.6);
        assertThat(video.rate()).hasToString(rate);
        List<long[]> packets = packets(result);
        assertThat(packets).hasSizeBetween((int) frames - 1, (int) frames + 2);
        long step = packets.get(1)[0];
        for (int k = 0; k < packets.size(); k++) {
            assertThat(packets.get(k)[0]).as("stamp of frame %d", k).isEqualTo(k * step);
        }
        assertThat(packets.get(17)[1]).as("a segment starts with a key frame").isEqualTo(1);

        List<byte[]> before = Fixtures.frames(source, 0);
        List<byte[]> after = Fixtures.frames(result, 0);
        assertThat(after).hasSameSizeAs(packets);
        for (int k = 0; k < Math.min(before.size(), after.size()); k++) {
            assertThat(Fixtures.meanLuma(after.get(k))).isCloseTo(Fixtures.meanLuma(before.get(k)), within(3.0));
        }
        Path voice = folder.resolve("result.raw");
        new VoiceDecoder(FFMPEG, () -> {}).decode(result, info, voice, folder.resolve("result.m4a"));
        assertThat(video.rate().secondsOf(Fixtures.firstFlash(after)))
                .isCloseTo(Fixtures.firstBeep(voice), within(video.rate().secondsOf(1) + 0.002));
        assertThat(info.duration().toMillis() / 1000.0)
                .isCloseTo(
                        video.rate().secondsOf(after.size()),
                        within(video.rate().secondsOf(1)));
    }

    @ParameterizedTest(name = "the picture {0} s after the sound, in {1}")
    @CsvSource({"0.2,matroska", "0.35,mpegts", "0.53,flv", "0.1,mp4", "-0.3,mp4"})
    void keepsAnOffsetBetweenSoundAndPicture(String offset, String container) throws IOException {
        Path source = Fixtures.make(
                folder.resolve("late.dat"),
                Fixtures.flashes("128x96", "25", 2) + " -itsoffset " + offset.replace("-", "") + " "
                        + Fixtures.flashes("128x96", "25", 2) + " " + Fixtures.beeps(44_100, "mono", 2)
                        + (offset.startsWith("-") ? " -map 0:v -map 2:a" : " -map 1:v -map 2:a")
                        + " -c:v libx264 -preset ultrafast -bf 2 -c:a aac -f " + container);
        double expected = offset.startsWith("-") ? 0 : Double.parseDouble(offset);

        Path voice = folder.resolve("v.raw");
        new VoiceDecoder(FFMPEG, () -> {}).decode(source, PROBE.probe(source), voice, folder.resolve("v.m4a"));
        double flash = Fixtures.firstFlash(Fixtures.frames(source, 0)) / 25.0;
        // At 25 frames/s the first white frame is shown 20 ms after the tone begins.
        assertThat(flash - 0.02 - Fixtures.firstBeep(voice)).isCloseTo(expected, within(0.04));
    }

    @Test
    void writesTheIndexFirstAndTheWordsItWasGiven() throws IOException {
        Path source = Fixtures.make(
                folder.resolve("s.mp4"),
                Fixtures.picture("64x64", "25", 0.4) + " " + Fixtures.beeps(8000, "mono", 0.4)
                        + " -c:v libx264 -c:a aac");
        String bytes = Files.readString(lipSync(source, 4), StandardCharsets.ISO_8859_1);
        assertThat(bytes.indexOf("moov")).isPositive().isLessThan(bytes.indexOf("mdat"));
        assertThat(bytes).contains("Made by a machine; not a recording");
    }

    @Test
    void keepsEachEntryOfTheMetadataUnderItsOwnName() throws IOException {
        Path source = Fixtures.make(
                folder.resolve("s.mp4"),
                Fixtures.picture("64x64", "25", 0.4) + " " + Fixtures.beeps(8000, "mono", 0.4)
                        + " -c:v libx264 -c:a aac");
        Path result = lipSync(source, 4);

        try (Child child = FFMPEG.probe(result, List.of("-show_entries", "format_tags", "-of", "json"))) {
            JsonNode tags =
                    new ObjectMapper().readTree(child.output().readAllBytes()).at("/format/tags");
            assertThat(tags.path("comment").asText()).isEqualTo("Made by a machine; not a recording");
            assertThat(tags.path("AIGC").asText()).isEqualTo(AIGC);
        }
        // Where the practice guide wants it: moov/udta/meta, the name in keys, the value in ilst.
        String bytes = Files.readString(result, StandardCharsets.ISO_8859_1);
        int entry = bytes.indexOf("mdtaAIGC");
        assertThat(bytes.indexOf("moov")).isLessThan(bytes.indexOf("udta"));
        assertThat(bytes.indexOf("udta")).isLessThan(bytes.indexOf("keys"));
        assertThat(bytes.indexOf("keys")).isLessThan(entry);
        assertThat(entry).isPositive().isLessThan(bytes.indexOf("ilst"));
        assertThat(bytes.indexOf(AIGC)).isBetween(bytes.indexOf("ilst"), bytes.indexOf("mdat"));
    }

    @Test
    void leavesNothingButTheResults() throws IOException {
        Path source = Fixtures.make(
                folder.resolve("s.mp4"),
                Fixtures.picture("64x64", "25", 0.4) + " " + Fixtures.beeps(8000, "mono", 0.4)
                        + " -c:v libx264 -c:a aac");
        lipSync(source, 6);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "s.mp4", "voice.raw", "sound.m4a", "part-0.nut", "part-1.nut", "result 🎬 'é'.mp4");
        }
    }

    /** Sound and picture of one file through the whole package, with the segments cut at {@code cut}. */
    private Path lipSync(Path source, int cut) {
        MediaInfo info = PROBE.probe(source);
        VideoStream video = info.video().orElseThrow();
        Path sound = folder.resolve("sound.m4a");
        VoiceDecoder.Voice voice =
                new VoiceDecoder(FFMPEG, () -> {}).decode(source, info, folder.resolve("voice.raw"), sound);
        long frames = Math.round(voice.seconds() * video.rate().value());
        List<FinalMux.Segment> segments = new ArrayList<>();
        try (LoopedVideo in = LoopedVideo.open(FFMPEG, source, info, LoopedVideo.Fill.PINGPONG, frames, 0, 0)) {
            segments.add(segment(in, video, cut, segments.size()));
            segments.add(segment(in, video, Long.MAX_VALUE, segments.size()));
        }
        Path target = folder.resolve("result 🎬 'é'.mp4");
        new FinalMux(FFMPEG, () -> {})
                .join(
                        segments,
                        sound,
                        target,
                        video.rate(),
                        false,
                        Map.of("comment", "Made by a machine; not a recording", "AIGC", AIGC));
        return target;
    }

    private FinalMux.Segment segment(LoopedVideo in, VideoStream video, long frames, int number) {
        Path target = folder.resolve("part-" + number + ".nut");
        Frame frame = video.newFrame();
        long written = 0;
        try (SegmentWriter out = SegmentWriter.open(FFMPEG, target, video, FAST)) {
            while (written < frames && in.next(frame) != null) {
                out.write(frame);
                written++;
            }
            out.finish();
        }
        return new FinalMux.Segment(target, written);
    }

    /** Stamp and whether it is a key frame, in order of stamps. */
    private static List<long[]> packets(Path file) throws IOException {
        List<String> question =
                List.of("-select_streams", "v:0", "-show_entries", "packet=pts,flags", "-of", "csv=p=0");
        try (Child child = FFMPEG.probe(file, question)) {
            return new String(child.output().readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.split(","))
                    .map(fields -> new long[] {Long.parseLong(fields[0]), fields[1].startsWith("K") ? 1 : 0})
                    .sorted((a, b) -> Long.compare(a[0], b[0]))
                    .toList();
        }
    }
}
