package io.lipdrop.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.SteppedClock;
import io.lipdrop.delivery.ErrorReports;
import io.lipdrop.delivery.Refusals;
import io.lipdrop.home.Folders;
import io.lipdrop.home.HomeDocuments;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.TestHome;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.JobState;
import io.lipdrop.job.RefusedDrop;
import io.lipdrop.stage.Notices;
import io.lipdrop.status.progress.JobProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is to hear of the end of a drop hears of it, whenever Lipdrop is killed. */
class UntoldEndsTest {
    private final Failure invalid = new Failure(FailureCode.MANIFEST_INVALID, "talk.yaml: colour is no key.");

    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock();
    private final List<BatchStatus> ends = new ArrayList<>();
    private Folders folders;
    private Life life;

    @BeforeEach
    void begin() throws IOException {
        clock.step(Duration.ofHours(1));
        begin(home.resolve("home"));
    }

    private void begin(Path place) throws IOException {
        folders = TestHome.in(place);
        for (Path folder : List.of(folders.inbox(), folders.outbox(), folders.error(), folders.staging())) {
            Files.createDirectories(folder);
        }
        ends.clear();
        Files.writeString(manifest(), "colour: red");
        life = new Life(Integer.MAX_VALUE);
    }

    @Test
    void ofARefusedDropAtEachStepOfItsRefusal() throws IOException {
        life.board.waiting("talk", "talk.yaml", "waiting until the files stop changing");
        int before = life.steps;
        life.refuse();
        int steps = life.steps - before;
        assertTold();
        assertThat(steps).isGreaterThan(6);
        for (int done = 0; done < steps; done++) {
            begin(home.resolve("killed-after-" + done));
            life.board.waiting("talk", "talk.yaml", "waiting until the files stop changing");
            life.left = done;
            life.refuse();
            assertThat(life.isKilled()).isTrue();

            restart();
            if (Files.exists(manifest())) {
                life.refuse(); // it is judged again
            }
            assertTold();
        }
    }

    @Test
    void ofADropWithoutAWordBefore() throws IOException {
        life.left = 2; // its end is on disk, its manifest is gone
        life.refuse();
        assertThat(manifest()).doesNotExist();
        assertThat(ends).isEmpty();
        restart();
        assertTold();
    }

    @Test
    void ofADropThatWasRemovedWhileLipdropWasStopped() throws IOException {
        life.board.waiting("talk", "talk.yaml", "waiting for a.mp4");
        Files.delete(manifest());
        restart();
        assertThat(status().state()).isEqualTo(JobState.CANCELLED);
        assertThat(ends).extracting(BatchStatus::batch).containsExactly("talk");
        assertThat(documents()).isEmpty();
    }

    @Test
    void nothingIsToldOfADropThatIsStillThere() throws IOException {
        life.board.waiting("talk", "talk.yaml", "waiting for a.mp4");
        restart();
        assertThat(ends).isEmpty();
        assertThat(status().state()).isEqualTo(JobState.WAITING);
        assertThat(documents()).as("it is told anew").isEmpty();
    }

    @Test
    void norOfOneThatIsBeingTakenOrHasBecomeABatchOfJobs() throws IOException {
        life.board.waiting("talk", "talk.yaml", "waiting for a.mp4");
        byte[] document = Files.readAllBytes(documents().get(0));
        Files.delete(manifest());
        Files.createDirectories(folders.staging("talk"));
        Files.writeString(folders.claim("talk"), "{}");
        restart();
        assertThat(ends).isEmpty();
        assertThat(documents()).isEmpty();

        Files.write(Files.createDirectories(folders.work().resolve("drops")).resolve("talk.json"), document);
        Files.delete(folders.claim("talk"));
        Files.writeString(folders.outbox().resolve("talk/status.json"), """
                {"batch": "talk", "manifest": "talk.yaml", "state": "done", "message": "1 of 1 done",
                 "updatedAt": "2026-11-29T10:00:00Z", "jobs": [{"job": "talk-01", "video": "a.mp4", "state": "done",
                 "attempts": 1, "updatedAt": "2026-11-29T10:00:00Z"}]}""");
        restart();
        assertThat(ends).isEmpty();
        assertThat(documents()).isEmpty();
    }

