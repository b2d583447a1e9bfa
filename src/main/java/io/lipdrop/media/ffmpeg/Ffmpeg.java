package io.lipdrop.media.ffmpeg;

import io.lipdrop.media.MediaLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ffmpeg} and {@code ffprobe} programs, unpacked from the jar. They run as child processes: a file that
 * crashes, hangs or bloats a decoder costs that process and not the service.
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

    /** Unpacks the programs (once per machine, a second or two), with the usual limits and threads as FFmpeg likes. */
    public static Ffmpeg load() {
        return load(MediaLimits.defaults(), 0);
    }

    /**
     * Unpacks the programs.
     *
     * @param decoderThreads threads of each decoder, 0 for as many as there are processors
     */
    public static Ffmpeg load(MediaLimits limits, int decoderThreads) {
        return new Ffmpeg(Programs.unpack(), limits, decoderThreads);
    }

    /**
     * The encoder of H.264 that {@code auto} stands for: h264_nvenc where it really opens, else libx264, else
     * libopenh264. Found by a tiny real encode at the first call.
     */
    public synchronized String videoEncoder() {
        String found = videoEncoder;
        if (found == null) {
            found = H264Encoder.firstThatOpens(this);
            videoEncoder = found;
        }
        return found;
    }

    public MediaLimits limits() {
        return limits;
    }

    /** Starts ffmpeg with {@code file} as its input {@code fd:}; the container has been judged before. */
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

    /** Starts ffmpeg on input of our own making. */
    public Child run(List<String> arguments) {
        return Child.start(ffmpeg(arguments), ends, null);
    }

    /** The same, to write {@code target}. */
    public Child write(Path target, List<String> arguments) {
        return Child.start(ffmpeg(arguments), ends, target);
    }

    /** The same in {@code folder}, so that files in it can be named plainly. */
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

    /** How programs that open files from outside are run here, for a person. */
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

    /** An output file for FFmpeg: absolute, and by protocol, so that no character of the name means anything. */
    public static String url(Path file) {
        return "file:" + file.toAbsolutePath();
    }
}
