package io.lipdrop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.ffmpeg.ffprobe;
import org.bytedeco.javacpp.Loader;

/** Small films and voices, made once by the FFmpeg that is in the jar. */
final class TestMedia {
    private static final Path FOLDER = Path.of("target", "test-media").toAbsolutePath();

    private TestMedia() {}

    /** A film of a face, 1.2 s, 192 x 192, 25 frames a second, without sound. */
    static Path face() {
        return made(
                "face.mp4",
                "-loop 1 -i %s -t 1.2 -vf crop=320:320:64:0,scale=192:192,format=yuv420p -r 25 -c:v libx264",
                resource("astronaut.png"));
    }

    /** The same face as another program writes it: options of FFmpeg, which may have another input first. */
    static Path faceAs(String name, String options) {
        return made(name, "-i %s " + options, face());
    }

    /** The same face with a tone as its sound track. */
    static Path faceWithSound() {
        return made("face-with-sound.mp4", "-i %s -i %s -c:v copy -c:a aac -shortest", face(), voice());
    }

    /** A film without any face. */
    static Path noFace() {
        return made("no-face.mp4", "-f lavfi -i mandelbrot=s=160x120:r=25 -t 1 -c:v libx264");
    }

    /** A voice of 1.5 s. */
    static Path voice() {
        return voice(1.5);
    }

    /** Something like a voice: a tone that comes and goes three times a second. */
    static Path voice(double seconds) {
        return made(
                "voice-" + seconds + ".ogg",
                "-f lavfi -i aevalsrc=0.3*sin(2*PI*200*t)*(0.5+0.5*sin(19*t)):s=16000:d=%s -c:a vorbis -strict -2 -ac 2",
                seconds);
    }

    /**
     * A file made by one FFmpeg command, which lacks its output, with these values in the places of {@code %s}. Processes that make
     * the same at the same time find one of the two.
     */
    static synchronized Path made(String name, String command, Object... values) {
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-nostdin", "-y"));
        var remaining = new ArrayList<>(Arrays.asList(values));
        for (String word : command.split(" ", -1)) {
            arguments.add(
                    word.contains("%s") ? word.replace("%s", remaining.remove(0).toString()) : word);
        }
        Path file = FOLDER.resolve(Integer.toHexString(arguments.hashCode())).resolve(name);
        if (!Files.exists(file)) {
            atOnce(file, part -> {
                arguments.add(part.toString());
                run(Loader.load(ffmpeg.class), arguments);
            });
        }
        return file;
    }

    private static Path resource(String name) {
        Path file = FOLDER.resolve(name);
        if (!Files.exists(file)) {
            atOnce(file, part -> {
                try (InputStream content = TestMedia.class.getResourceAsStream("/" + name)) {
                    Files.copy(content, part);
                }
            });
        }
        return file;
    }

    /** Whole or not there. */
    private static void atOnce(Path file, Maker maker) {
        try {
            Path folder = Files.createDirectories(
                    file.resolveSibling("part-" + ProcessHandle.current().pid()));
            Path part = folder.resolve(file.getFileName());
            Files.deleteIfExists(part);
            maker.make(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What FFmpeg says of a film: its streams with every frame counted, its format, its tags. */
    static JsonNode probe(Path film) {
        String answer = run(
                Loader.load(ffprobe.class),
                List.of(
                        "-v",
                        "error",
                        "-count_frames",
                        "-show_streams",
                        "-show_format",
                        "-of",
                        "json",
                        film.toString()));
        try {
            return new ObjectMapper().readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Maker {
        void make(Path part) throws IOException;
    }
}
