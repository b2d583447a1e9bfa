package io.lipdrop.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.SteppedClock;
import io.lipdrop.home.Folders;
import io.lipdrop.home.InboxSettings;
import io.lipdrop.home.Sources;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.Options;
import io.lipdrop.job.SourceChanged;
import io.lipdrop.job.Verdict;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.stage.EngineCheck;
import io.lipdrop.stage.FacePresence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the files of a job before it is queued. */
class ValidationTest {
    @TempDir
    static Path media;

    private static Path video;
    private static Path voice;

    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock();
    private final List<Path> opened = new ArrayList<>();
    private Folders folders;
    private Sources sources;
    private Path without = Path.of("the video in which there is nobody");

    @BeforeAll
    static void make() {
        video = Fixtures.make(media.resolve("video.mp4"), "-f lavfi -i color=gray:s=64x64:r=25:d=0.4 -c:v libx264");
        voice = Fixtures.make(media.resolve("voice.ogg"), "-f lavfi -i sine=d=0.5 -c:a libopus");
    }

    @BeforeEach
    void prepare() throws IOException {
        folders = new Folders(home, home, home, home, home, home.resolve("library"), home.resolve("work"));
        Files.createDirectories(folders.media("talk"));
        Files.createFile(folders.work().resolve(Folders.LOCK));
        sources = new Sources(folders, clock, new InboxSettings(Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO));
    }

