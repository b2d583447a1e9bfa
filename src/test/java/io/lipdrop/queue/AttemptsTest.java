package io.lipdrop.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.InboxSettings;
import io.lipdrop.home.Rendered;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.Sources;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.Options;
import io.lipdrop.job.SourceChanged;
import io.lipdrop.queue.folder.FolderStores;
import io.lipdrop.queue.opening.Openings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a job that stopped. */
class AttemptsTest {
    @TempDir
    Path home;

    private Folders folders;
    private Job job;
    private Attempts attempts;
    private QueueGate gate;
    private ClaimedBatches claims;
    private Ledger ledger;
    private Sources sources;

    @BeforeEach
    void prepare() throws IOException {
        folders = new Folders(home, home, home, home, home, home, home.resolve("work"));
        Files.createDirectories(folders.queued());
        Files.createDirectories(folders.running());
        Files.createDirectories(folders.staging());
        Path film = home.resolve("film.mp4");
        job = new Job(
                "talk-01",
                "talk",
                "film",
                "film.mp4",
                film,
                "film.mp4",
                film,
                Options.DEFAULTS,
                4,
                1,
                1,
                Instant.EPOCH);
        Records records = Queues.records(folders);
        ledger = Queues.ledger(folders);
        gate = new QueueGate(
                folders,
                new ResultFolders(folders),
                Openings.always(folders),
                () -> Duration.ofDays(1),
                folder -> 1L << 40);
        claims = new ClaimedBatches(folders, records, ledger, () -> Duration.ofDays(1));
        sources = new Sources(
                folders,
                () -> Duration.ofDays(1),
                new InboxSettings(Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO));
        attempts = new Attempts(folders, FolderStores.store(folders), ledger, gate, claims, sources);
        run();
    }

    private void run() throws IOException {
        Documents.write(folders.running().resolve(FolderStores.documentOf(job)), job);
    }

    @Test
    void isCancelledWhereItsDocumentWasDeletedJustBefore() throws IOException {
        accepted();
        Files.delete(folders.running().resolve(FolderStores.documentOf(job)));

        assertThat(attempts.settle(job, new MachineUnfit("ffmpeg cannot be started"), camel(false)))
                .isTrue();
        assertThat(folders.queued()).isEmptyDirectory();
        assertThat(ledger.cancelledBy(job)).contains("document");
    }

    @Test
    void whatIsInTheOutboxIsOnlyToBeRecordedAlsoWhereItWasCancelled() throws IOException {
        accepted();
        Files.createDirectories(folders.rendering(job));
        Files.writeString(folders.rendering(job).resolve("sidecar.json"), "{}");
        ledger.cancel(job, "mbean");

        attempts.check(job);
        assertThat(new Cancellation(folders, ledger, FolderStores.store(folders), new Queues.Running())
                        .cancel(job, "mbean"))
                .isFalse();
        assertThat(new CancelledJobs(folders, ledger, FolderStores.store(folders), gate).find())
                .isEmpty();
    }

    @Test
    void aMarkOfALongNameIsReadAfterARestart() throws IOException {
        accepted();
        String longName = "x".repeat(180);
        Job other = new Job(
                longName + "-01",
                longName,
                "film",
                "film.mp4",
                job.audio(),
                "film.mp4",
                job.video(),
                job.options(),
                4,
                1,
                0,
                Instant.EPOCH);
        ledger.open(new Batch(longName, "talk.yaml", List.of(other), Instant.EPOCH));
        ledger.cancel(other, "mbean");

        Ledger restarted = Queues.ledger(folders);
        restarted.recover();

        assertThat(restarted.cancelledBy(other)).contains("mbean");
    }

    @Test
    void losesAnAttemptByWhatNobodyForesaw() throws IOException {
        assertThat(attempts.settle(job, new IllegalStateException("what?"), camel(false)))
                .isFalse();
        assertThat(queued().attempts()).isEqualTo(2);
    }

