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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.ffmpeg.ffprobe;
import org.bytedeco.javacpp.Loader;

/** Small films and voices, made once by the FFmpeg that is in the jar. */
final class TestMedia {
    private static final Path FOLDER = Path.of(
                    "target",
                    "test-media",
                    String.valueOf(ProcessHandle.current().pid()))
            .toAbsolutePath();
    private static final Map<String, Path> MADE = new ConcurrentHashMap<>();

    private TestMedia() {}

    /** A film of a face, 1.2 s, 192 x 192, 25 frames a second, without sound. */
    static Path face() {
        return made("face.mp4", file -> {
            Path picture = FOLDER.resolve("astronaut.png");
            try (InputStream content = TestMedia.class.getResourceAsStream("/astronaut.png")) {
                Files.write(picture, content.readAllBytes());
            }
            ffmpeg(
                    "-loop 1 -i %s -t 1.2 -vf crop=320:320:64:0,scale=192:192,format=yuv420p -r 25 -c:v libx264 %s",
                    picture, file);
        });
    }

    /** The same face as another program writes it: options of FFmpeg, which may have {@code %s} for another input first. */
    static Path faceAs(String name, String options) {
        return made(name, file -> ffmpeg("-i %s " + options + " %s", face(), file));
    }

    /** The same face with a tone as its sound track. */
    static Path faceWithSound() {
        return made(
                "face-with-sound.mp4",
                file -> ffmpeg("-i %s -i %s -c:v copy -c:a aac -shortest %s", face(), voice(), file));
    }

    /** A film without any face. */
    static Path noFace() {
        return made("no-face.mp4", file -> ffmpeg("-f lavfi -i mandelbrot=s=160x120:r=25 -t 1 -c:v libx264 %s", file));
    }

    /** A voice of 1.5 s. */
    static Path voice() {
        return voice(1.5);
    }

    /** Something like a voice: a tone that comes and goes three times a second. */
    static Path voice(double seconds) {
        return made(
                "voice-" + seconds + ".ogg",
                file -> ffmpeg(
                        "-f lavfi -i aevalsrc=0.3*sin(2*PI*200*t)*(0.5+0.5*sin(19*t)):s=16000:d=%s -c:a vorbis -strict -2 -ac 2 %s",
                        seconds, file));
    }

    /** A file made by one FFmpeg command, in which {@code %s} stands for the file. */
    static Path made(String name, String command) {
        return made(name, file -> ffmpeg(command, file));
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

    private static Path made(String name, Maker maker) {
        return MADE.computeIfAbsent(name, missing -> {
            try {
                Files.createDirectories(FOLDER);
                Path file = FOLDER.resolve(name);
                Files.deleteIfExists(file);
                maker.make(file);
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void ffmpeg(String command, Object... values) {
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-nostdin", "-y"));
        var remaining = new ArrayList<>(Arrays.asList(values));
        for (String word : command.split(" ", -1)) {
            arguments.add(
                    word.contains("%s") ? word.replace("%s", remaining.remove(0).toString()) : word);
        }
        run(Loader.load(ffmpeg.class), arguments);
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
        void make(Path file) throws IOException;
    }
}
