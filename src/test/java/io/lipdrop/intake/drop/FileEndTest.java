package io.lipdrop.intake.drop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real files of each format, whole and cut: only the cut ones are waited for. */
class FileEndTest {
    @TempDir
    static Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.mp4  | -f lavfi -i testsrc=d=1 -c:v mpeg4
            b.mp4  | -f lavfi -i testsrc=d=1 -c:v mpeg4 -movflags +faststart
            c.mp4  | -f lavfi -i testsrc=d=1 -c:v mpeg4 -movflags frag_every_frame+empty_moov
            d.mov  | -f lavfi -i testsrc=d=1 -c:v mpeg4
            e.m4a  | -f lavfi -i sine=d=2
            f.mkv  | -f lavfi -i testsrc=d=1 -c:v mpeg4
            g.avi  | -f lavfi -i testsrc=d=1 -c:v mpeg4
            h.flv  | -f lavfi -i testsrc=d=1 -c:v flv1
            i.wmv  | -f lavfi -i testsrc=d=1 -c:v wmv2
            j.wav  | -f lavfi -i sine=d=2
            k.wav  | -f lavfi -i sine=d=2 -rf64 always
            l.w64  | -f lavfi -i sine=d=2
            m.aiff | -f lavfi -i sine=d=2
            n.ogg  | -f lavfi -i sine=d=2 -c:a flac
            o.mp3  | -f lavfi -i sine=d=2 -metadata title=x -c:a libmp3lame
            """)
    void aCutFileIsToldFromAWholeOne(String name, String how) throws Exception {
        byte[] content = made(name, how);
        assertThat(endOf(content)).isEqualTo(FileEnd.WHOLE);
        for (int percent : new int[] {20, 50, 90}) {
            if (!name.equals("c.mp4")) {
                assertThat(endOf(Arrays.copyOf(content, content.length * percent / 100)))
                        .as("%d %%", percent)
                        .isEqualTo(FileEnd.CUT_SHORT);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            p.mkv  | -f lavfi -i testsrc=d=1 -c:v mpeg4 -live 1
            r.ts   | -f lavfi -i testsrc=d=1 -c:v mpeg2video
            s.png  | -f lavfi -i testsrc=d=1 -frames:v 1
            """)
    void whatDoesNotSayItsLengthCountsAsWhole(String name, String how) throws Exception {
        assertThat(endOf(made(name, how))).isEqualTo(FileEnd.WHOLE);
    }

    @Test
    void silenceAtTheEndIsNoBlank() throws Exception {
        assertThat(endOf(made("t.wav", "-f lavfi -i sine=d=1 -af apad=pad_dur=9")))
                .isEqualTo(FileEnd.WHOLE);
    }

    @Test
    void roomThatWasTakenFirstIsNoContent() throws Exception {
        assertThat(endOf(new byte[500_000])).isEqualTo(FileEnd.BLANK);
        byte[] film = made(
                "b2.mp4", "-f lavfi -i testsrc=d=1 -vf noise=alls=90:allf=t -c:v mpeg4 -q:v 1 -movflags +faststart");
        assertThat(film.length).isGreaterThan(300_000);
        Arrays.fill(film, film.length / 2, film.length, (byte) 0);
        assertThat(endOf(film)).isEqualTo(FileEnd.CUT_SHORT);
    }

    @Test
    void strangeFilesCountAsSomething() throws IOException {
        Random random = new Random(22);
        String[] heads = {
            "52494646",
            "52463634",
            "72696666",
            "464f524d",
            "1a45dfa3",
            "3026b275",
            "464c5601",
            "4f676753",
            "494433",
            "fffb",
            "0000002066747970",
            "000000016d646174ffffffffffffffff",
            "1a45dfa3ff18538067ff",
            ""
        };
        for (int count = 0; count < 300; count++) {
            byte[] content = new byte[random.nextInt(3000)];
            random.nextBytes(content);
            byte[] head = HexFormat.of().parseHex(heads[count % heads.length]);
            System.arraycopy(head, 0, content, 0, Math.min(head.length, content.length));
            assertThat(endOf(content)).isNotNull();
        }
        assertThat(endOf("audio: a.ogg".getBytes(ISO_8859_1))).isEqualTo(FileEnd.WHOLE);
        assertThat(FileEnd.of(folder.resolve("nowhere"))).isEqualTo(FileEnd.WHOLE);
    }

    private static FileEnd endOf(byte[] content) throws IOException {
        return FileEnd.of(Files.write(folder.resolve("now"), content));
    }

    private static byte[] made(String name, String how) throws Exception {
        Path file = folder.resolve(name);
        String command = Loader.load(org.bytedeco.ffmpeg.ffmpeg.class) + " -v error -nostdin -y " + how + " " + file;
        Process process = new ProcessBuilder(command.split(" "))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllBytes(file);
    }
}
