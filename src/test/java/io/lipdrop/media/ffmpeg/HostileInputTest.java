package io.lipdrop.media.ffmpeg;

import static io.lipdrop.media.Fixtures.FFMPEG;
import static io.lipdrop.media.Fixtures.PROBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.MediaLimits;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.media.sound.VoiceDecoder;
import io.lipdrop.media.video.VideoReader;
import io.lipdrop.media.write.FinalMux;
import io.lipdrop.media.write.SegmentWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            clip.mp4    | ffconcat version 1.0\\nfile SECRET\\n
            clip.ts     | ffconcat version 1.0\\nfile file:SECRET\\n
            clip2.mp4   | #EXTM3U\\n#EXT-X-TARGETDURATION:3\\n#EXTINF:3,\\nfile:///etc/passwd\\n#EXT-X-ENDLIST\\n
            clip.m3u8   | #EXTM3U\\n#EXT-X-TARGETDURATION:3\\n#EXTINF:3,\\nSECRET\\n#EXT-X-ENDLIST\\n
            clip3.mp4   | #EXTM3U\\n#EXT-X-TARGETDURATION:3\\n#EXTINF:3,\\nURL/a.ts\\n#EXT-X-ENDLIST\\n
            clip.mpd    | <?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'><BaseURL>URL/</BaseURL></MPD>
            picture.png | <?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>
            picture.mp4 | <svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='URL/a.png'/></svg>
            clip.sdp    | v=0\\no=- 0 0 IN IP4 127.0.0.1\\ns=x\\nc=IN IP4 127.0.0.1\\nm=video 5004 RTP/AVP 96\\n
            talk.srt    | 1\\n00:00:00,000 --> 00:00:09,000\\nhello\\n
            talk.ass    | [Script Info]\\nScriptType: v4.00+\\n
            notes.mp4   | The quick brown fox jumps over the lazy dog.\\n
            clip.wav    | RIFF and nothing more
            """)
    void opensNothingThatAFileRefersTo(String name, String content) throws IOException {
        Path secret = Fixtures.make(
                folder.resolve("secret.mp4"), Fixtures.picture("64x48", "25", 1) + " -c:v libx264 -f mp4");
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            Path file = folder.resolve(name);
            Files.writeString(
                    file,
                    content.replace("\\n", "\n")
                            .replace("SECRET", secret.toString())
                            .replace("URL", url));
            MediaException refused = refusal(file);
            assertThat(refused.kind()).isEqualTo(Kind.NOT_MEDIA);
            assertThat(refused).hasMessageContaining(name).hasMessageNotContaining(folder.toString());
            assertThat(requests).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void followsNoReferenceInsideAFilm() throws IOException {
        Path other = Fixtures.make(folder.resolve("other.mov"), Fixtures.picture("64x48", "25", 1) + " -c:v mpeg4");
        byte[] film = Files.readAllBytes(other);
        // The data reference "url " with the flag "in this file" becomes an "alis" to another file.
        int at = indexOf(film, "url ");
        film[at] = 'a';
        film[at + 1] = 'l';
        film[at + 2] = 'i';
        film[at + 3] = 's';
        film[at + 7] = 0;
        Path file = folder.resolve("film.mov");
        Files.write(file, film);
        // Whatever comes of it, the only protocol allowed is the descriptor that is already open.
        assertThat(SafeInput.anyContainer(MediaLimits.defaults())).containsSequence("-protocol_whitelist", "fd");
        try {
            PROBE.probe(file);
        } catch (MediaException e) {
            assertThat(e.kind()).isIn(Kind.NOT_MEDIA, Kind.DAMAGED);
        }
    }

    @Test
    void refusesGiganticPicturesWithoutDecodingThem() throws IOException {
        Path file = folder.resolve("huge.png");
        Files.write(file, pngOf(30_000, 30_000));
        assertThat(refusal(file).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(refusal(file)).hasMessage("huge.png is too large; the limit is 35 megapixels.");

        Path film = Fixtures.make(folder.resolve("v.mp4"), Fixtures.picture("320x240", "25", 0.2) + " -c:v mpeg4");
        MediaLimits small = new MediaLimits(10_000, Duration.ofHours(1), Duration.ofSeconds(20));
        MediaException refused = catchThrowableOfType(
                MediaException.class, () -> new MediaProbe(Ffmpeg.load(small, 1), small).probe(film));
        assertThat(refused.kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void refusesWhatIsTooLong() {
        MediaLimits limits = new MediaLimits(1_000_000, Duration.ofMinutes(1), Duration.ofSeconds(20));
        Path file = Fixtures.make(folder.resolve("long.flac"), "-f lavfi -i anullsrc=r=8000:d=120 -f flac");
        MediaException refused =
                catchThrowableOfType(MediaException.class, () -> new MediaProbe(FFMPEG, limits).probe(file));
        assertThat(refused.kind()).isEqualTo(Kind.TOO_LONG);
        assertThat(refused).hasMessage("long.flac is 2 min long; the limit is 1 min.");
    }

    @Test
    void tellsTheKindsOfBadFilesApart() throws IOException {
        Path good = Fixtures.make(folder.resolve("good.mp4"), Fixtures.picture("64x48", "25", 2) + " -c:v libx264");
        byte[] bytes = Files.readAllBytes(good);
        Path cut = Files.write(folder.resolve("cut.mp4"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Path empty = Files.createFile(folder.resolve("empty.mp4"));

        assertThat(refusal(cut).kind()).isEqualTo(Kind.DAMAGED);
        assertThat(refusal(empty).kind()).isEqualTo(Kind.NOT_MEDIA);
        assertThat(refusal(folder).kind()).isEqualTo(Kind.NOT_MEDIA);
        assertThat(refusal(folder.resolve("gone.mp4")).kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(refusal(Path.of("/dev/zero")).kind()).isEqualTo(Kind.NOT_MEDIA);
    }

    @Test
    void callsAFileDamagedWhenNothingOfItDecodes() throws IOException {
        Path file = Fixtures.make(
                folder.resolve("noise.mp4"),
                Fixtures.picture("64x48", "25", 1) + " -c:v libx264 -movflags +faststart -f mp4");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = indexOf(bytes, "mdat") + 4; i < bytes.length; i++) {
            bytes[i] = (byte) 0x55;
        }
        Files.write(file, bytes);
        MediaException refused = catchThrowableOfType(MediaException.class, () -> Fixtures.frames(file, 0));
        assertThat(refused.kind()).isEqualTo(Kind.DAMAGED);
    }

    @Test
    void saysWhatIsMissing() {
        Path sound = Fixtures.make(folder.resolve("s.wav"), Fixtures.beeps(8000, "mono", 0.5) + " -f wav");
        Path picture = Fixtures.make(folder.resolve("p.mp4"), Fixtures.picture("64x48", "25", 0.2) + " -c:v mpeg4");
        MediaException noPicture = catchThrowableOfType(
                MediaException.class, () -> VideoReader.open(FFMPEG, sound, PROBE.probe(sound), 0));
        MediaException noSound = catchThrowableOfType(
                MediaException.class,
                () -> new VoiceDecoder(FFMPEG, () -> {})
                        .decode(picture, PROBE.probe(picture), folder.resolve("v"), folder.resolve("d")));
        assertThat(noPicture.kind()).isEqualTo(Kind.NO_VIDEO);
        assertThat(noSound.kind()).isEqualTo(Kind.NO_AUDIO);
        assertThat(noSound).hasMessage("p.mp4 has no audio stream.");
    }

    @Test
    void takesCoverArtForNoVideo() {
        Path cover = Fixtures.make(
                folder.resolve("cover.png"), Fixtures.picture("64x48", "25", 1) + " -frames:v 1 -f image2 -update 1");
        Path song = Fixtures.make(
                folder.resolve("song.mp3"),
                Fixtures.beeps(44_100, "mono", 1) + " -i " + Ffmpeg.url(cover)
                        + " -map 0:a -map 1:v -c:v copy -disposition:v attached_pic -f mp3");
        assertThat(PROBE.probe(song).video()).isEmpty();
        assertThat(PROBE.probe(song).audio()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-i.mp4", "--help", "a:b.mp4", "http:x.mp4", "100%d.png", "img%03d.mp4", "it's \"quoted\".mp4",
                        "two\nlines.mp4",
                "空 格.mp4", "🎬 émoji.mp4", "star*?[a].mp4", "back\\slash.mp4", "pipe:0", "concat:a|b.mp4", " .mp4",
                        "no extension"
            })
    void readsAndWritesFilesOfAnyName(String name) throws IOException {
        Path plain = Fixtures.make(
                folder.resolve("plain.mp4"),
                Fixtures.picture("64x48", "25", 0.4) + " " + Fixtures.beeps(8000, "mono", 0.4) + " -c:v mpeg4 -f mp4");
        Path file = Files.copy(
                plain,
                Files.createDirectory(folder.resolve("in " + name.replace("/", "")))
                        .resolve(name));
        MediaInfo info = PROBE.probe(file);
        VideoStream video = info.video().orElseThrow();
        assertThat(Fixtures.frames(file, 3)).hasSize(7);
        Path sound = file.resolveSibling(name + ".sound");
        new VoiceDecoder(FFMPEG, () -> {}).decode(file, info, file.resolveSibling(name + ".voice"), sound);
        Path segment = file.resolveSibling("0.nut");
        try (SegmentWriter out = SegmentWriter.open(FFMPEG, segment, video, EncoderSettings.defaults())) {
            out.write(video.newFrame());
            out.finish();
        }
        Path result = file.resolveSibling("result " + name);
        new FinalMux(FFMPEG, () -> {})
                .join(
                        java.util.List.of(new FinalMux.Segment(segment, 1)),
                        sound,
                        result,
                        video.rate(),
                        false,
                        java.util.Map.of());
        assertThat(PROBE.probe(result).audio()).isPresent();
    }

    private static MediaException refusal(Path file) {
        return catchThrowableOfType(MediaException.class, () -> PROBE.probe(file));
    }

    private static int indexOf(byte[] bytes, String word) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(word);
    }

    /** A PNG that claims a size; its one data chunk is nearly empty. */
    private static byte[] pngOf(int width, int height) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(header);
        out.writeInt(width);
        out.writeInt(height);
        out.write(new byte[] {8, 2, 0, 0, 0});
        chunk(png, "IHDR", header.toByteArray());
        chunk(png, "IDAT", new byte[] {0x78, (byte) 0x9c, 3, 0, 0, 0, 0, 1});
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.US_ASCII));
        crc.update(content);
        DataOutputStream out = new DataOutputStream(png);
        out.writeInt(content.length);
        out.writeBytes(type);
        out.write(content);
        out.writeInt((int) crc.getValue());
    }
}
