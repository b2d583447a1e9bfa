package io.lipdrop.media.ffmpeg;

import io.lipdrop.media.MediaLimits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Creates the FFmpeg bean once. */
@Configuration
class FfmpegConfiguration {
    @Bean
    Ffmpeg ffmpeg(MediaLimits limits) {
        return Ffmpeg.load(limits, 0);
    }
}
