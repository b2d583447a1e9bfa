package io.lipdrop.status.progress;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LiveProgressTest {
    private static final Job JOB = job("talk-01");
    private static final Job OTHER = job("talk-02");

    private final SteppedClock clock = new SteppedClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final JobProgress running = new JobProgress();
    private final LiveProgress progress =
            new LiveProgress(running, List.of(new ProgressLog(), new ProgressMeters(running, meters)), clock);

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

        assertThat(of(JOB).frame()).isEqualTo(500);
        assertThat(of(JOB).frames()).isEqualTo(2000);
        assertThat(of(JOB).drawnBy()).isNull();
        assertThat(of(OTHER).frame()).isEqualTo(1000);
        assertThat(of(OTHER).etaSeconds()).isEqualTo(60);
        assertThat(of(OTHER).drawnBy()).isEqualTo("drawn by warp");
        assertThat(framesPerSecond()).isCloseTo(75, within(1.0));
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
        assertThat(framesPerSecond()).isEqualTo(5);
        progress.stopped(OTHER);

        assertThat(framesPerSecond()).isZero();
        assertThat(running.of(OTHER.id())).isEmpty();
    }

    @Test
    void aResumedJobIsAsFastAsItIsNowAndNotAsFastAsItsCheckpoint() {
        progress.phase(JOB, Phase.RENDERING);
        progress.frame(JOB, 1000, 2000);
        clock.step(Duration.ofSeconds(10));
        progress.frame(JOB, 1100, 2000);

        assertThat(of(JOB).framesPerSecond()).isEqualTo(10);
        assertThat(of(JOB).etaSeconds()).isEqualTo(90);
        assertThat(of(JOB).percent()).isEqualTo(55.0);
    }

    @Test
    void aPhaseIsEnteredOnceAndItsTimeIsMeasured(CapturedOutput log) {
        progress.phase(JOB, Phase.LOADING_MODEL);
        clock.step(Duration.ofSeconds(3));
        progress.phase(JOB, Phase.LOADING_MODEL);
        progress.phase(JOB, Phase.READING_AUDIO);

        assertThat(log.getOut().lines().filter(line -> line.contains("loading the models")))
                .hasSize(1);
        assertThat(meters.get("lipdrop.phase")
                        .tag("phase", "loading-model")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
        assertThat(meters.find("lipdrop.phase").tag("phase", "reading-audio").timer())
                .isNull();
    }

    @Test
    void framesOfAJobThatDoesNotRunAreNoProgress() {
        progress.frame(JOB, 5, 10);
        progress.engine(JOB, "drawn by warp");

        assertThat(running.of(JOB.id())).isEmpty();
    }

    @Test
    void aListenerThatThrowsCostsNeitherTheJobNorTheOthersAnything() {
        List<Long> heard = new ArrayList<>();
        ProgressListener failing = new ProgressListener() {
            @Override
            public void advanced(Job job, RunProgress now) {
                throw new IllegalStateException("broken");
            }
        };
        ProgressListener other = new ProgressListener() {
            @Override
            public void advanced(Job job, RunProgress now) {
                heard.add(now.frame());
            }
        };
        LiveProgress live = new LiveProgress(running, List.of(failing, other), clock);

        live.phase(JOB, Phase.RENDERING);
        live.frame(JOB, 1, 10);
        live.frame(JOB, 2, 10);

        assertThat(heard).containsExactly(1L, 2L);
    }

    private RunProgress of(Job job) {
        return running.of(job.id()).orElseThrow();
    }

    private double framesPerSecond() {
        return meters.get("lipdrop.frames.per.second").gauge().value();
    }

    private static Job job(String id) {
        Path file = Path.of("film.mp4");
        return new Job(
                id, "talk", "film", "voice.wav", file, "film.mp4", file, Options.DEFAULTS, 4, 1, 0, Instant.EPOCH);
    }
}
