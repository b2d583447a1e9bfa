package io.lipdrop.benchmark;

import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.ffmpeg.FfmpegProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the measurements are made: the product, the tools, and the clips that are made for them. */
final class Workshop {
    static final Path VOICE = Path.of("samples/hello/hello.ogg").toAbsolutePath();
    static final Path PORTRAIT = Path.of("samples/hello/portrait.mp4").toAbsolutePath();
    static final Path MODELS = Path.of("models").toAbsolutePath();
    /** Of the clips that are made here. */
    static final int FRAMES_PER_SECOND = 25;

    private static final Path FACE = Path.of("src/test/resources/astronaut.png");

    private final Settings settings;
    private final Path folder;
    private final Ffmpeg ffmpeg = Ffmpeg.load();
    private final FfmpegProgram program = new FfmpegProgram(ffmpeg);

    Workshop(Settings settings, Path folder) throws IOException {
        this.settings = settings;
        this.folder = folder.toAbsolutePath();
        Files.createDirectories(folder);
    }

    Settings settings() {
        return settings;
    }

    Ffmpeg ffmpeg() {
        return ffmpeg;
    }

    FfmpegProgram program() {
        return program;
    }

    Faces faces() {
        return new Faces(ffmpeg, MODELS, settings.judge());
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** A fresh home with the product running in it, encoding in software whatever the machine has. */
    Application start(String home) throws IOException {
        return start(home, List.of());
    }

    /** The same with networks in its models folder. */
    Application start(String home, List<Path> networks) throws IOException {
        Path fresh = fresh(home);
        Path models = Files.createDirectories(fresh.resolve("models"));
        for (Path network : networks) {
            Files.copy(network, models.resolve(network.getFileName()));
        }
        return Application.start(settings.jar(), fresh, List.of("--lipdrop.encoder.codec=" + program.encoder()));
    }

    /** A folder that is not there yet. */
    Path fresh(String name) throws IOException {
        Path fresh = folder.resolve(name);
        delete(fresh);
        return fresh;
    }

    /** The sample voice, again and again, for so many seconds. */
    Path voice(int seconds) {
        Path file = file("voice-" + seconds + ".ogg");
        program.run("-stream_loop -1 -i " + VOICE + " -t " + seconds + " -c:a libopus -b:a 64k", file);
        return file;
    }

    Path silence(int seconds) {
        Path file = file("silence-" + seconds + ".flac");
        program.run("-f lavfi -i anullsrc=r=48000:cl=mono -t " + seconds, file);
        return file;
    }

    /**
     * A 720p25 clip as a camera in a hand would take it: a head and shoulders that never stand still, with grain in every
     * frame, and the sample voice as its sound.
     */
    Path talkingClip(int seconds) {
        return talkingClip(seconds, 720);
    }

    /** The same so many pixels high. */
    Path talkingClip(int seconds, int height) {
        String swaying = "scale=2560:1440:flags=bicubic,"
                + "zoompan=d=1:s=" + height * 16 / 9 + "x" + height + ":fps=" + FRAMES_PER_SECOND
                + ":z=1.1+0.05*sin(on/61)"
                + ":x=(iw-iw/zoom)/2+50*sin(on/37):y=(ih-ih/zoom)/2+40*sin(on/23),noise=alls=7:allf=t";
        return clip(seconds, swaying, file("clip-" + seconds + "-" + height + ".mp4"));
    }

    /** The same at 720p on a tripod, without motion or grain: quick to decode and to encode. */
    Path steadyClip(int seconds) {
        return clip(seconds, "scale=1280:720:flags=bicubic", file("steady-" + seconds + ".mp4"));
    }

    private Path clip(int seconds, String picture, Path file) {
        program.run(
                "-loop 1 -framerate " + FRAMES_PER_SECOND + " -i " + FACE.toAbsolutePath() + " -stream_loop -1 -i "
                        + VOICE + " -vf crop=512:288:0:0," + picture
                        + " -map 0:v -map 1:a -t " + seconds
                        + " -c:v " + program.encoder() + " -preset veryfast -crf 20 -pix_fmt yuv420p -c:a aac",
                file);
        return file;
    }

    /** What FFmpeg by itself does with the settings that results are made with. */
    void transcode(Path clip) {
        List<String> arguments = new ArrayList<>(List.of("-i", clip.toString()));
        arguments.addAll(program.encoderOptions());
        arguments.addAll(List.of("-c:a", "aac"));
        program.run(arguments, file("plain.mp4"));
    }

    /** The same clip several times over, without encoding it again. */
    Path repeated(Path clip, int times) {
        Path file = file("clip-x" + times + ".mp4");
        program.run("-stream_loop " + (times - 1) + " -i " + clip + " -c copy", file);
        return file;
    }

    Path firstFrame(Path video) {
        Path file = file("first-" + stem(video) + ".png");
        program.run("-i " + video + " -frames:v 1 -update 1", file);
        return file;
    }

    static String stem(Path file) {
        String name = file.toFile().getName();
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^\\w-]", "_");
    }

    /** What is going on, apart from the table. */
    static void say(String what) {
        System.err.println(what);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
