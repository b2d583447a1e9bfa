package io.lipdrop.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.SteppedClock;
import io.lipdrop.home.Folders;
import io.lipdrop.home.HomeDocuments;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.TestHome;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Phase;
import io.lipdrop.status.StatusEvent.BatchChanged;
import io.lipdrop.status.StatusEvent.HealthChanged;
import io.lipdrop.status.StatusEvent.JobChanged;
import io.lipdrop.status.StatusEvent.JobProgressed;
import io.lipdrop.status.StatusEvent.Looked;
import io.lipdrop.status.StatusEvent.QueueChanged;
import io.lipdrop.status.progress.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told, and when; each event is written as a line. */
class StatusBoardTest {
    private final SteppedClock clock = new SteppedClock();
    private final SteppedScheduler scheduler = new SteppedScheduler(clock);
    private final FakeQueue queue = new FakeQueue();
    private final Runs runs = new Runs(clock);
    private final Drops drops = new Drops();
    private final List<String> told = new ArrayList<>();
    private final BatchStatuses statuses = new BatchStatuses(queue, drops, runs.running, clock);
    private StatusBoard board;

    @TempDir
    Path home;

    @BeforeEach
    void listen() {
        Folders folders = TestHome.in(home);
        UntoldEnds untold = new UntoldEnds(folders, new ResultFolders(folders), new HomeDocuments(folders), clock);
        board = new StatusBoard(statuses, drops, untold, FakeEvents.to(this::hear), clock);
        runs.tell(new ProgressEvents(board, scheduler, clock));
        clock.step(Duration.ofHours(1));
    }

    @Test
    void whatIsNewIsToldOnce() throws IOException {
        queue.add("talk", 2);
        board.refresh();
        assertThat(told())
                .containsExactly(
                        "talk-01 queued",
                        "talk-02 queued",
                        "talk: queued, 0 of 2 done, 2 queued",
                        "queue: open 2+0 null",
                        "looked");

        clock.step(Duration.ofSeconds(1));
        board.refresh();
        assertThat(told()).containsExactly("looked");
    }

    @Test
    void aJobIsToldFromItsBeginToItsEnd() throws IOException {
        Job job = queue.add("talk", 1).jobs().get(0);
        board.refresh();
        told();

        runs.enter(job, Phase.LOADING_MODEL);
        assertThat(told()).containsExactly("talk-01 loading-model", "talk: running, 0 of 1 done, 1 running");
        runs.drawnBy(job, "drawn by warp");
        assertThat(told()).containsExactly("talk-01 loading-model drawn by warp");
        queue.run("talk-01");
        board.refresh();
        assertThat(told()).containsExactly("queue: open 0+1 null", "looked");
        runs.enter(job, Phase.RENDERING);
        assertThat(told()).containsExactly("talk-01 rendering drawn by warp");

        board.ended(queue.record("talk-01", JobState.DONE));
        assertThat(told()).containsExactly("talk-01 done", "talk: running, 1 of 1 done");
        queue.putAway("talk-01");
        board.refresh();
        assertThat(told()).containsExactly("talk: done, 1 of 1 done", "queue: open 0+0 null", "looked");
    }

    @Test
    void anEndIsToldOnce() throws IOException {
        queue.add("talk", 1);
        queue.run("talk-01");
        board.refresh();
        told();

        board.ended(queue.record("talk-01", JobState.FAILED));
        assertThat(told()).containsExactly("talk-01 failed No face was found.", "talk: running, 0 of 1 done, 1 failed");
        board.tell("talk-01");
        assertThat(told()).isEmpty();
    }

    @Test
    void theLastStateIsToldBeforeNothingIsSeenOfTheBatchAnyMore() throws IOException {
        queue.add("talk", 1);
        queue.run("talk-01");
        board.refresh();
        queue.record("talk-01", JobState.DONE);
        queue.putAway("talk-01");
        told();

        statuses.look(); // and before anything is told of it
        board.ended(new BatchStatus.Ended(statuses.batch("talk").orElseThrow()));
        assertThat(told()).containsExactly("talk-01 done", "talk: done, 1 of 1 done");
        queue.open.clear();
        board.refresh();
        assertThat(told()).containsExactly("queue: open 0+0 null", "looked");
    }

    @Test
    void aBatchThatIsMissingIsToldAsGone() throws IOException {
        queue.add("talk", 1);
        board.refresh();
        told();

        queue.open.clear();
        queue.queued.clear();
        board.refresh();
        assertThat(told()).containsExactly("BatchGone[batch=talk]", "queue: open 0+0 null", "looked");
        board.refresh();
        assertThat(told()).containsExactly("looked");
    }

