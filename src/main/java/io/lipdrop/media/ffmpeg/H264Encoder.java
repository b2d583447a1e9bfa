package io.lipdrop.media.ffmpeg;

import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.frame.Rational;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** The H.264 encoders and their quality options. */
public final class H264Encoder {
    private static final List<String> BY_PREFERENCE = List.of("h264_nvenc", "libx264", "libopenh264");
    private static final int TRIAL_SIDE = 256;
    private static final int TRIAL_FRAMES = 3;

    private H264Encoder() {}

    /** FFmpeg options that choose the encoder and its quality. */
    public static List<String> options(String encoder, EncoderSettings settings) {
        List<String> options = new ArrayList<>(List.of("-c:v", encoder));
        String crf = Integer.toString(settings.crf());
        switch (encoder) {
            case "libx264" -> options.addAll(List.of("-preset", settings.preset(), "-crf", crf));
            case "h264_nvenc" -> options.addAll(List.of("-preset", "p5", "-rc", "vbr", "-cq", crf, "-b:v", "0"));
            // OpenH264 has no quality setting except one quantiser for all frames, and only below a bit rate limit.
            case "libopenh264" ->
                options.addAll(List.of("-rc_mode", "quality", "-b:v", "100M", "-qmin", crf, "-qmax", crf, "-g", "250"));
            default -> options.addAll(List.of("-global_quality", crf));
        }
        if (settings.threads() > 0) {
            options.addAll(List.of("-threads", Integer.toString(settings.threads())));
        }
        return options;
    }

    static String firstThatOpens(Ffmpeg ffmpeg) {
        return BY_PREFERENCE.stream()
                .filter(encoder -> opens(ffmpeg, encoder))
                .findFirst()
                .orElseThrow(() -> new MediaException(
                        Kind.ENCODER_FAILED, "None of these encoders works on this machine: " + BY_PREFERENCE + "."));
    }

    /** Whether programs can be started and work here now. */
    static boolean anyOpens(Ffmpeg ffmpeg) {
        try {
            return BY_PREFERENCE.stream()
                    .filter(encoder -> encoder.startsWith("lib"))
                    .anyMatch(encoder -> opens(ffmpeg, encoder));
        } catch (MediaException e) {
            return false;
        }
    }

    /** Encodes a few black frames: a listed encoder may lack its hardware or library. */
    public static boolean opens(Ffmpeg ffmpeg, String encoder) {
        List<String> arguments = new ArrayList<>(rawInput(TRIAL_SIDE, TRIAL_SIDE, new Rational(25, 1)));
        arguments.addAll(options(encoder, EncoderSettings.defaults()));
        arguments.addAll(List.of("-f", "null", "-"));
        try (Child child = ffmpeg.run(arguments)) {
            feed(child);
            Exit exit = child.waitForExit();
            if (exit.isFromOutside()) { // which says nothing about the encoder
                throw exit.failure("the test of encoder " + encoder, Kind.ENCODER_FAILED);
            }
            return exit.isSuccess();
        }
    }

    private static void feed(Child child) {
        try (OutputStream frames = child.input()) {
            for (int i = 0; i < TRIAL_FRAMES; i++) {
                frames.write(new Frame(TRIAL_SIDE, TRIAL_SIDE).data());
            }
        } catch (IOException e) {
            // The pipe broke: see the exit status.
        }
    }

    /** Options for frames as they come from a {@link Frame}, through standard input. */
    public static List<String> rawInput(int width, int height, Rational rate) {
        return List.of(
                "-protocol_whitelist",
                "pipe",
                "-f",
                "rawvideo",
                "-pixel_format",
                "yuv420p",
                "-video_size",
                width + "x" + height,
                "-framerate",
                rate.toString(),
                "-i",
                "pipe:0");
    }
}
