package io.lipdrop.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.SteppedClock;
import io.lipdrop.home.Folders;
import io.lipdrop.home.HomeDocuments;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Phase;
import io.lipdrop.status.progress.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The files that people read; each second is one step. */
@ExtendWith(OutputCaptureExtension.class)
class StatusFilesTest {
    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock();
    private final FakeQueue queue = new FakeQueue();
    private final Runs runs = new Runs(clock);
    private final Drops drops = new Drops();
    private final BatchStatuses statuses = new BatchStatuses(queue, drops, runs.running, clock);
    private final List<Object> ended = new ArrayList<>();
    private int moves;
    private int writes;
    private Duration cost = Duration.ZERO;
    private Path outbox;
    private StatusBoard board;

    @BeforeEach
    void prepare() throws IOException {
        outbox = Files.createDirectories(home.resolve("outbox"));
        Files.createDirectories(home.resolve("error"));
        Folders folders = new Folders(home, home, outbox, home.resolve("error"), home, home, home.resolve("work"));
        ResultFolders results = new ResultFolders(folders) {
            @Override
            public int moves() {
                return moves;
            }

            @Override
            public Path outbox(String batch) throws IOException {
                clock.step(cost);
                writes++;
                return super.outbox(batch);
            }
        };
        UntoldEnds untold = new UntoldEnds(folders, results, new HomeDocuments(folders), clock);
        BatchCloser closer = new BatchCloser(statuses, queue, drops, untold, ended::add);
        StatusFiles files = new StatusFiles(statuses, closer, results, clock);
        board = new StatusBoard(statuses, drops, untold, FakeEvents.to(files), clock);
        runs.tell(new ProgressEvents(board, new SteppedScheduler(clock), clock));
        clock.step(Duration.ofHours(1));
    }