    @Test
    void acceptsAVoiceAndAVideoAndSaysHowMuchDiskTheyNeed() throws IOException {
        Verdict verdict = validation().check(job("face", video));

        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict.job().neededBytes()).isPositive();
    }

    @Test
    void saysWhatItSawBeforeTheJobBegins() throws IOException {
        Preflight seen = Objects.requireNonNull(
                validation().check(job("face", video)).job().preflight());

        assertThat(seen.faceCoverage()).isEqualTo(0.667);
        assertThat(seen.sampledFrames()).isEqualTo(3);
        assertThat(seen.smallestFace()).isEqualTo(81);
        assertThat(seen.largestTurn()).isEqualTo(17);
        assertThat(seen.width()).isEqualTo(64);
        assertThat(seen.seconds()).isBetween(0.49, 0.52);
        assertThat(seen.frames()).isBetween(12L, 13L);
        assertThat(seen.diskBytes()).isPositive();
        assertThat(seen.estimateSeconds()).isNull();
    }

    @Test
    void opensAVoiceOnceForAllVideosOfItsBatch() throws IOException {
        Validation validation = validation();

        validation.check(job("one", video));
        validation.check(job("two", video));

        assertThat(opened).filteredOn(file -> file.endsWith("voice.ogg")).hasSize(1);
    }

    @Test
    void aVoiceThatHasChangedIsOpenedAgain() throws IOException {
        Validation validation = validation();
        Job job = job("one", video);
        validation.check(job);
        Files.setLastModifiedTime(job.audio(), FileTime.from(Instant.EPOCH));
        assertThatThrownBy(() -> validation.check(job)).isInstanceOf(SourceChanged.class);
        clock.step(Duration.ofSeconds(2));

        validation.check(job);

        assertThat(opened).filteredOn(file -> file.endsWith("voice.ogg")).hasSize(2);
    }

    @Test
    void aBadVoiceFailsEveryVideoAndIsOpenedOnce() throws IOException {
        Validation validation = validation();
        Job one = job("one", video);
        Job two = job("two", video);
        Files.writeString(one.audio(), "This is not a sound.");

        assertThat(failure(validation.check(one)).code()).isEqualTo(FailureCode.AUDIO_UNSUPPORTED);
        assertThat(failure(validation.check(two)).code()).isEqualTo(FailureCode.AUDIO_UNSUPPORTED);
        assertThat(failure(validation.check(two)).reason()).contains("voice.ogg");
        assertThat(opened).hasSize(1);
    }

    @Test
    void aVideoAsVoiceHasNoSound() throws IOException {
        Job job = job("one", video);
        Files.write(job.audio(), Files.readAllBytes(video));

        assertThat(failure(validation().check(job)).code()).isEqualTo(FailureCode.NO_AUDIO_STREAM);
    }

    @Test
    void aBadVideoFailsAlone() throws IOException {
        Validation validation = validation();
        Path text = Files.writeString(media.resolve("text.mp4"), "This is not a film.");

        assertThat(failure(validation.check(job("text", text))).code()).isEqualTo(FailureCode.VIDEO_UNSUPPORTED);
        assertThat(failure(validation.check(job("sound", voice))).code()).isEqualTo(FailureCode.NO_VIDEO_STREAM);
        assertThat(validation.check(job("good", video))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void emptyAndMissingVideosAreToldApart() throws IOException {
        Job empty = job("empty", Files.writeString(media.resolve("empty.mp4"), ""));
        Job missing = job("missing", video);
        Files.delete(missing.video());
        Validation validation = validation();

        assertThat(failure(validation.check(empty)).code()).isEqualTo(FailureCode.MEDIA_DAMAGED);
        assertThat(failure(validation.check(missing)).code()).isEqualTo(FailureCode.MEDIA_MISSING);
    }

    @Test
    void aVideoWithoutAFaceIsRejected() throws IOException {
        Job job = job("landscape", video);
        without = job.video();

        Failure failure = failure(validation().check(job));
        assertThat(failure.code()).isEqualTo(FailureCode.NO_FACE);
        assertThat(failure.reason()).contains("landscape.mp4");
    }

    @Test
    void anEngineThatIsNotThereRejectsTheJobBeforeItsVideoIsOpened() throws IOException {
        Job job = job("face", video);
        Validation validation = validation(options -> {
            throw new Failure(FailureCode.MODEL_MISSING, "There is no such model.");
        });

        assertThat(failure(validation.check(job)).code()).isEqualTo(FailureCode.MODEL_MISSING);
        assertThat(opened).doesNotContain(job.video());
    }

    @Test
    void whatAnotherTryMayHelpIsTriedThreeTimes() throws IOException {
        Validation validation = validation(options -> {
            throw new IllegalStateException("for once");
        });
        Job job = job("face", video);

        assertThatThrownBy(() -> validation.check(job)).isInstanceOf(MachineUnfit.class);
        assertThatThrownBy(() -> validation.check(job)).isInstanceOf(MachineUnfit.class);
        assertThat(failure(validation.check(job)).code()).isEqualTo(FailureCode.WORKER_CRASHED);
    }

    @Test
    void nothingIsSaidOfAJobWhileWorkIsAway() throws IOException {
        Job job = job("face", video);
        Files.move(folders.work(), home.resolve("away"));

        assertThatThrownBy(() -> validation().check(job)).isInstanceOf(MachineUnfit.class);
        assertThat(opened).isEmpty();
    }

    private Validation validation() {
        return validation(options -> {});
    }

    private Validation validation(EngineCheck engines) {
        return new Validation(new Counted(), this::faces, engines, folders, sources);
    }

    private FacePresence.Faces faces(Path file, Options.FaceChoice choice) {
        return file.equals(without)
                ? new FacePresence.Faces(40, 0, null, null, true)
                : new FacePresence.Faces(3, 2, 81, 17, false);
    }

    private static Failure failure(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
        return ((Verdict.Rejected) verdict).failure();
    }

    private Job job(String stem, Path content) throws IOException {
        Path audio = folders.media("talk").resolve("voice.ogg");
        if (!Files.exists(audio)) {
            Files.copy(voice, audio);
        }
        Path film = Files.copy(content, folders.media("talk").resolve(stem + ".mp4"));
        return new Job(
                "talk-" + stem,
                "talk",
                stem,
                "voice.ogg",
                audio,
                stem + ".mp4",
                film,
                Options.DEFAULTS,
                5,
                1,
                0,
                Instant.EPOCH);
    }

    /** Notes what it opens. */
    private final class Counted extends MediaProbe {
        Counted() {
            super(Fixtures.FFMPEG);
        }

        @Override
        public MediaInfo probe(Path file) {
            opened.add(file);
            return super.probe(file);
        }
    }
}
