package io.lipdrop.media.ffmpeg;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Health: the sandbox of decoders on this machine. */
@Component("ffmpegHealthIndicator")
class FfmpegHealth implements HealthIndicator {
    private final Ffmpeg ffmpeg;

    FfmpegHealth(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    @Override
    public Health health() {
        return Health.up().withDetail("decoders", ffmpeg.sandbox()).build();
    }
}
