package io.lipdrop.sync.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.home.Folders;
import io.lipdrop.job.Failure;
import io.lipdrop.job.Job;
import io.lipdrop.job.Options;
import io.lipdrop.job.Outcome.MouthCheck;
import io.lipdrop.job.Outcome.MouthCheck.Verdict;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.sound.VoiceDecoder;
import io.lipdrop.sync.control.Controls;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.control.RunningJobs;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.render.Checkpoint;
import io.lipdrop.sync.render.MouthResult;
import io.lipdrop.sync.render.RenderPlan;
import io.lipdrop.sync.render.Voice;
import io.lipdrop.sync.voice.VoiceToMouth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at videos that are not what the voice asks for; those that are, LipSyncTest makes. */
class ResultCheckTest {
    private static final Ffmpeg FFMPEG = Fixtures.FFMPEG;
    private static final MediaProbe PROBE = Fixtures.PROBE;
    private static final int FRAMES = 75;

    @TempDir
    Path home;

    private final RunningJobs running = Controls.running();
    private Path portrait;
    private Voice voice;
    private ShippedModels models;

    @BeforeEach
    void prepare() throws IOException {
        portrait = Fixtures.make(
                home.resolve("portrait.mp4"),
                "-stream_loop 2 -i samples/hello/portrait.mp4 -i samples/hello/hello.ogg -map 0:v -map 1:a -t 3"
                        + " -c:v libx264 -preset ultrafast -c:a aac");
        models = new ShippedModels(new Folders(home, home, home, home, Path.of("models"), home, home));
        Path samples = home.resolve("voice.s16");
        new VoiceDecoder(FFMPEG, () -> {})
                .decode(
                        Path.of("samples/hello/hello.ogg"),
                        PROBE.probe(Path.of("samples/hello/hello.ogg")),
                        samples,
                        home.resolve("voice.m4a"));
        voice = new Voice(
                home.resolve("voice.m4a"),
                samples,
                new VoiceToMouth(models.model(ShippedModels.VOICE)).hear(samples, () -> {}),
                3,
                0,
                "",
                List.of());
    }

    @Test
    void seesThatAPortraitDoesNotTalk() {
        MouthCheck check = check(portrait, finished(Map.of()));

        assertThat(check.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(check.note()).containsAnyOf("hardly moves", "does not follow");
        assertThat(check.sampledSeconds()).isEqualTo(3);
        assertThat(check.tookSeconds()).isPositive();
    }

    @Test
    void whatCannotBeLookedAtIsANote() throws IOException {
        Path text = Files.writeString(home.resolve("text.mp4"), "This is not a film.");
        Path half = home.resolve("half.mp4");
        byte[] bytes = Files.readAllBytes(portrait);
        Files.write(half, Arrays.copyOf(bytes, bytes.length / 3));
        Path mute = Fixtures.make(home.resolve("mute.mp4"), "-i " + portrait + " -an -c:v copy");
        for (Path file : List.of(text, half, home.resolve("missing.mp4"))) {
            MouthCheck check = check(file, finished(Map.of()));
            assertThat(check.verdict()).as(file.toString()).isEqualTo(Verdict.SKIPPED);
            assertThat(check.note()).as(file.toString()).contains("could not be looked at");
        }
        assertThat(check(mute, finished(Map.of())).verdict()).isNotEqualTo(Verdict.OK);
    }

    @Test
    void shortResultsAndThoseWithoutAFaceAreSkipped() {
        assertThat(check(portrait, new Checkpoint("", List.of(20L), Map.of(), -1, 0, 0))
                        .note())
                .contains("too short");
        assertThat(check(portrait, finished(Map.of(MouthResult.NO_FACE, 60L))).note())
                .contains("no face");
    }

    @Test
    void whatTakesLongIsLookedAtInOnePlaceOnly() {
        Path film = Fixtures.make(
                home.resolve("film.mp4"), "-stream_loop 39 -i " + portrait + " -c:v copy -c:a copy -t 120");
        Checkpoint finished = new Checkpoint("", List.of(40L * FRAMES), Map.of(), -1, 0, 0);
        ResultCheck slow = new ResultCheck(FFMPEG, PROBE, models, running, Duration.ZERO);
        try (JobControl control = running.watch("film.mp4", Duration.ofSeconds(60))) {
            assertThat(checks().check(film, plan(), finished, voice, control).sampledSeconds())
                    .isEqualTo(6);
            assertThat(slow.check(film, plan(), finished, voice, control).sampledSeconds())
                    .isEqualTo(3);
        }
    }

    @Test
    void aCancelledJobEndsWithTheJobsOwnReason() {
        try (JobControl control = running.watch("portrait.mp4", Duration.ofSeconds(60))) {
            control.end(Failure.cancelled("portrait.mp4", "api:anna"));
            long begun = System.nanoTime();
            assertThatThrownBy(() -> checks().check(portrait, plan(), finished(Map.of()), voice, control))
                    .hasMessageContaining("cancelled");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private MouthCheck check(Path file, Checkpoint finished) {
        try (JobControl control = running.watch("portrait.mp4", Duration.ofSeconds(60))) {
            return checks().check(file, plan(), finished, voice, control);
        }
    }

    private ResultCheck checks() {
        return new ResultCheck(FFMPEG, PROBE, models, running);
    }

    private RenderPlan plan() {
        Job job = new Job(
                "a-01",
                "a",
                "a",
                "a.ogg",
                portrait,
                "portrait.mp4",
                portrait,
                Options.DEFAULTS,
                4,
                1,
                0,
                Instant.EPOCH);
        return RenderPlan.of(job, "", PROBE.probe(portrait), 3, Duration.ofSeconds(10));
    }

    private static Checkpoint finished(Map<MouthResult, Long> mouths) {
        return new Checkpoint("", List.of((long) FRAMES), mouths, -1, 0, 0);
    }
}
