package io.lipdrop.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.SteppedClock;
import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Options;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.Phase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LiveProgressTest {
    private static final Job JOB = job("talk-01");
    private static final Job OTHER = job("talk-02");

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

    @Test
    void twoJobsAtATimeAreToldApart(CapturedOutput log) {
        progress.phase(JOB, Phase.RENDERING);
        progress.phase(OTHER, Phase.LOADING_MODEL);
        progress.engine(OTHER, "drawn by warp");
        progress.phase(OTHER, Phase.RENDERING);
        for (int frame = 1; frame <= 500; frame++) {
            clock.step(Duration.ofMillis(40));
            progress.frame(JOB, frame, 2000);
            progress.frame(OTHER, 2L * frame, 4000);
        }

        assertThat(progress.statusOf(JOB).frame()).isEqualTo(500);
        assertThat(progress.statusOf(JOB).frames()).isEqualTo(2000);
        assertThat(progress.statusOf(JOB).message()).isNull();
        assertThat(progress.statusOf(OTHER).frame()).isEqualTo(1000);
        assertThat(progress.statusOf(OTHER).etaSeconds()).isEqualTo(60);
        assertThat(progress.statusOf(OTHER).message()).isEqualTo("drawn by warp");
        assertThat(progress.framesPerSecond()).isCloseTo(75, within(1.0));
        assertThat(log.getOut().lines().filter(line -> line.contains("talk-01: frame ")))
                .hasSize(2);
        assertThat(log.getOut().lines().filter(line -> line.contains("talk-02: frame ")))
                .hasSize(2);
        assertThat(log.getOut().lines().filter(line -> line.contains(": rendering film.mp4")))
                .hasSize(2);
    }

    @Test
    void whatEndedOrStoppedIsForgotten() {
        for (Job job : List.of(JOB, OTHER)) {
            progress.phase(job, Phase.RENDERING);
            progress.frame(job, 1, 10);
            clock.step(Duration.ofSeconds(1));
            progress.frame(job, 6, 10);
        }

        progress.ended(new Outcome(JOB.id(), JobState.DONE, "film.mp4", null, null, clock.instant()));
        assertThat(progress.framesPerSecond()).isEqualTo(5);
        progress.stopped(OTHER);

        assertThat(progress.framesPerSecond()).isZero();
        assertThat(progress.statusOf(OTHER).phase()).isEqualTo(Phase.LOADING_MODEL);
    }

    private static Job job(String id) {
        Path file = Path.of("film.mp4");
        return new Job(
                id, "talk", "film", "voice.wav", file, "film.mp4", file, Options.DEFAULTS, 4, 1, 0, Instant.EPOCH);
    }
}
