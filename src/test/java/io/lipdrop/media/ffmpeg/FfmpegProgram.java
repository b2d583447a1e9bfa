package io.lipdrop.media.ffmpeg;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The ffmpeg program in the jar, for whoever makes or compares media outside this package. */
public final class FfmpegProgram {
    private final Ffmpeg ffmpeg;

    public FfmpegProgram(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /**
     * Runs ffmpeg to its end.
     *
     * @throws IllegalStateException with what ffmpeg said, if it failed
     */
    public void run(List<String> arguments, Path output) {
        List<String> all = new ArrayList<>(arguments);
        all.add(Ffmpeg.url(output));
        try (Child child = ffmpeg.run(all)) {
            Exit exit = child.waitForExit();
            if (!exit.isSuccess()) {
                throw new IllegalStateException("ffmpeg " + String.join(" ", all) + ": " + exit.lastWords());
            }
        }
    }

    /** Runs ffmpeg with arguments that are separated by single spaces. */
    public void run(String arguments, Path output) {
        run(List.of(arguments.split(" ", -1)), output);
    }

    /** The encoder that results are made with here, and its settings, as ffmpeg's options. */
    public List<String> encoderOptions() {
        return H264Encoder.options(encoder(), EncoderSettings.defaults());
    }

    /** The software encoder that the product would take: a graphics card does not count CPU seconds. */
    public String encoder() {
        String best = ffmpeg.videoEncoder();
        return best.equals("h264_nvenc") ? "libx264" : best;
    }
}
