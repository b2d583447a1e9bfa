package io.lipdrop.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.lipdrop.SteppedClock;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.Outcome.MouthCheck;
import io.lipdrop.job.Phase;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.BatchStatuses.OpenJob;
import io.lipdrop.status.progress.Runs;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchStatusesTest {
    private final SteppedClock clock = new SteppedClock();
    private final FakeQueue queue = new FakeQueue();
    private final Drops drops = new Drops();
    private final Runs runs = new Runs(clock);
    private final BatchStatuses statuses = new BatchStatuses(queue, drops, runs.running, clock);

    @BeforeEach
    void aWhileAfterTheStart() {
        clock.step(Duration.ofHours(1));
    }

    @Test
    void aJobIsWaitingQueuedRunningAndDone() throws IOException {
        queue.add("talk", 1);
        queue.queued.clear();
        queue.beingChecked.add("talk");
        statuses.look();
        assertThat(job().state()).isEqualTo(JobState.WAITING);
        assertThat(job().message()).isEqualTo("not checked yet");
        assertThat(batch().state()).isEqualTo(JobState.WAITING);
        assertThat(batch().message()).isEqualTo("0 of 1 done, 0 of 1 checked");

        queue.checked.add("talk-01");
        queue.queued.add("talk-01");
        queue.beingChecked.clear();
        statuses.look();
        assertThat(job().state()).isEqualTo(JobState.QUEUED);
        assertThat(job().message()).isNull();
        assertThat(batch().message()).isEqualTo("0 of 1 done, 1 queued");

        queue.run("talk-01");
        statuses.look();
        assertThat(job().state()).isEqualTo(JobState.RUNNING);
        assertThat(job().phase()).isEqualTo(Phase.LOADING_MODEL);
        assertThat(batch().message()).isEqualTo("0 of 1 done, 1 running");

        queue.record("talk-01", JobState.DONE);
        queue.putAway("talk-01");
        statuses.look();
        assertThat(job().state()).isEqualTo(JobState.DONE);
        assertThat(job().percent()).isEqualTo(100);
        assertThat(job().result()).isEqualTo("film.mp4");
        assertThat(batch().state()).isEqualTo(JobState.DONE);
        assertThat(batch().message()).isEqualTo("1 of 1 done");
    }

    @Test
    void aQueuedJobHasWhatValidationSawAndWhenItBegins() throws IOException {
        queue.add("talk", 3);
        for (int job = 1; job <= 3; job++) {
            queue.preflights.put("talk-0" + job, preflight(10L * job));
        }
        queue.run("talk-01");
        statuses.look();
        JobStatus second = statuses.job("talk-02").orElseThrow().status();
        JobStatus third = statuses.job("talk-03").orElseThrow().status();
        assertThat(second.preflight()).isEqualTo(preflight(20L));
        assertThat(second.startsInSeconds()).isEqualTo(10);
        assertThat(third.startsInSeconds()).isEqualTo(30);
        assertThat(job().startsInSeconds()).as("it has begun").isNull();
        assertThat(job().preflight()).isNotNull();

        queue.obstacle = "the disk is full";
        statuses.look();
        assertThat(statuses.job("talk-02").orElseThrow().status().startsInSeconds())
                .isNull();
    }

    @Test
    void theNextBeginsSoonWhereOneIsJustDelivered() throws IOException {
        Batch batch = queue.add("talk", 2);
        queue.preflights.put("talk-01", preflight(600));
        queue.preflights.put("talk-02", preflight(600));
        queue.run("talk-01");
        runs.enter(batch.jobs().get(0), Phase.DELIVERING);
        statuses.look();
        assertThat(statuses.job("talk-02").orElseThrow().status().startsInSeconds())
                .isZero();
    }

    @Test
    void aDoneJobHasWhatALookAtItsResultHasShown() throws IOException {
        queue.add("talk", 1);
        MouthCheck check = new MouthCheck(MouthCheck.Verdict.WARNING, 0.1, 0, null, 8, 0.5, "The mouth hardly moves.");
        queue.outcomes.put(
                "talk-01", new Outcome("talk-01", JobState.DONE, "film.mp4", null, check.note(), Instant.EPOCH, check));
        queue.putAway("talk-01");
        statuses.look();

        assertThat(job().mouthCheck()).isEqualTo(check);
        assertThat(job().message()).isEqualTo("The mouth hardly moves.");
    }

    private static Preflight preflight(long seconds) {
        return new Preflight(640, 360, false, 10, 1, 120, 12, 2.5, 62L, 1_000_000L, seconds, false);
    }

    @Test
    void aRunningJobHasItsProgress() throws IOException {
        Batch batch = queue.add("talk", 1);
        queue.run("talk-01");
        statuses.look();
        runs.enter(batch.jobs().get(0), Phase.RENDERING);
        assertThat(job().frame()).isNull();
        assertThat(job().percent()).isZero();

        runs.reach(batch.jobs().get(0), 1, 300);
        clock.step(Duration.ofSeconds(1));
        runs.reach(batch.jobs().get(0), 101, 300);

        assertThat(job().phase()).isEqualTo(Phase.RENDERING);
        assertThat(job().frame()).isEqualTo(101);
        assertThat(job().frames()).isEqualTo(300);
        assertThat(job().percent()).isEqualTo(33.7);
        assertThat(job().etaSeconds()).isEqualTo(2);
    }

    @Test
    void aJobThatBeginsOrEndsBetweenTwoLooksIsSeenAtOnce() throws IOException {
        Batch batch = queue.add("talk", 1);
        statuses.look();
        runs.enter(batch.jobs().get(0), Phase.LOADING_MODEL);
        assertThat(job().state()).isEqualTo(JobState.RUNNING);

        queue.record("talk-01", JobState.FAILED);
        assertThat(job().state()).isEqualTo(JobState.FAILED);
        assertThat(job().error()).isEqualTo("no-face");
    }

    @Test
    void aJobThatWasPutBackIsQueuedWhateverItsLastProgressWas() throws IOException {
        Batch batch = queue.add("talk", 1);
        runs.enter(batch.jobs().get(0), Phase.DELIVERING);
        clock.step(Duration.ofSeconds(1));
        statuses.look();

        assertThat(job().state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void aBatchIsFinishedOnlyWhenItsDocumentsAreAway() throws IOException {
        queue.add("talk", 1);
        queue.run("talk-01");
        queue.record("talk-01", JobState.DONE);
        statuses.look();
        assertThat(job().state()).isEqualTo(JobState.DONE);
        assertThat(batch().state()).isEqualTo(JobState.RUNNING);

        queue.putAway("talk-01");
        statuses.look();
        assertThat(batch().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void aBatchIsWhatItsJobsAre() throws IOException {
        queue.add("talk", 3);
        queue.record("talk-01", JobState.DONE);
        queue.putAway("talk-01");
        statuses.look();
        assertThat(batch().state()).as("begun").isEqualTo(JobState.RUNNING);
        assertThat(batch().message()).isEqualTo("1 of 3 done, 2 queued");
        assertThat(summary().jobs()).containsExactly(entry(JobState.QUEUED, 2), entry(JobState.DONE, 1));

        queue.record("talk-02", JobState.CANCELLED);
        queue.record("talk-03", JobState.FAILED);
        queue.queued.clear();
        statuses.look();
        assertThat(batch().state()).isEqualTo(JobState.FAILED);
        assertThat(batch().message()).isEqualTo("1 of 3 done, 1 failed, 1 cancelled");

        queue.record("talk-03", JobState.DONE);
        assertThat(batch().state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void whatWaitsSaysWhy() throws IOException {
        queue.add("talk", 2);
        queue.beingChecked.add("talk");
        queue.checked.add("talk-01");
        queue.noCheck.put("talk", "the library is away");
        queue.obstacle = "disk-full: 12 MB free";
        statuses.look();

        assertThat(batch().message())
                .isEqualTo("0 of 2 done, 1 queued, 1 of 2 checked; validation is waiting: the library is away;"
                        + " the queue is waiting: disk-full: 12 MB free");
        assertThat(job().message()).isEqualTo("disk-full: 12 MB free");
        assertThat(statuses.checkProblems()).containsExactly("the library is away");
        assertThat(statuses.queue())
                .isEqualTo(new QueueStatus(QueueStatus.State.WAITING, "disk-full: 12 MB free", null, 2, 0, null, null));
    }

    @Test
    void jobsComeInTheOrderOfWorkAndBatchesInThatOfComing() throws IOException {
        queue.add("late", 1, clock.instant());
        queue.add("early", 2);
        queue.run("early-01");
        queue.queued.clear();
        queue.queued.add("early-02");
        queue.queued.add("late-01");
        drops.put(BatchStatus.ofDrop("drop", "drop.yaml", JobState.WAITING, "waiting", Instant.EPOCH.plusSeconds(9)));
        statuses.look();

        assertThat(statuses.jobs())
                .extracting(job -> job.status().job())
                .containsExactly("early-02", "late-01", "early-01");
        assertThat(statuses.batches()).extracting(BatchSummary::batch).containsExactly("early", "drop", "late");
        assertThat(statuses.queue()).isEqualTo(new QueueStatus(QueueStatus.State.OPEN, null, null, 2, 1, null, null));
    }

    @Test
    void aDropIsADropUntilItIsABatch() throws IOException {
        BatchStatus waiting = BatchStatus.ofDrop("talk", "talk.yaml", JobState.WAITING, "waiting", clock.instant());
        drops.put(waiting);
        assertThat(batch()).isEqualTo(waiting);
        assertThat(summary().jobs()).isEmpty();

        queue.add("talk", 1);
        statuses.look();
        assertThat(batch().state()).isEqualTo(JobState.QUEUED);
        assertThat(statuses.batches()).hasSize(1);
        assertThat(drops.all()).isEmpty();
    }

    @Test
    void whileTheQueueCannotBeReadWhatWasSeenLastHolds() throws IOException {
        queue.add("talk", 1);
        statuses.look();
        queue.unreadable = new IOException("work/queued is away");

        assertThatThrownBy(statuses::look).isSameAs(queue.unreadable);
        assertThat(job().state()).isEqualTo(JobState.QUEUED);
        assertThat(statuses.queue())
                .isEqualTo(new QueueStatus(QueueStatus.State.WAITING, null, "work/queued is away", 1, 0, null, null));

        queue.unreadable = null;
        statuses.look();
        assertThat(statuses.queue().state()).isEqualTo(QueueStatus.State.OPEN);
    }

    @Test
    void aClosedBatchIsSeenNoMoreAndOneThatCannotBeClosedIs() throws IOException {
        Batch batch = queue.add("talk", 1);
        queue.record("talk-01", JobState.DONE);
        queue.putAway("talk-01");
        statuses.look();
        queue.unclosable = new IOException("no room");
        assertThatThrownBy(() -> statuses.close(batch)).isSameAs(queue.unclosable);
        assertThat(batch().state()).isEqualTo(JobState.DONE);

        queue.unclosable = null;
        statuses.close(batch);
        assertThat(statuses.batch("talk")).isEmpty();
        assertThat(statuses.job("talk-01")).isEmpty();
        assertThat(statuses.batches()).isEmpty();
        statuses.look();
        assertThat(statuses.openBatchCount()).isZero();
    }

    private BatchStatus batch() {
        return statuses.batch("talk").orElseThrow();
    }

    private BatchSummary summary() {
        return statuses.summary("talk").orElseThrow();
    }

    private JobStatus job() {
        return statuses.job("talk-01").orElseThrow().status();
    }

    @Test
    void thePriorityOfAJobIsToldUntilItHasEnded() throws IOException {
        Batch batch = queue.add("talk", 2);
        queue.open.put("talk", batch.with(batch.jobs().get(1).withPriority(9)));
        statuses.look();
        assertThat(statuses.jobs()).extracting(OpenJob::priority).containsExactly(4, 9);
        queue.record("talk-02", JobState.DONE);
        assertThat(statuses.job("talk-02").orElseThrow().priority()).isNull();
    }
}
