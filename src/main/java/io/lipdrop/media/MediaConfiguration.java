package io.lipdrop.media;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The FFmpeg programs and how they are set. */
@Configuration
class MediaConfiguration {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(20);

    @Bean
    Ffmpeg ffmpeg(
            @Value("${lipdrop.limits.pixels}") long pixels, @Value("${lipdrop.limits.duration}") Duration duration) {
        return Ffmpeg.load(new MediaLimits(pixels, duration, PROBE_TIMEOUT), 0);
    }

    @Bean
    MediaProbe mediaProbe(Ffmpeg ffmpeg) {
        return new MediaProbe(ffmpeg);
    }

    @Bean
    EncoderSettings encoderSettings(
            @Value("${lipdrop.encoder.codec}") String codec,
            @Value("${lipdrop.encoder.crf}") int crf,
            @Value("${lipdrop.encoder.preset}") String preset) {
        return new EncoderSettings(codec, crf, preset, 0);
    }
}
