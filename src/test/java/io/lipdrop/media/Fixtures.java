package io.lipdrop.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.media.ffmpeg.Child;
import io.lipdrop.media.ffmpeg.Exit;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.sound.VoiceDecoder;
import io.lipdrop.media.video.VideoReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Media made on the spot by the FFmpeg in the jar. */
public final class Fixtures {
    public static final Ffmpeg FFMPEG = Ffmpeg.load(MediaLimits.defaults(), 1);
    public static final MediaProbe PROBE = new MediaProbe(FFMPEG);

    private Fixtures() {}

    /** Runs ffmpeg with {@code arguments}, separated by single spaces, and {@code file} as its output. */
    public static Path make(Path file, String arguments) {
        List<String> all = new ArrayList<>(List.of(arguments.split(" ", -1)));
        all.add(Ffmpeg.url(file));
        try (Child child = FFMPEG.run(all)) {
            Exit exit = child.waitForExit();
            assertThat(exit.isSuccess()).as(exit.lastWords()).isTrue();
        }
        return file;
    }

    /** The portrait of the test resources, as a file. */
    public static Path portrait(Path folder) throws IOException {
        Path picture = folder.resolve("astronaut.png");
        try (InputStream content = Fixtures.class.getResourceAsStream("/astronaut.png")) {
            Files.write(picture, content.readAllBytes());
        }
        return picture;
    }

    /** The sample portrait at half its size, 360 x 360, and half its length, 3.2 s: what is drawn in it costs less. */
    public static Path smallPortrait(Path folder) {
        return make(
                folder.resolve("portrait.mp4"),
                "-i samples/hello/portrait.mp4 -t 3.2 -vf scale=360:-1 -c:v libx264 -qp 8");
    }

    /** Input options: a moving picture with a frame counter burnt into its texture. */
    public static String picture(String size, String rate, double seconds) {
        return String.format(Locale.ROOT, "-f lavfi -i testsrc2=s=%s:r=%s:d=%.3f", size, rate, seconds);
    }

    /** Input options: black, and white for a tenth of a second from the middle of each second on. */
    public static String flashes(String size, String rate, double seconds) {
        return String.format(
                Locale.ROOT,
                "-f lavfi -i color=black:s=%s:r=%s:d=%.3f,drawbox=color=white:t=fill:enable='between(mod(t\\,1)\\,0.495\\,0.595)'",
                size,
                rate,
                seconds);
    }

    /** Input options: silence, and a tone for a tenth of a second from the middle of each second on. */
    public static String beeps(int sampleRate, String layout, double seconds) {
        String tone = "0.8*sin(2*PI*1000*t)*between(mod(t\\,1)\\,0.5\\,0.6)";
        int channels = layout.equals("mono") ? 1 : layout.equals("stereo") ? 2 : 6;
        return String.format(
                Locale.ROOT,
                "-f lavfi -i aevalsrc=exprs=%s:s=%d:c=%s:d=%.3f",
                String.join("|", java.util.Collections.nCopies(channels, tone)),
                sampleRate,
                layout,
                seconds);
    }

    /** All frames of a file. */
    public static List<byte[]> frames(Path file, long firstFrame) {
        MediaInfo info = PROBE.probe(file);
        List<byte[]> all = new ArrayList<>();
        Frame frame = info.video().orElseThrow().newFrame();
        try (VideoReader reader = VideoReader.open(FFMPEG, file, info, firstFrame)) {
            while (reader.next(frame) != null) {
                all.add(frame.data().clone());
            }
        }
        return all;
    }

    public static double meanLuma(byte[] frame) {
        long sum = 0;
        int luma = frame.length / 3 * 2;
        for (int i = 0; i < luma; i++) {
            sum += frame[i] & 0xff;
        }
        return (double) sum / luma;
    }

    /** The number of the first bright frame. */
    public static int firstFlash(List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            if (meanLuma(frames.get(i)) > 128) {
                return i;
            }
        }
        return -1;
    }

    /** When the first tone begins in a raw voice file, in seconds. */
    public static double firstBeep(Path voice) throws IOException {
        ShortBuffer samples = ByteBuffer.wrap(Files.readAllBytes(voice))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        for (int i = 0; i < samples.limit(); i++) {
            if (Math.abs(samples.get(i)) > 4000) {
                return (double) i / VoiceDecoder.SAMPLE_RATE;
            }
        }
        return -1;
    }
}
