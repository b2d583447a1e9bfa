package io.lipdrop.media.probe;

import static io.lipdrop.media.Fixtures.PROBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.container.FileKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that cannot be taken is called what it is, with a remedy that fits. */
class FileKindTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a.pdf  | %PDF-1.7 x                                     | a PDF document             | JPEG
            b.mp4  | PK~03~04~14~00abcdef                           | a ZIP archive              | Unpack
            c.mp4  | PK~03~04~14~00[Content_Types].xml word/        | an Office document         | Drop a video
            d.mp4  | <!DOCTYPE html><html><head>                    | a web page                 | Download the video
            e.mp4  | <?xml version='1.0'?><svg xmlns='x'>           | a drawing (SVG)            | PNG
            f.m3u8 | #EXTM3U and more                               | a playlist                 | Drop the media
            g.srt  | WEBVTT and more                                | a subtitle file            | Drop a video
            h.jxl  | ~ff~0a~fa~1f                                   | a JPEG XL image            | JPEG
            i.webp | RIFF~20~00~00~00WEBPVP8X~0a~00~00~00~12~00~00~00 | an animated WebP         | MP4 or GIF
            j.cr3  | ~00~00~00~18ftypcrx ~00~00~00~01               | a RAW photograph           | JPEG
            k.cr2  | II*~00~10~00~00~00CR~02~00~00~00~00~00~00~00~00~00 | a RAW photograph           | JPEG
            l.m4s  | ~00~00~00~18stypmsdh~00~00~00~00               | one segment of a stream    | whole video
            m.mid  | MThd~00~00~00~06                               | a MIDI file                | WAV
            n.rm   | .RMF~00~00~00~12                               | RealMedia                  | H.264
            o.h264 | ~00~00~00~01~67~42~c0~1e                       | raw H.264                  | ffmpeg
            p.mp4  | just a few words, and no film                  | a text file                | Drop a video
            """)
    void isNamed(String name, String content, String is, String hint) throws IOException {
        Failure failure = refusal(Files.write(folder.resolve(name), bytes(content)));

        assertThat(failure.code()).isEqualTo(FailureCode.VIDEO_UNSUPPORTED);
        assertThat(failure.reason()).startsWith(name + " is ").contains(is);
        assertThat(failure.hint()).contains(hint);
    }

    @Test
    void aFileOfZerosWasNotCopiedWhole() throws IOException {
        assertThat(refusal(Files.write(folder.resolve("z.mp4"), new byte[9000])).reason())
                .contains("begins with zeros");
    }

    @Test
    void aRawPhotographIsNotTakenForItsPreview() throws IOException {
        Path picture = Fixtures.make(
                folder.resolve("p.tif"), Fixtures.picture("64x48", "25", 0.04) + " -c:v tiff -f image2 -update 1");
        assertThat(PROBE.probe(picture).video()).isPresent();
        byte[] raw = bytes("II*~00~08~00~00~00~01~00~fe~00~04~00~01~00~00~00~01~00~00~00~00~00~00~00");

        assertThat(refusal(Files.write(folder.resolve("p.dng"), raw)).reason()).contains("RAW photograph");
    }

    @Test
    void aDirectoryBeyondAllBoundsIsNone() throws IOException {
        Path file = folder.resolve("far.tif");
        Files.write(file, bytes("II*~00~ff~ff~ff~7f and then some more"));

        assertThat(FileKind.rawPhotograph(file)).isEmpty();
    }

    @Test
    void aFilmInARareCodecIsCalledByIt() {
        Path film = Fixtures.make(
                folder.resolve("film.mkv"), Fixtures.picture("64x48", "25", 0.2) + " -c:v snow -strict -2 -f matroska");

        Failure failure = refusal(film);

        assertThat(failure.reason()).isEqualTo("film.mkv is encoded as SNOW, which is not supported.");
        assertThat(failure.hint()).contains("H.264");
    }

    private static Failure refusal(Path file) {
        MediaException refused = catchThrowableOfType(MediaException.class, () -> PROBE.probe(file));
        return (Failure) Diagnosis.ofVideo(refused, file, "clip.mp4");
    }

    /** Text in which ~ and two digits stand for a byte. */
    private static byte[] bytes(String text) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean isByte = text.charAt(i) == '~';
            bytes.append(isByte ? (char) Integer.parseInt(text.substring(i + 1, i + 3), 16) : text.charAt(i));
            i += isByte ? 2 : 0;
        }
        return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