    @Test
    void nothingIsSaidWhileTheInboxIsAway() throws IOException {
        life.board.waiting("talk", "talk.yaml", "waiting for a.mp4");
        Path away = home.resolve("away");
        Files.move(folders.inbox(), away);
        restart();
        assertThat(ends).isEmpty();

        Files.delete(away.resolve("talk.yaml"));
        Files.move(away, folders.inbox());
        life.board.refresh();
        assertThat(ends).hasSize(1);
    }

    @Test
    void aCorrectedManifestOfARefusalThatNeverHappenedIsANewTry() throws IOException {
        life.left = 1;
        life.refuse();
        assertThat(manifest()).exists();
        Files.writeString(manifest(), "audio: a.ogg and more");
        restart();
        assertThat(ends).isEmpty();
        assertThat(documents()).isEmpty();
    }

    @Test
    void aNewManifestOfTheSameNameIsNotTheOneThatWasRefused() throws IOException {
        life.left = 2;
        life.refuse();
        assertThat(manifest()).doesNotExist();
        Files.writeString(manifest(), "audio: a.ogg and more");
        restart();
        assertTold();
    }

    private void assertTold() throws IOException {
        assertThat(ends).isNotEmpty().allSatisfy(end -> {
            assertThat(end.batch()).isEqualTo("talk");
            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(end.message()).isEqualTo("manifest-invalid: talk.yaml: colour is no key.");
        });
        assertThat(status().state()).isEqualTo(JobState.FAILED);
        assertThat(folders.error().resolve("talk/talk.yaml")).exists();
        assertThat(documents()).isEmpty();
    }

    private void restart() throws IOException {
        clock.step(Duration.ofMinutes(1));
        life = new Life(Integer.MAX_VALUE);
        life.board.recover();
        life.board.refresh();
    }

    private Path manifest() {
        return folders.inbox().resolve("talk.yaml");
    }

    private BatchStatus status() throws IOException {
        return BatchStatus.read(folders.outbox().resolve("talk/status.json"));
    }

    private List<Path> documents() throws IOException {
        Path drops = folders.work().resolve("drops");
        if (!Files.exists(drops)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(drops)) {
            return files.toList();
        }
    }

    /** As a process is killed: nothing happens after it. */
    private static final class Killed extends Error {
        Killed() {
            super("killed", null, false, false);
        }
    }

    /** One process, which is killed before one of its steps. */
    private final class Life extends ResultFolders implements Notices {
        final StatusBoard board;
        private final ErrorReports reports;
        int left;
        int steps;

        Life(int left) {
            super(folders);
            this.left = left;
            FakeQueue queue = new FakeQueue();
            Drops drops = new Drops();
            BatchStatuses statuses = new BatchStatuses(queue, drops, new JobProgress(), clock);
            UntoldEnds untold = new UntoldEnds(folders, this, new HomeDocuments(folders), clock);
            BatchCloser closer = new BatchCloser(statuses, queue, drops, untold, this::publish);
            board = new StatusBoard(
                    statuses, drops, untold, FakeEvents.to(new StatusFiles(statuses, closer, this, clock)), clock);
            reports = Refusals.tellingTo(this, folders, new ResultFolders(folders), clock);
        }

        void refuse() throws IOException {
            try {
                reports.refuse(new RefusedDrop("talk", "talk.yaml", manifest(), List.of(), invalid));
            } catch (Killed e) {
                // and nothing else
            }
        }

        boolean isKilled() {
            return left < 0;
        }

        private void step() {
            steps++;
            if (left-- <= 0) {
                throw new Killed();
            }
        }

        private void publish(Object event) {
            step();
            ends.add(((BatchStatus.Ended) event).last());
            step();
        }

        @Override
        public Path outbox(String batch) throws IOException {
            step();
            return super.outbox(batch);
        }

        @Override
        public void waiting(String batch, String manifest, String message) {
            throw new AssertionError();
        }

        @Override
        public void refusing(String batch, String manifest, Path last, Failure failure) throws IOException {
            step();
            board.refusing(batch, manifest, last, failure);
            step();
        }

        @Override
        public void refused(String batch, String manifest, Failure failure) {
            step();
            board.refused(batch, manifest, failure);
            step();
        }

        @Override
        public void withdrawn(String batch, String manifest) {
            throw new AssertionError();
        }
    }
}
