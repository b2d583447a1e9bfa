package io.lipdrop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.SteppedClock;
import io.lipdrop.home.Folders;
import io.lipdrop.home.InboxSettings;
import io.lipdrop.home.Rendered;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.Sources;
import io.lipdrop.home.TestHome;
import io.lipdrop.job.Failure;
import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.Options;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.Phase;
import io.lipdrop.job.Progress;
import io.lipdrop.job.SourceChanged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the outbox, in {@code work/} and in the records when a finished video was delivered, or could not be. */
class DeliveryTest {
    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-11-29T10:00:00Z"));
    private final Records records = new Records();
    private final List<Phase> phases = new ArrayList<>();
    private Folders folders;
    private Sources sources;
    private Delivery delivery;
    private Job job;
    private Rendered rendered;

    @BeforeEach
    void renderAJob() throws IOException {
        folders = TestHome.in(home);
        for (Path folder : List.of(folders.outbox(), folders.error(), folders.media("talk"))) {
            Files.createDirectories(folder);
        }
        Path voice = Files.writeString(folders.media("talk").resolve("voice.ogg"), "voice");
        Path video = Files.writeString(folders.media("talk").resolve("face.mp4"), "video");
        job = new Job(
                "talk-01",
                "talk",
                "face",
                "voice.ogg",
                voice,
                "face.mp4",
                video,
                Options.DEFAULTS,
                5,
                1,
                0,
                Instant.EPOCH);
        sources = new Sources(folders, clock, new InboxSettings(Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO));
        sources.begin(job);
        rendered = Rendered.of(job, folders);
        Files.createDirectories(folders.rendering(job));
        Files.writeString(rendered.video(), "the result");
        Files.writeString(rendered.sidecar(), "{\"frames\": 1}");
        delivery = new Delivery(folders, new ResultFolders(folders), records, sources, new Phases(), clock);
    }

    @Test
    void bringsTheVideoAndItsSidecarAndRecordsThatTheJobIsDone() {
        delivery.deliver(rendered);

        assertThat(folders.outbox().resolve("talk/face.mp4")).hasContent("the result");
        assertThat(folders.outbox().resolve("talk/face.json")).hasContent("{\"frames\": 1}");
        assertThat(records.ended)
                .containsExactly(java.util.Map.entry(
                        job, new Outcome("talk-01", JobState.DONE, "face.mp4", null, null, clock.instant())));
        assertThat(folders.rendering(job)).doesNotExist();
        assertThat(phases).containsExactly(Phase.DELIVERING);
    }

    @Test
    void recordsWhatIsDoubtfulAboutTheResult() throws IOException {
        Files.writeString(rendered.sidecar(), """
                {"frames": 1, "mouthCheck": {"verdict": "warning", "r": 0.1, "sampledSeconds": 3.0, "tookSeconds": 0.2,
                 "note": "Look at this result: the mouth hardly moves."}}""");
        delivery.deliver(rendered);

        Outcome outcome = Objects.requireNonNull(records.ended.get(job));
        assertThat(outcome.state()).isEqualTo(JobState.DONE);
        assertThat(outcome.message()).isEqualTo("Look at this result: the mouth hardly moves.");
        assertThat(Objects.requireNonNull(outcome.mouthCheck()).r()).isEqualTo(0.1);
        assertThat(folders.outbox().resolve("talk/face.json")).content().contains("hardly moves");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no sidecar", "null", "[]", "{\"mouthCheck\": {}}", "{\"mouthCheck\": {\"verdict\": \"?\"}}"
            })
    void aSidecarOfAnotherVersionIsDeliveredAsItIs(String sidecar) throws IOException {
        Files.writeString(rendered.sidecar(), sidecar);

        delivery.deliver(rendered);

        Outcome outcome = Objects.requireNonNull(records.ended.get(job));
        assertThat(outcome.state()).isEqualTo(JobState.DONE);
        assertThat(outcome.mouthCheck()).isNull();
        assertThat(folders.outbox().resolve("talk/face.json")).hasContent(sidecar);
    }

    @Test
    void goesOnWhereTheVideoWasBroughtBeforeACrash() throws IOException {
        Files.createDirectories(folders.outbox().resolve("talk"));
        Files.move(rendered.video(), folders.outbox().resolve("talk/face.mp4"));

        delivery.deliver(rendered);

        assertThat(folders.outbox().resolve("talk/face.mp4")).hasContent("the result");
        assertThat(folders.outbox().resolve("talk/face.json")).exists();
        assertThat(records.ended).containsOnlyKeys(job);
    }

    @Test
    void bringsNothingThatWasMadeOfAFileWhichIsAnotherNow() throws IOException {
        Files.writeString(job.video(), "another video");

        assertThatThrownBy(() -> delivery.deliver(rendered))
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("face.mp4");

        assertThat(folders.outbox().resolve("talk/face.mp4")).doesNotExist();
        assertThat(records.ended).isEmpty();
    }

    @Test
    void keepsTheFinishedVideoWhereTheOutboxCannotBeWritten() throws IOException {
        Files.writeString(folders.outbox().resolve("talk"), "in the place of the folder");

        assertThatThrownBy(() -> delivery.deliver(rendered))
                .isInstanceOf(MachineUnfit.class)
                .hasMessageContaining("cannot write to the outbox");

        assertThat(rendered.video()).hasContent("the result");
        assertThat(rendered.isFinished()).isTrue();
        assertThat(records.ended).isEmpty();
    }

    @Test
    void aJobWhoseSidecarCannotBeWrittenIsNotDone() throws IOException {
        Files.createDirectories(folders.outbox().resolve("talk/face.json"));

        assertThatThrownBy(() -> delivery.deliver(rendered)).isInstanceOf(MachineUnfit.class);

        assertThat(records.ended).isEmpty();
        assertThat(rendered.isFinished()).isTrue();
        Files.delete(folders.outbox().resolve("talk/face.json"));
        delivery.deliver(rendered);
        assertThat(records.ended).containsOnlyKeys(job);
    }

    @Test
    void aCancelledJobIsNotDelivered() {
        records.cancelled.put(job, "the operator");

        assertThatThrownBy(() -> delivery.deliver(rendered))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("the operator");

        assertThat(folders.outbox().resolve("talk/face.mp4")).doesNotExist();
        assertThat(records.ended).isEmpty();
    }

    private final class Phases implements Progress {
        @Override
        public void phase(Job job, Phase phase) {
            phases.add(phase);
        }

        @Override
        public void frame(Job job, long frame, long frames) {}
    }
}