    @Test
    void isWrittenEachSecondWhileAJobRuns() throws IOException {
        Job job = queue.add("talk", 2).jobs().get(0);
        queue.run("talk-01");
        second();
        runs.enter(job, Phase.RENDERING);
        runs.reach(job, 1, 100);
        for (int frame = 11; frame <= 51; frame += 10) {
            runs.reach(job, frame, 100);
            second();
            assertThat(status("talk").updatedAt()).isEqualTo(clock.instant());
            assertThat(status("talk").jobs().get(0).frame()).isEqualTo(frame);
        }
        assertThat(status("talk").state()).isEqualTo(JobState.RUNNING);
        assertThat(status("talk").jobs().get(1).state()).isEqualTo(JobState.QUEUED);
        assertThat(outbox.resolve("talk")).isDirectoryContaining("glob:**/status.json");
        try (var files = Files.list(outbox.resolve("talk"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void thatOfALargeBatchIsWrittenSoSeldomThatItCostsLittle() throws IOException {
        Job job = queue.add("talk", 3).jobs().get(0);
        queue.run("talk-01");
        runs.enter(job, Phase.RENDERING);
        cost = Duration.ofMillis(300);
        for (int seconds = 0; seconds < 60; seconds++) {
            runs.reach(job, seconds + 1, 100);
            second();
        }
        assertThat(writes).as("every 6.3 s").isBetween(8, 10);

        cost = Duration.ofHours(1); // a share that hangs
        clock.step(Duration.ofSeconds(6));
        second();
        cost = Duration.ZERO;
        clock.step(Duration.ofSeconds(13));
        writes = 0;
        second();
        assertThat(writes).isZero();
        second();
        assertThat(writes).isOne();
    }

    @Test
    void theEndOfALargeBatchIsWrittenAtOnce() throws IOException {
        queue.add("talk", 1);
        queue.run("talk-01");
        cost = Duration.ofSeconds(1);
        second();
        assertThat(status("talk").state()).isEqualTo(JobState.RUNNING);
        queue.record("talk-01", JobState.DONE);
        queue.putAway("talk-01");
        second();
        assertThat(status("talk").state()).isEqualTo(JobState.DONE);
        assertThat(queue.open).isEmpty();
    }

    @Test
    void isWrittenOnlyWhenThereIsNewsWhileNoJobRuns() throws IOException {
        queue.add("talk", 1);
        second();
        BatchStatus first = status("talk");
        second();
        assertThat(status("talk")).isEqualTo(first);

        queue.obstacle = "disk-full: no room";
        second();
        assertThat(status("talk").message())
                .isEqualTo("0 of 1 done, 1 queued; the queue is waiting: disk-full: no room");
    }

    @Test
    void aBatchEndsWhenItsLastStatusIsWritten(CapturedOutput log) throws IOException {
        queue.add("talk", 1);
        queue.run("talk-01");
        second();
        queue.record("talk-01", JobState.DONE);
        second();
        assertThat(queue.open).as("its document is still there").containsKey("talk");
        assertThat(status("talk").state()).isEqualTo(JobState.RUNNING);

        queue.putAway("talk-01");
        second();
        assertThat(status("talk").state()).isEqualTo(JobState.DONE);
        assertThat(status("talk").jobs().get(0).result()).isEqualTo("film.mp4");
        assertThat(status("talk").createdAt()).isEqualTo(Instant.EPOCH);
        assertThat(status("talk").finishedAt()).isEqualTo(Instant.EPOCH);
        assertThat(queue.open).isEmpty();
        assertThat(ended).containsExactly(new BatchStatus.Ended(status("talk")));
        assertThat(log.getOut().lines().filter(line -> line.contains("talk: 1 of 1 done")))
                .hasSize(1);

        Files.delete(outbox.resolve("talk/status.json"));
        second();
        assertThat(outbox.resolve("talk/status.json")).doesNotExist();
    }

    @Test
    void aBatchDoesNotEndWhileItsLastStatusCannotBeWritten(CapturedOutput log) throws IOException {
        queue.add("talk", 1);
        second();
        Path away = home.resolve("outbox-away");
        Files.move(outbox, away);
        Files.writeString(outbox, "not a folder");
        queue.record("talk-01", JobState.FAILED);
        queue.putAway("talk-01");
        second();
        second();
        assertThat(queue.open).containsKey("talk");
        assertThat(log.getOut().lines().filter(line -> line.contains("status.json cannot be written")))
                .hasSize(1);

        Files.delete(outbox);
        Files.move(away, outbox);
        second();
        assertThat(status("talk").state()).isEqualTo(JobState.FAILED);
        assertThat(queue.open).isEmpty();
    }

    @Test
    void aBatchThatCannotBeClosedIsClosedLater() throws IOException {
        queue.add("talk", 1);
        queue.record("talk-01", JobState.DONE);
        queue.putAway("talk-01");
        queue.unclosable = new IOException("work is full");
        second();
        assertThat(status("talk").state()).isEqualTo(JobState.DONE);
        assertThat(queue.open).containsKey("talk");

        queue.unclosable = null;
        second();
        assertThat(queue.open).isEmpty();
    }

    @Test
    void oneThatCannotBeWrittenHoldsUpNoOther() throws IOException {
        Files.writeString(outbox.resolve("bad"), "in the way");
        queue.add("bad", 1);
        queue.add("good", 1);
        second();
        assertThat(status("good").state()).isEqualTo(JobState.QUEUED);

        Files.delete(outbox.resolve("bad"));
        second();
        assertThat(status("bad").state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void allAreWrittenAnewWhereTheOutboxIsAnotherFolder() throws IOException {
        queue.add("talk", 1);
        board.waiting("drop", "drop.yaml", "waiting for a.mp4");
        second();
        Files.delete(outbox.resolve("talk/status.json"));
        Files.delete(outbox.resolve("drop/status.json"));
        second();
        assertThat(outbox.resolve("talk/status.json")).doesNotExist();

        moves++;
        second();
        assertThat(status("talk").state()).isEqualTo(JobState.QUEUED);
        assertThat(status("drop").state()).isEqualTo(JobState.WAITING);
    }

    @Test
    void aDropIsWrittenAtOnce() throws IOException {
        board.waiting("talk", "sub/talk.yaml", "waiting for a.mp4 (1 of 2 here)");
        assertThat(status("talk"))
                .isEqualTo(BatchStatus.ofDrop(
                        "talk", "sub/talk.yaml", JobState.WAITING, "waiting for a.mp4 (1 of 2 here)", clock.instant()));

        board.refused("talk", "sub/talk.yaml", new Failure(FailureCode.MEDIA_MISSING, "There is no a.mp4."));
        assertThat(status("talk").state()).isEqualTo(JobState.FAILED);
        assertThat(status("talk").message()).isEqualTo("media-missing: There is no a.mp4.");
        assertThat(drops.all()).isEmpty();
        assertThat(ended).containsExactly(new BatchStatus.Ended(status("talk")));
    }

    @Test
    void theEndOfADropIsWrittenWhenTheOutboxIsBack() throws IOException {
        board.waiting("talk", "talk.yaml", "waiting for a.mp4");
        Path away = home.resolve("outbox-away");
        Files.move(outbox, away);
        Files.writeString(outbox, "not a folder");
        board.withdrawn("talk", "talk.yaml");
        second();
        assertThat(drops.all()).hasSize(1);

        Files.delete(outbox);
        Files.move(away, outbox);
        second();
        assertThat(status("talk").state()).isEqualTo(JobState.CANCELLED);
        assertThat(drops.all()).isEmpty();
    }

    private void second() {
        clock.step(Duration.ofSeconds(1));
        try {
            board.refresh();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private BatchStatus status(String batch) throws IOException {
        return BatchStatus.read(outbox.resolve(batch).resolve("status.json"));
    }
}
