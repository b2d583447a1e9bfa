package io.lipdrop.media.ffmpeg;

import io.lipdrop.media.MediaLimits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The programs are looked for once. */
@Configuration
class FfmpegConfiguration {
    @Bean
    Ffmpeg ffmpeg(MediaLimits limits) {
        return Ffmpeg.load(limits, 0);
    }
}
