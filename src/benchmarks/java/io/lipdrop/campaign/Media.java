package io.lipdrop.campaign;

import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.ffmpeg.FfmpegProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Small clips of a face and of a voice, made by the FFmpeg in the jar. */
final class Media {
    private static final Path FACE = Path.of("src/test/resources/astronaut.png").toAbsolutePath();
    private static final String VOICE = "-f lavfi -i aevalsrc=0.3*sin(2*PI*200*t)*(0.5+0.5*sin(19*t)):s=16000:d=";
    private static final int PADDING = 24 << 20;

    private final Path folder;
    private final FfmpegProgram program = new FfmpegProgram(Ffmpeg.load());

    Media(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder).toAbsolutePath();
    }

    /** A face for 1.2 s, 25 frames a second. */
    Path face() {
        return made("face.mp4", "-loop 1 -i " + FACE + " -t 1.2" + cropped(96) + " -r 25 -c:v libx264 -crf 28");
    }

    /** The same with a few megabytes that mean nothing behind it, so that copying it takes a while. */
    Path largeFace() {
        Path file = folder.resolve("large.mp4");
        if (!Files.exists(file)) {
            try {
                Path part = folder.resolve("large.part");
                Files.copy(face(), part, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                ByteBuffer box = ByteBuffer.allocate(PADDING);
                box.putInt(PADDING)
                        .put("free".getBytes(StandardCharsets.US_ASCII))
                        .rewind();
                Files.write(part, box.array(), StandardOpenOption.APPEND);
                Files.move(part, file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return file;
    }

    Path voice(int seconds) {
        return made("voice-" + seconds + ".ogg", VOICE + seconds + " -c:a libopus -b:a 24k");
    }

    /** A picture in which there is nobody. */
    Path nobody() {
        return made("nobody.mp4", "-f lavfi -i color=gray:s=64x64:r=25 -t 0.4 -c:v libx264");
    }

    Path damaged() {
        return written("damaged.mp4", "This was never a video.\n".repeat(40));
    }

    static String cropped(int side) {
        return " -vf crop=240:240:104:10,scale=" + side + ":" + side + ",format=yuv420p";
    }

    /** One file of each kind that the README lists. */
    List<Path> ofAllKinds() {
        String film = "-loop 1 -i " + FACE + " " + VOICE + "0.5 -t 0.5" + cropped(64) + " -r 10 -c:v ";
        String voice = VOICE + "0.5 ";
        String silent = "-loop 1 -i " + FACE + " -t 0.5" + cropped(64).replace(",format=yuv420p", "") + " -r 10";
        String still = "-i " + FACE + " -frames:v 1 -vf crop=240:240:104:10,scale=64:64";
        return List.of(
                made("s.mp4", film + "libx264 -c:a aac"),
                made("fragments.mp4", film + "libx264 -c:a aac -movflags frag_keyframe+empty_moov"),
                made("s.mov", film + "mjpeg -c:a pcm_s16le"),
                made("s.mkv", film + "libx264 -c:a libopus"),
                made("s.webm", film + "libvpx -c:a libopus -deadline realtime"),
                made("s.avi", film + "mpeg4 -c:a libmp3lame"),
                made("s.flv", film + "flv -c:a aac -ar 22050"),
                made("s.mpg", film.replace("-r 10", "-r 25") + "mpeg2video -c:a mp2"),
                made("s.ts", film.replace("-r 10", "-r 25") + "libx264 -c:a aac"),
                made("s.wmv", film + "wmv2 -c:a wmav2"),
                made("s.3gp", film.replace("64:64", "176:144") + "h263 -c:a aac"),
                made("s.wav", voice + "-c:a pcm_s16le"),
                made("s.mp3", voice + "-c:a libmp3lame"),
                made("s.m4a", voice + "-c:a aac"),
                made("s.aac", voice + "-c:a aac"),
                made("s.flac", voice + "-c:a flac"),
                made("opus.ogg", voice + "-c:a libopus"),
                made("vorbis.ogg", voice + "-c:a vorbis -strict -2 -ac 2"),
                made("s.wma", voice + "-c:a wmav2"),
                made("s.aiff", voice + "-c:a pcm_s16be"),
                made("s.png", still),
                made("s.jpg", still),
                made("s.webp", still),
                made("s.gif", silent),
                made("s.mxf", film.replace("-r 10", "-r 25") + "mpeg2video -c:a pcm_s16le -ar 48000"),
                made("s.au", voice + "-c:a pcm_s16be"),
                made("g726.wav", voice + "-c:a g726 -ar 8000"));
    }

    Path made(String name, String arguments) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            program.run("-y " + arguments, file);
        }
        return file;
    }

    private Path written(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
