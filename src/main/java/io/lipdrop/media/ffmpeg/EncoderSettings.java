package io.lipdrop.media.ffmpeg;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Encoder settings of the results.
 *
 * @param codec an FFmpeg encoder of H.264, or {@code auto} for the best one that opens here
 * @param crf constant rate factor, 0 (lossless) to 51; lower is better and larger
 * @param preset x264's trade of speed for size; other encoders use their own default
 * @param threads encoder threads, 0 for the encoder's default
 */
@ConfigurationProperties("lipdrop.encoder")
public record EncoderSettings(
        @DefaultValue("auto") String codec,
        @DefaultValue("18") int crf,
        @DefaultValue("veryfast") String preset,
        @DefaultValue("0") int threads) {

    public EncoderSettings {
        if (crf < 0 || crf > 51) {
            throw new IllegalArgumentException("lipdrop.encoder.crf must be from 0 to 51, not " + crf);
        }
        if (threads < 0) {
            throw new IllegalArgumentException("lipdrop.encoder.threads must not be negative");
        }
    }

    /** The settings where none are set: the best encoder, crf 18, veryfast. */
    public static EncoderSettings defaults() {
        return new EncoderSettings("auto", 18, "veryfast", 0);
    }
}
