package io.lipdrop.media.ffmpeg;

import io.lipdrop.media.MediaLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ffmpeg} and {@code ffprobe} programs, unpacked from the jar. They run as child processes: a file that crashes a
 * decoder, hangs it or uses too much memory ends that process, not the service.
 */
public final class Ffmpeg {
    private static final List<String> FFMPEG = List.of("-nostdin", "-y");

    private final Programs programs;
    private final MediaLimits limits;
    private final int decoderThreads;
    private final OutsideEnds ends = new OutsideEnds(() -> H264Encoder.anyOpens(this));
    private @Nullable String videoEncoder;

    private Ffmpeg(Programs programs, MediaLimits limits, int decoderThreads) {
        this.programs = programs;
        this.limits = limits;
        this.decoderThreads = decoderThreads;
    }

    /** Unpacks the programs (once per machine, a second or two), with default limits and FFmpeg's default threads. */
    public static Ffmpeg load() {
        return load(MediaLimits.defaults(), 0);
    }

    /**
     * Unpacks the programs.
     *
     * @param decoderThreads threads of each decoder, 0 for one per core
     */
    public static Ffmpeg load(MediaLimits limits, int decoderThreads) {
        return new Ffmpeg(Programs.unpack(), limits, decoderThreads);
    }

    /**
     * The H.264 encoder for {@code auto}: h264_nvenc if it opens, otherwise libx264, otherwise libopenh264. Found by a small
     * test encoding at the first call.
     */
    public synchronized String videoEncoder() {
        String found = videoEncoder;
        if (found == null) {
            found = H264Encoder.firstThatOpens(this);
            videoEncoder = found;
        }
        return found;
    }

    /** The limits that apply to all files. */
    public MediaLimits limits() {
        return limits;
    }

    /** Starts ffmpeg with {@code file} as its input {@code fd:}; the container must have been checked. */
    public Child read(Path file, String container, List<String> inputOptions, List<String> outputs) {
        SafeInput.check(file);
        List<String> arguments = new ArrayList<>(SafeInput.anyContainer(limits));
        arguments.addAll(List.of("-threads", Integer.toString(decoderThreads), "-f", firstName(container)));
        arguments.addAll(inputOptions);
        arguments.addAll(List.of("-i", SafeInput.URL));
        arguments.addAll(outputs);
        boolean writes = outputs.stream().anyMatch(word -> word.startsWith("file:"));
        ProcessBuilder command =
                programs.commandForOutside("ffmpeg", words(FFMPEG, arguments), writes ? Sandbox.SOUND_FILE_BYTES : 0);
        return Child.start(command.redirectInput(file.toFile()), ends, file);
    }

    /** Starts ffmpeg with input made by Lipdrop. */
    public Child run(List<String> arguments) {
        return Child.start(ffmpeg(arguments), ends, null);
    }

    /** The same, to write {@code target}. */
    public Child write(Path target, List<String> arguments) {
        return Child.start(ffmpeg(arguments), ends, target);
    }

    /** The same in {@code folder}, so that its files can be named without a path. */
    public Child writeIn(Path folder, Path target, List<String> arguments) {
        return Child.start(ffmpeg(arguments).directory(folder.toFile()), ends, target);
    }

    /** Starts ffprobe with {@code file} as its input. */
    public Child probe(Path file, List<String> arguments) {
        SafeInput.check(file);
        List<String> all = new ArrayList<>(SafeInput.anyContainer(limits));
        if (SafeInput.isJpeg(file)) {
            all.addAll(List.of("-f", "jpeg_pipe"));
        }
        all.addAll(arguments);
        all.addAll(List.of("-i", SafeInput.URL));
        ProcessBuilder command = programs.commandForOutside("ffprobe", words(List.of(), all), 0);
        return Child.start(command.redirectInput(file.toFile()), ends, file);
    }

    /** Description of the sandbox of decoders, for health. */
    String sandbox() {
        return programs.sandbox();
    }

    private ProcessBuilder ffmpeg(List<String> arguments) {
        return programs.command("ffmpeg", words(FFMPEG, arguments));
    }

    private static List<String> words(List<String> first, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("-hide_banner", "-loglevel", "error"));
        all.addAll(first);
        all.addAll(arguments);
        return all;
    }

    private static String firstName(String container) {
        int comma = container.indexOf(',');
        return comma < 0 ? container : container.substring(0, comma);
    }

    /** An output file for FFmpeg: an absolute path with a protocol, so that no character of the name has a special meaning. */
    public static String url(Path file) {
        return "file:" + file.toAbsolutePath();
    }
}
