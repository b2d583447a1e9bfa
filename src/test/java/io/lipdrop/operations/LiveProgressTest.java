package io.lipdrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.SteppedClock;
import io.lipdrop.job.Job;
import io.lipdrop.job.Options;
import io.lipdrop.job.Phase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LiveProgressTest {
    private static final Job JOB = new Job(
            "talk-01",
            "talk",
            "film",
            "voice.wav",
            Path.of("voice.wav"),
            "film.mp4",
            Path.of("film.mp4"),
            Options.DEFAULTS,
            4,
            1,
            0,
            Instant.EPOCH);

    private final SteppedClock clock = new SteppedClock();
    private final LiveProgress progress = new LiveProgress(clock, new SimpleMeterRegistry());

    @Test
    void aHeartbeatComesEveryTenSecondsOfRendering(CapturedOutput log) {
        progress.phase(JOB, Phase.RENDERING);
        for (int frame = 1; frame <= 1000; frame++) {
            clock.step(Duration.ofMillis(40));
            progress.frame(JOB, frame, 2000);
        }

        assertThat(log.getOut().lines().filter(line -> line.contains("talk-01: frame ")))
                .hasSize(4)
                .first()
                .asString()
                .contains("frame 250 of 2000 (12.5 %), 25 frames/s, 70 s left");
    }
}