    @Test
    void progressIsToldFourTimesASecondAndWhereItCameTo() throws IOException {
        Job job = queue.add("talk", 1).jobs().get(0);
        queue.run("talk-01");
        board.refresh();
        runs.enter(job, Phase.RENDERING);
        told();

        for (int frame = 1; frame <= 100; frame++) {
            runs.reach(job, frame, 1000);
            scheduler.step(Duration.ofMillis(10));
        }
        assertThat(told())
                .containsExactly(
                        "talk-01 frame 1 of 1000",
                        "talk-01 frame 25 of 1000",
                        "talk-01 frame 50 of 1000",
                        "talk-01 frame 75 of 1000",
                        "talk-01 frame 100 of 1000");
        scheduler.step(Duration.ofSeconds(1));
        assertThat(told()).isEmpty();

        runs.reach(job, 101, 1000);
        runs.reach(job, 102, 1000);
        assertThat(told()).containsExactly("talk-01 frame 101 of 1000");
        scheduler.step(Duration.ofMillis(250));
        assertThat(told()).containsExactly("talk-01 frame 102 of 1000");
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void aClockThatIsPutBackHoldsUpNoProgress() throws IOException {
        Job job = queue.add("talk", 1).jobs().get(0);
        queue.run("talk-01");
        board.refresh();
        runs.enter(job, Phase.RENDERING);
        runs.reach(job, 1, 1000);
        told();

        clock.step(Duration.ofMinutes(-10));
        runs.reach(job, 2, 1000);
        assertThat(told()).containsExactly("talk-01 frame 2 of 1000");
    }

    @Test
    void noProgressIsToldOfAJobThatHasEnded() throws IOException {
        Job job = queue.add("talk", 1).jobs().get(0);
        queue.run("talk-01");
        board.refresh();
        runs.enter(job, Phase.RENDERING);
        runs.reach(job, 1, 10);
        runs.reach(job, 10, 10);
        runs.stop(job);
        board.ended(queue.record("talk-01", JobState.DONE));
        told();

        scheduler.step(Duration.ofSeconds(1));
        assertThat(told()).isEmpty();
    }

    @Test
    void dropsAreToldFromTheInboxToTheEnd() throws IOException {
        board.waiting("talk", "talk.yaml", "waiting for b.mp4 (2 of 3 here)");
        board.waiting("talk", "talk.yaml", "waiting for b.mp4 (2 of 3 here)");
        board.waiting("talk", "talk.yaml", "copying b.mp4: 1.0 of 8.0 GB");
        board.waiting("talk", "talk.yaml", "copying b.mp4: 2.0 of 8.0 GB");
        assertThat(told())
                .containsExactly(
                        "talk: waiting, waiting for b.mp4 (2 of 3 here)",
                        "talk: waiting, copying b.mp4: 1.0 of 8.0 GB",
                        "talk: waiting, copying b.mp4: 2.0 of 8.0 GB");
        queue.add("talk", 1);
        board.refresh();
        assertThat(told())
                .containsExactly(
                        "talk-01 queued", "talk: queued, 0 of 1 done, 1 queued", "queue: open 1+0 null", "looked");

        board.withdrawn("gone", "gone.yaml");
        board.refused("bad", "bad.yaml", new Failure(FailureCode.MEDIA_MISSING, "There is no a.ogg."));
        assertThat(told())
                .containsExactly(
                        "gone: cancelled, removed from the inbox before it was complete",
                        "bad: failed, media-missing: There is no a.ogg.");
    }

    @Test
    void anAmountThatChangesIsNoNewsAndNoneForEachJob() throws IOException {
        queue.add("talk", 2);
        board.refresh();
        told();

        queue.obstacle = "disk-full: 12 MB free";
        board.refresh();
        assertThat(told())
                .containsExactly(
                        "talk: queued, 0 of 2 done, 2 queued; the queue is waiting: disk-full: 12 MB free",
                        "queue: waiting 2+0 disk-full: 12 MB free",
                        "looked");
        queue.obstacle = "disk-full: 11 MB free";
        board.refresh();
        assertThat(told()).containsExactly("looked");
        queue.obstacle = null;
        board.refresh();
        assertThat(told()).containsExactly("talk: queued, 0 of 2 done, 2 queued", "queue: open 2+0 null", "looked");
    }

    @Test
    void aQueueThatCannotBeReadIsToldAndTheErrorIsTheRoutes() throws IOException {
        board.refresh();
        told();
        queue.unreadable = new IOException("work is away");

        assertThatThrownBy(board::refresh).isSameAs(queue.unreadable);
        assertThat(told()).containsExactly("queue: waiting 0+0 null", "looked");
    }

    @Test
    void whatIsGoneAndComesAgainIsNew() throws IOException {
        queue.add("talk", 1);
        board.refresh();
        queue.open.clear();
        queue.queued.clear();
        board.refresh();
        told();

        queue.add("talk", 1);
        board.refresh();
        assertThat(told()).contains("talk-01 queued", "talk: queued, 0 of 1 done, 1 queued");
    }

    private List<String> told() {
        List<String> lines = List.copyOf(told);
        told.clear();
        return lines;
    }

    private void hear(StatusEvent event) {
        told.add(line(event));
    }

    private static String line(StatusEvent event) {
        if (event instanceof JobChanged changed) {
            BatchStatus.JobStatus job = changed.job();
            String state =
                    job.phase() == null ? job.state().label() : job.phase().label();
            return job.job() + " " + state + (job.message() == null ? "" : " " + job.message());
        }
        if (event instanceof JobProgressed progressed) {
            BatchStatus.JobStatus job = progressed.job();
            return "%s frame %d of %d".formatted(job.job(), job.frame(), job.frames());
        }
        if (event instanceof BatchChanged changed) {
            BatchSummary batch = changed.batch();
            return "%s: %s, %s".formatted(batch.batch(), batch.state().label(), batch.message());
        }
        if (event instanceof QueueChanged changed) {
            QueueStatus queue = changed.queue();
            return "queue: %s %d+%d %s"
                    .formatted(queue.state().label(), queue.queued(), queue.running(), queue.reason());
        }
        return event instanceof HealthChanged || !(event instanceof Looked) ? event.toString() : "looked";
    }
}
