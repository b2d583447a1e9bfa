package io.lipdrop.media.video;

import static io.lipdrop.media.Fixtures.FFMPEG;
import static io.lipdrop.media.Fixtures.PROBE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.Fixtures;
import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Colour;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.frame.Rational;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.media.write.SegmentWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoReaderTest {
    /** A black picture with a white upper left quarter and a grey upper right one. */
    private static final String CORNERS = "-f lavfi -i color=black:s=64x48:r=25:d=0.2,format=rgb24,"
            + "drawbox=w=32:h=24:color=white:t=fill,drawbox=x=32:w=32:h=24:color=gray:t=fill";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "turned by {0} degrees, mirrored: {1}")
    @CsvSource({
        "0,false,WG..",
        "90,false,G.W.",
        "180,false,..GW",
        "270,false,.W.G",
        "0,true,GW..",
        "90,true,.G.W",
        "180,true,..WG",
        "270,true,W.G."
    })
    void turnsPicturesUpright(int degrees, boolean mirrored, String corners) {
        Path stored = Fixtures.make(folder.resolve("stored.mp4"), CORNERS + " -c:v libx264 -qp 1 -pix_fmt yuv420p");
        Path file = Fixtures.make(
                folder.resolve("turned.mp4"),
                "-display_rotation " + degrees + (mirrored ? " -display_hflip" : "") + " -i " + Ffmpeg.url(stored)
                        + " -c copy");

        VideoStream video = PROBE.probe(file).video().orElseThrow();
        assertThat(video.width()).isEqualTo(degrees % 180 == 0 ? 64 : 48);
        byte[] frame = Fixtures.frames(file, 0).get(0);
        assertThat(corners(frame, video.width(), video.height())).isEqualTo(corners);
    }

    @ParameterizedTest(name = "EXIF orientation {0}")
    @CsvSource({"1,WG..", "2,GW..", "3,..GW", "4,..WG", "5,W.G.", "6,.W.G", "7,.G.W", "8,G.W."})
    void turnsPhotographsUpright(int orientation, String corners) throws IOException {
        Path stored = Fixtures.make(
                folder.resolve("stored.jpg"), CORNERS + " -frames:v 1 -c:v mjpeg -q:v 2 -f image2 -update 1");
        Path file = folder.resolve("photo.jpg");
        Files.write(file, withExif(Files.readAllBytes(stored), orientation));

        VideoStream video = PROBE.probe(file).video().orElseThrow();
        assertThat(video.isStill()).isTrue();
        List<byte[]> frames = Fixtures.frames(file, 0);
        assertThat(frames).hasSize(1);
        assertThat(corners(frames.get(0), video.width(), video.height())).isEqualTo(corners);
    }

    @ParameterizedTest(name = "a photograph with {0} behind it")
    @CsvSource({"second.jpg,-frames:v 1 -c:v mjpeg -f image2 -update 1", "film.mp4,-c:v libx264 -f mp4"})
    void takesThePictureOfAPhotographThatHoldsMore(String second, String options) throws IOException {
        Path photo = Fixtures.make(
                folder.resolve("photo.jpg"), CORNERS + " -frames:v 1 -c:v mjpeg -q:v 2 -f image2 -update 1");
        Path more = Fixtures.make(folder.resolve(second), Fixtures.picture("32x24", "25", 1) + " " + options);
        Path file = folder.resolve("both.jpg");
        Files.write(file, Files.readAllBytes(photo));
        Files.write(file, Files.readAllBytes(more), StandardOpenOption.APPEND);

        VideoStream video = PROBE.probe(file).video().orElseThrow();
        assertThat(video.isStill()).isTrue();
        assertThat(corners(Fixtures.frames(file, 0).get(0), video.width(), video.height()))
                .isEqualTo("WG..");
    }

    @ParameterizedTest(name = "{0} frames a second, {1}")
    @CsvSource({"25,-bf 0,2", "25,-bf 3,2", "50,-bf 3,4", "5,-bf 0,1"})
    void looksSeldomAndAtNoFrameTwice(int rate, String encoding, int apart) {
        Path file = Fixtures.make(
                folder.resolve("brighter.mp4"),
                "-f lavfi -i nullsrc=s=64x48:r=" + rate + ",geq=lum=20+2*N:cb=128:cr=128 -frames:v 100"
                        + " -c:v libx264 -qp 1 " + encoding);
        MediaInfo info = PROBE.probe(file);
        Frame frame = info.video().orElseThrow().newFrame();
        List<Long> numbers = new ArrayList<>();
        try (VideoReader reader = VideoReader.openLooks(FFMPEG, file, info, 12.5)) {
            while (reader.next(frame) != null) {
                numbers.add(Math.round((Fixtures.meanLuma(frame.data()) - 20) / 2));
            }
        }
        assertThat(numbers).startsWith(0L, (long) apart).hasSizeBetween(90 / (apart + 1), 100 / apart);
        for (int i = 1; i < numbers.size(); i++) {
            assertThat(numbers.get(i) - numbers.get(i - 1)).as("%s", numbers).isBetween((long) apart, apart + 2L);
        }
    }

    @Test
    void makesOddSidesEvenByRepeatingTheLastColumnAndRow() {
        Path file = Fixtures.make(
                folder.resolve("odd.mkv"), "-f lavfi -i testsrc=s=35x27:d=0.2 -c:v ffv1 -pix_fmt yuv420p");
        VideoStream video = PROBE.probe(file).video().orElseThrow();
        assertThat(List.of(video.width(), video.height(), video.frameWidth(), video.frameHeight()))
                .containsExactly(35, 27, 36, 28);
        byte[] frame = Fixtures.frames(file, 0).get(0);
        for (int row = 0; row < 27; row++) {
            assertThat(frame[row * 36 + 35]).isEqualTo(frame[row * 36 + 34]);
        }
        for (int column = 0; column < 36; column++) {
            assertThat(frame[27 * 36 + column]).isEqualTo(frame[26 * 36 + column]);
        }
    }

    @ParameterizedTest(name = "every {0}th frame missing in the first second, {1}")
    @CsvSource({"3,mp4", "5,matroska", "2,mp4", "2,mpegts"})
    void keepsTheDurationOfAVaryingRate(int missing, String container) {
        Path file = Fixtures.make(
                folder.resolve("vfr.dat"),
                Fixtures.flashes("96x64", "30", 3) + " -vf select='mod(n+1\\," + missing + ")+gt(t\\,1)'"
                        + " -fps_mode vfr -c:v libx264 -preset ultrafast -f " + container);
        MediaInfo info = PROBE.probe(file);
        Rational rate = info.video().orElseThrow().rate();
        List<byte[]> frames = Fixtures.frames(file, 0);
        assertThat(rate.value()).isBetween(24.0, 30.1);
        assertThat(rate.secondsOf(frames.size())).isCloseTo(3, within(0.08));
        assertThat(rate.secondsOf(Fixtures.firstFlash(frames))).isCloseTo(0.5, within(0.07));
        assertThat(Fixtures.frames(file, 50).get(0)).isEqualTo(frames.get(50));
    }

    @ParameterizedTest(name = "{0} a second in {1}")
    @CsvSource({
        "1,mp4,25",
        "1,matroska,25",
        "1,mpegts,25",
        "1,avi,25",
        "1/2,mp4,50",
        "15/2,mp4,3",
        "15/2,matroska,3",
        "10/3,mp4,7",
        "15000/1001,mp4,2",
        "12,flv,2",
        "1/5,mp4,125"
    })
    void repeatsTheFramesOfASlowVideoAWholeNumberOfTimes(String rate, String container, int repeats) {
        double slow = rate.contains("/")
                ? Double.parseDouble(rate.split("/", -1)[0]) / Double.parseDouble(rate.split("/", -1)[1])
                : Double.parseDouble(rate);
        int pictures = (int) Math.max(3, Math.round(slow * 6));
        Path file = Fixtures.make(
                folder.resolve("slow.dat"),
                "-f lavfi -i nullsrc=s=64x48:r=%s,geq=lum=40+mod(16*N\\,192):cb=128:cr=128 -frames:v %d -c:v libx264 -qp 1 -f %s"
                        .formatted(rate, pictures, container));
        VideoStream video = PROBE.probe(file).video().orElseThrow();
        List<byte[]> frames = Fixtures.frames(file, 0);

        assertThat(video.repeats()).isEqualTo(repeats);
        assertThat(video.rate().value()).isGreaterThan(19.9).isCloseTo(slow * repeats, within(0.01));
        assertThat(frames).hasSizeBetween((pictures - 1) * repeats + 1, pictures * repeats + 1);
        for (int k = 0; k < pictures * repeats && k < frames.size(); k++) {
            assertThat(Fixtures.meanLuma(frames.get(k)))
                    .as("frame %d", k)
                    .isCloseTo(40 + 16 * (k / repeats) % 192, within(1.0));
        }
        for (int k : new int[] {repeats - 1, repeats, 2 * repeats, frames.size() - 1}) {
            List<byte[]> resumed = Fixtures.frames(file, k);
            assertThat(resumed).as("from frame %d", k).hasSize(frames.size() - k);
            assertThat(resumed.get(0)).as("frame %d after a seek", k).isEqualTo(frames.get(k));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c:v mpeg2video -q:v 1 -f mpegts", "-c:v libx264 -qp 1 -x264-params tff=1 -f mp4"})
    void showsNoCombsWhereTwoFieldsMakeAFrame(String options) {
        Path file = Fixtures.make(
                folder.resolve("fields.dat"),
                "-f lavfi -i nullsrc=s=96x64:r=50:d=4,geq=lum=16+219*lt(mod(X+4*N\\,96)\\,32):cb=128:cr=128,"
                        + "tinterlace=interleave_top -pix_fmt yuv420p -flags +ilme+ildct " + options);
        List<byte[]> frames = Fixtures.frames(file, 0);
        assertThat(frames).hasSize(100);
        assertThat(frames)
                .allSatisfy(frame -> assertThat(rowDifference(frame, 96, 64)).isLessThan(8));
        for (int k : new int[] {1, 61, 99}) {
            List<byte[]> resumed = Fixtures.frames(file, k);
            assertThat(resumed).hasSize(100 - k);
            assertThat(resumed.get(0)).as("frame %d after a seek", k).isEqualTo(frames.get(k));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c:v mjpeg -q:v 1 -pix_fmt yuvj444p", "-c:v ffv1 -pix_fmt yuv422p10le", "-c:v ffv1 -pix_fmt bgr0",
                "-c:v png -pix_fmt rgb24", "-c:v libx264 -qp 0 -pix_fmt yuvj420p", "-c:v ffv1 -pix_fmt gray"
            })
    void bringsEveryKindOfSampleToLimitedRange(String options) {
        Path file = Fixtures.make(
                folder.resolve("grey.mkv"),
                "-f lavfi -i color=black:s=64x48:r=25:d=0.1,format=rgb24,drawbox=w=32:color=white:t=fill " + options);
        byte[] frame = Fixtures.frames(file, 0).get(0);
        assertThat(frame[24 * 64 + 8] & 0xff).isCloseTo(235, within(2));
        assertThat(frame[24 * 64 + 56] & 0xff).isCloseTo(16, within(2));
        assertThat(frame[64 * 48 + 12 * 32 + 4] & 0xff).isCloseTo(128, within(2));
    }

    @Test
    void showsWhatIsTransparentAsBlack() {
        Path file = Fixtures.make(
                folder.resolve("clear.png"),
                "-f lavfi -i color=white@0.0:s=64x48,format=rgba -frames:v 1 -c:v png -f image2 -update 1");
        assertThat(Fixtures.meanLuma(Fixtures.frames(file, 0).get(0))).isCloseTo(16, within(1.0));
    }

    @Test
    void keepsTheColoursOfAVideoWithAlpha() {
        String red = "-f lavfi -i color=red:s=64x48:r=25:d=0.2,format=yuv444p10le,setparams=colorspace=bt709";
        String prores = ",format=%s -c:v prores_ks -profile:v 4444 -pix_fmt %<s";
        byte[] plain = Fixtures.frames(
                        Fixtures.make(folder.resolve("plain.mov"), red + prores.formatted("yuv444p10le")), 0)
                .get(0);
        byte[] opaque = Fixtures.frames(
                        Fixtures.make(folder.resolve("opaque.mov"), red + prores.formatted("yuva444p10le")), 0)
                .get(0);
        for (int i = 0; i < plain.length; i++) {
            assertThat(opaque[i] & 0xff).isCloseTo(plain[i] & 0xff, within(2));
        }
        Path half = Fixtures.make(
                folder.resolve("half.mov"),
                "-f lavfi -i color=white@0.5:s=64x48:r=25:d=0.2" + prores.formatted("yuva444p10le"));
        assertThat(Fixtures.meanLuma(Fixtures.frames(half, 0).get(0))).isCloseTo(126, within(3.0));
    }

    @Test
    void carriesColourAndPixelShapeToTheResult() {
        Path file = Fixtures.make(
                folder.resolve("tagged.mp4"),
                Fixtures.picture("64x48", "25", 0.2)
                        + " -vf setsar=4/3,setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709"
                        + " -c:v libx264 -pix_fmt yuv420p");
        MediaInfo info = PROBE.probe(file);
        VideoStream video = info.video().orElseThrow();
        assertThat(video.colour()).isEqualTo(new Colour("bt709", "bt709", "bt709"));
        assertThat(video.pixelShape()).isEqualTo(new Rational(4, 3));

        Path segment = folder.resolve("segment.nut");
        try (SegmentWriter out = SegmentWriter.open(FFMPEG, segment, video, EncoderSettings.defaults())) {
            out.write(video.newFrame());
            out.finish();
        }
        Path result = Fixtures.make(folder.resolve("copy.mp4"), "-i " + Ffmpeg.url(segment) + " -c copy");
        VideoStream written = PROBE.probe(result).video().orElseThrow();
        assertThat(written.colour()).isEqualTo(video.colour());
        assertThat(written.pixelShape()).isEqualTo(video.pixelShape());
    }

    @Test
    void showsTheCleanApertureInItsOwnShape() throws IOException {
        Path stored = Fixtures.make(
                folder.resolve("stored.mp4"),
                "-f lavfi -i color=black:s=96x64:r=25:d=0.2,drawbox=x=16:y=8:w=32:h=24:color=white:t=fill,"
                        + "drawbox=x=48:y=8:w=32:h=24:color=gray:t=fill -c:v libx264 -qp 1 -pix_fmt yuv420p");
        Path file = folder.resolve("aperture.mp4");
        Files.write(file, withCleanAperture(Files.readAllBytes(stored), 64, 48));

        VideoStream video = PROBE.probe(file).video().orElseThrow();
        assertThat(List.of(video.width(), video.height())).containsExactly(64, 48);
        byte[] frame = Fixtures.frames(file, 0).get(0);
        assertThat(corners(frame, 64, 48)).isEqualTo("WG..");
        assertThat(frame[0] & 0xff).isGreaterThan(200);
    }

    @Test
    void goesOnAfterDamageInTheMiddle() throws IOException {
        Path file = Fixtures.make(
                folder.resolve("v.ts"), Fixtures.picture("96x64", "25", 4) + " -c:v libx264 -g 10 -f mpegts");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 3; i < bytes.length / 2; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Files.write(file, bytes);
        assertThat(Fixtures.frames(file, 0).size()).isBetween(96, 102);
    }

    @Test
    void readsWhatIsThereOfAFileCutShort() throws IOException {
        Path file = Fixtures.make(
                folder.resolve("v.mp4"),
                Fixtures.picture("96x64", "25", 4) + " -c:v libx264 -g 10 -movflags +faststart");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(Fixtures.frames(file, 0).size()).isBetween(20, 70);
    }

    @ParameterizedTest(name = "from {0} to {1}{2}")
    @CsvSource({"96x64,160x120,''", "160x120,96x64,''", "160x120,96x64,' -flags +ilme+ildct'"})
    void scalesAFilmThatChangesItsSizeToTheSizeItStartedWith(String first, String second, String options)
            throws IOException {
        Path file = folder.resolve("two.ts");
        try (var out = Files.newOutputStream(file)) {
            for (String size : List.of(first, second)) {
                Path part = Fixtures.make(
                        folder.resolve(size + ".ts"),
                        Fixtures.picture(size, "25", 1) + " -c:v mpeg2video" + options + " -output_ts_offset "
                                + (size.equals(first) ? 0 : 1) + " -f mpegts");
                Files.copy(part, out);
            }
        }
        assertThat(Fixtures.frames(file, 0).size()).isBetween(46, 52);
    }

    /** By how much the luma of a row differs from the next one's, on average. */
    private static double rowDifference(byte[] frame, int width, int height) {
        long sum = 0;
        for (int i = 0; i < width * (height - 1); i++) {
            sum += Math.abs((frame[i] & 0xff) - (frame[i + width] & 0xff));
        }
        return (double) sum / (width * (height - 1));
    }

    private static String corners(byte[] frame, int width, int height) {
        StringBuilder corners = new StringBuilder();
        for (int[] point : new int[][] {{1, 1}, {3, 1}, {1, 3}, {3, 3}}) {
            int luma = frame[height * point[1] / 4 * width + width * point[0] / 4] & 0xff;
            corners.append(luma > 200 ? 'W' : luma > 80 ? 'G' : '.');
        }
        return corners.toString();
    }

    /** An MP4 with a {@code clap} box in the middle of the picture (ISO 14496-12, 12.1.4); its index comes last. */
    private static byte[] withCleanAperture(byte[] mp4, int width, int height) {
        ByteBuffer clap = ByteBuffer.allocate(40).putInt(40).put("clap".getBytes(ISO_8859_1));
        for (int value : new int[] {width, 1, height, 1, 0, 1, 0, 1}) {
            clap.putInt(value);
        }
        ByteBuffer boxes = ByteBuffer.wrap(mp4);
        String text = new String(mp4, ISO_8859_1);
        int at = 0;
        int end = 0;
        for (String box : List.of("moov", "trak", "mdia", "minf", "stbl", "stsd", "avc1")) {
            at = text.indexOf(box, at + Integer.BYTES) - Integer.BYTES;
            end = at + boxes.getInt(at);
            boxes.putInt(at, boxes.getInt(at) + clap.capacity());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(mp4, 0, end);
        out.writeBytes(clap.array());
        out.write(mp4, end, mp4.length - end);
        return out.toByteArray();
    }

    /** A JPEG with an APP1 segment (EXIF 2.3, 4.5.4 to 4.6.4) whose one entry is the orientation. */
    private static byte[] withExif(byte[] jpeg, int orientation) {
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(exif);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }
}
