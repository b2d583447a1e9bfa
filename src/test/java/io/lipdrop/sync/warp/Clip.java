package io.lipdrop.sync.warp;

import io.lipdrop.media.frame.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/** Raw frames of a video or picture, and back to a video, through the ffmpeg program in the jar. For trying things out. */
final class Clip {
    private static final String FFMPEG = Loader.load(ffmpeg.class);

    private Clip() {}

    static Reader read(Path file, String... filter) throws IOException {
        int[] size = size(file, filter);
        List<String> command = new ArrayList<>(List.of(FFMPEG, "-v", "error", "-i", file.toString()));
        command.addAll(List.of(filter));
        command.addAll(List.of("-f", "rawvideo", "-pix_fmt", "yuv420p", "-"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Reader(process, size[0], size[1]);
    }

    static Writer write(Path file, int width, int height, String rate) throws IOException {
        List<String> command = List.of(
                FFMPEG,
                "-v",
                "error",
                "-y",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "yuv420p",
                "-s",
                width + "x" + height,
                "-r",
                rate,
                "-i",
                "-",
                "-c:v",
                "libx264",
                "-crf",
                "14",
                "-preset",
                "veryfast",
                file.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Writer(process);
    }

    private static int[] size(Path file, String... filter) throws IOException {
        List<String> command = new ArrayList<>(List.of(FFMPEG, "-i", file.toString()));
        command.addAll(List.of(filter));
        command.addAll(List.of("-frames:v", "1", "-f", "null", "-"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int[] size = null;
        Matcher matcher = Pattern.compile("Video:.*?, (\\d+)x(\\d+)").matcher(text);
        while (matcher.find()) {
            size = new int[] {Integer.parseInt(matcher.group(1)) & ~1, Integer.parseInt(matcher.group(2)) & ~1};
        }
        if (size == null) {
            throw new IOException(text);
        }
        return size;
    }

    record Reader(Process process, int width, int height) implements AutoCloseable {
        @Nullable
        Frame next() throws IOException {
            Frame frame = new Frame(width, height);
            InputStream in = process.getInputStream();
            return in.readNBytes(frame.data(), 0, frame.data().length) < frame.data().length ? null : frame;
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    record Writer(Process process) implements AutoCloseable {
        void write(Frame frame) throws IOException {
            OutputStream out = process.getOutputStream();
            out.write(frame.data());
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
