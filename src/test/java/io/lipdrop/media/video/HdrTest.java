package io.lipdrop.media.video;

import static io.lipdrop.media.Fixtures.PROBE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Colour;
import io.lipdrop.media.probe.DynamicRange;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.ProbedStreams;
import io.lipdrop.media.probe.UnlistedStreams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Videos in high dynamic range come out in standard range, say so, and look as the scene did. */
class HdrTest {
    private static final String X265 = "-c:v libx265 -preset ultrafast -crf 12 -x265-params log-level=none:keyint=5";

    @TempDir
    Path folder;

    private Path picture;

    @BeforeEach
    void unpackThePicture() throws IOException {
        picture = Fixtures.portrait(folder);
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @CsvSource({
        "arib-std-b67, 256:256, yuv420p10le, mov, HLG",
        "smpte2084, 256:256, yuv420p10le, mov, PQ",
        "arib-std-b67, 255:253, yuv444p10le, matroska, HLG",
        "smpte2084, 256:256, gbrp10le, matroska, PQ"
    })
    void looksAsTheScene(String transfer, String size, String format, String container, DynamicRange range) {
        Path film = film(transfer, size, format, container);
        Path original = Fixtures.make(
                folder.resolve("original.png"), "-i " + Ffmpeg.url(picture) + " -vf scale=" + size + " -frames:v 1");

        MediaInfo info = PROBE.probe(film);

        assertThat(info.range()).isEqualTo(range);
        assertThat(info.video().orElseThrow().colour()).isEqualTo(new Colour("bt709", "bt709", "bt709"));
        List<byte[]> frames = Fixtures.frames(film, 0);
        assertThat(frames).hasSize(10);
        assertThat(Arrays.equals(Fixtures.frames(film, 7).get(0), frames.get(7)))
                .isTrue();
        byte[] wanted = Fixtures.frames(original, 0).get(0);
        int luma = wanted.length / 3 * 2;
        // Highlights make room for what is brighter than white: a little darker, and no paler.
        assertThat(distance(frames.get(0), wanted, 0, luma)).isLessThan(16);
        assertThat(distance(frames.get(0), wanted, luma, wanted.length)).isLessThan(6);
        assertThat(saturation(frames.get(0))).isBetween(0.7 * saturation(wanted), 1.2 * saturation(wanted));
    }

    @Test
    void aVideoInStandardRangeStaysAsItIs() {
        Path film = Fixtures.make(
                folder.resolve("film.mp4"),
                Fixtures.picture("256x256", "25", 0.2)
                        + " -c:v libx264 -color_trc bt709 -color_primaries bt709 -colorspace bt709");

        assertThat(PROBE.probe(film).range()).isEqualTo(DynamicRange.STANDARD);
        assertThat(new VideoFilter(PROBE.probe(film), film, 0).forwards()).doesNotContain("tonemap");
    }

    @Test
    void coloursThatOnlyDolbyCanReadAreNotGuessed() throws IOException {
        String streams = "{'streams':[{'index':0,'codec_type':'video','codec_name':'hevc','width':64,'height':48,"
                + "'side_data_list':[{'side_data_type':'DOVI configuration record','dv_profile':%d}]}],'format':{}}";
        ObjectMapper json = new ObjectMapper();
        for (int profile : new int[] {5, 8}) {
            String answer = streams.formatted(profile).replace('\'', '"');
            ProbedStreams probed = new ProbedStreams(json.readTree(answer), UnlistedStreams.NONE, null, 1);
            assertThat(probed.needsDolbyVision()).isEqualTo(profile == 5);
        }
    }

    /** What a camera of that kind would have recorded of the picture. */
    private Path film(String transfer, String size, String format, String container) {
        boolean isRgb = format.startsWith("gbr");
        String filter = "scale=" + size
                + ",format=gbrp12le,setparams=colorspace=gbr:color_primaries=bt709:color_trc=bt709:range=pc,"
                + "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt2020:npl=203:t=" + transfer
                + (isRgb ? ",format=" : ":m=bt2020nc:r=tv,format=") + format;
        String codec = container.equals("mov") ? X265 + " -tag:v hvc1" : "-c:v ffv1";
        return Fixtures.make(
                folder.resolve("film.dat"),
                "-loop 1 -r 25 -t 0.4 -i " + Ffmpeg.url(picture) + " -vf " + filter + " " + codec
                        + " -color_primaries bt2020 -color_trc " + transfer + (isRgb ? "" : " -colorspace bt2020nc")
                        + " -f "
                        + container);
    }

    private static double distance(byte[] frame, byte[] other, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.abs((frame[i] & 0xff) - (other[i] & 0xff));
        }
        return sum / (to - from);
    }

    private static double saturation(byte[] frame) {
        double sum = 0;
        for (int i = frame.length / 3 * 2; i < frame.length; i++) {
            sum += Math.abs((frame[i] & 0xff) - 128);
        }
        return sum;
    }
}