    @Test
    void isCheckedAgainWhenAFileHasGrownMeanwhile() throws IOException {
        accepted();
        attempts.check(job);
        Files.writeString(job.video(), "half a film, and the rest");
        Failure half = new Failure(FailureCode.MEDIA_DAMAGED, "film.mp4 is damaged.");

        assertThat(attempts.settle(job, half, camel(false))).isFalse();
        assertThat(folders.queued()).isEmptyDirectory();
        assertThat(folders.claimed("talk")).exists();
        assertThat(claims.next(folders.claimed("talk").toFile()).id()).isEqualTo(job.id());
    }

    @Test
    void doesNotBeginWithAnotherFileThanWasChecked() throws IOException {
        accepted();
        attempts.check(job);
        Files.writeString(job.video(), "half a film, and the rest");
        assertThatThrownBy(() -> attempts.check(job)).isInstanceOf(SourceChanged.class);
        SourceChanged changed = catchThrowableOfType(SourceChanged.class, () -> attempts.check(job));
        assertThat(attempts.settle(job, changed, camel(false))).isFalse();
        assertThat(folders.claimed("talk")).exists();
    }

    @Test
    void losesNoneWhileLipdropStops() throws IOException {
        assertThat(attempts.settle(job, new IllegalStateException("Shutdown in progress"), camel(true)))
                .isFalse();
        assertThat(queued().attempts()).isEqualTo(1);
    }

    @Test
    void isGivenUpForItsOwnFailureWhileLipdropStops() throws IOException {
        Failure failure = new Failure(FailureCode.NO_FACE, "No face found in film.mp4.");
        assertThat(attempts.settle(job, failure, camel(true))).isTrue();
        assertThat(folders.queued()).isEmptyDirectory();
    }

    @Test
    void losesNoneByWhatTheMachineLacks() throws IOException {
        List<Throwable> errors = List.of(
                new OutOfMemoryError(
                        "unable to create native thread: possibly out of memory or process/resource limits"),
                new NoClassDefFoundError("Could not initialize class org.bytedeco.javacpp.Loader"),
                new Failure(FailureCode.DISK_FULL, "No room."),
                new MachineUnfit("ffmpeg cannot be started"));
        for (Throwable error : errors) {
            run();
            Exception met = new CamelExecutionException("Exception occurred", new DefaultExchange(camel(false)), error);
            assertThat(attempts.settle(job, met, camel(false))).as("%s", error).isFalse();
            assertThat(queued().attempts()).as("%s", error).isEqualTo(1);
            assertThat(gate.reason()).isNotBlank().doesNotContain("Exchange", "camel");
        }
    }

    @Test
    void losesNoneWhileWorkIsAway() throws IOException {
        Files.delete(folders.staging());
        Failure failure = new Failure(FailureCode.MEDIA_MISSING, "film.mp4 no longer exists.");
        assertThatThrownBy(() -> attempts.settle(job, failure, camel(false)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not available");
        assertThat(gate.reason()).contains("is not available");
    }

    @Test
    void isGivenUpAfterThreeUnlessItIsFinishedAndOnlyToBeDelivered() throws IOException {
        Job crashed = job.withAttempts(Job.MAX_ATTEMPTS);
        assertThatThrownBy(() -> attempts.check(crashed))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.WORKER_CRASHED));

        Rendered rendered = Rendered.of(job, folders);
        Files.createDirectories(folders.rendering(job));
        Files.writeString(rendered.sidecar(), "{}");
        attempts.check(crashed);
    }

    private void accepted() throws IOException {
        Files.writeString(job.video(), "half a film");
        Documents.write(folders.claimed("talk"), new Batch("talk", "talk.yaml", List.of(job), Instant.EPOCH));
        claims.look();
        ledger.accept(job);
        claims.look();
        sources.requireRest(job);
    }

    private Job queued() throws IOException {
        return Documents.read(folders.queued().resolve(FolderStores.documentOf(job)), Job.class);
    }

    private static DefaultCamelContext camel(boolean isStopping) {
        return new DefaultCamelContext() {
            @Override
            public boolean isStopping() {
                return isStopping;
            }
        };
    }
}
