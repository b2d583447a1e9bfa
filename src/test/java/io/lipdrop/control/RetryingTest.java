package io.lipdrop.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.delivery.InterruptedFailedJobs;
import io.lipdrop.history.History;
import io.lipdrop.history.HistoryPlace;
import io.lipdrop.home.FolderAccess;
import io.lipdrop.home.Folders;
import io.lipdrop.home.HomeDocuments;
import io.lipdrop.home.InboxSettings;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.Sources;
import io.lipdrop.intake.Nobody;
import io.lipdrop.intake.claim.BatchNames;
import io.lipdrop.intake.claim.StagedClaims;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failed job becomes a batch of its own, once, whenever the process is killed. */
class RetryingTest {
    @TempDir
    Path home;

    private HistoryPlace place;
    private Folders folders;
    private InterruptedFailedJobs failed;
    private OpenRetries open;
    private Retrying retrying;

    @BeforeEach
    void prepare() throws IOException {
        place = new HistoryPlace(home);
        folders = place.folders;
        Files.createDirectories(folders.inbox());
        Files.createDirectories(folders.staging());
        Files.createDirectories(folders.claimed());
        place.end("talk", 0, JobState.DONE, JobState.FAILED, JobState.CANCELLED);
        Path error = Files.createDirectories(folders.error().resolve("talk"));
        Files.writeString(error.resolve("voice.ogg"), "voice");
        report(2, "no-face");
        report(3, "cancelled");
        Files.writeString(error.resolve("talk.yaml"), """
                audio: voice.ogg
                videos:
                - file: teacher-2.mov
                  options: {label: true}
                - file: teacher-3.mov
                  options: {label: true}
                priority: 7
                options: {}
                """);
        start();
    }

    private void report(int number, String code) throws IOException {
        Path error = folders.error().resolve("talk");
        Files.writeString(error.resolve("teacher-%d.mov".formatted(number)), "video " + number);
        Files.writeString(
                error.resolve("teacher-%d.error.json".formatted(number)), """
                {"job": "talk-0%d", "video": "teacher-%d.mov", "code": "%s", "message": "", "hint": "", "stage": "sync", "attempts": 1,
                 "retry": {"audio": "voice.ogg", "videos": [{"file": "teacher-%d.mov", "options": {"label": true}}], "priority": 7,
                           "options": {}}}
                """.formatted(number, number, code, number));
    }

    /** A new process. */
    private void start() throws IOException {
        place.start();
        place.look();
        ResultFolders results = new ResultFolders(folders);
        failed = new InterruptedFailedJobs(folders, results);
        BatchNames names = new BatchNames(folders, results);
        Sources sources = new Sources(
                folders,
                () -> Duration.ZERO,
                new InboxSettings(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(30)));
        KnownJobs known = new KnownJobs(place.statuses, place.history);
        HomeDocuments documents = new HomeDocuments(folders);
        open = new OpenRetries(
                folders, failed, new StagedClaims(folders), sources, new Nobody(), place.history, documents);
        open.recover();
        retrying = new Retrying(known, failed, names, open, folders, new FolderAccess(), Clock.systemUTC());
    }

    @Test
    void takesItsFilesAndItsReportAndLeavesTheOthers() throws IOException {
        Retrying.Retry retry = retrying.job("talk-02", "api:anna");
        open.carryOn();

        assertThat(retry.answer()).isEqualTo(Answer.DONE);
        assertThat(retry.batch()).isEqualTo("talk-2");
        requireBatch("talk-2", "video 2");
        assertThat(namesIn(folders.error().resolve("talk")))
                .containsExactly("talk.yaml", "teacher-3.error.json", "teacher-3.mov", "voice.ogg");
        assertThat(folders.error().resolve("talk").resolve("talk.yaml"))
                .content()
                .contains("teacher-3.mov", "priority: 7")
                .doesNotContain("teacher-2.mov");
    }

    @Test
    void afterTheLastOneTheFolderIsGone() throws IOException {
        retrying.job("talk-02", "api:anna");
        retrying.job("talk-03", "api:anna");
        open.carryOn();

        requireBatch("talk-2", "video 2");
        requireBatch("talk-3", "video 3");
        assertThat(folders.error().resolve("talk")).doesNotExist();
    }

    @Test
    void isDoneOnce() throws IOException {
        retrying.job("talk-02", "api:anna");
        assertThat(retrying.job("talk-02", "api:anna").answer()).isEqualTo(Answer.ENDED);
        open.carryOn();
        assertThat(retrying.job("talk-02", "api:anna").answer()).isEqualTo(Answer.ENDED);
        start();
        assertThat(retrying.job("talk-02", "api:anna").answer()).isEqualTo(Answer.ENDED);
        assertThat(namesIn(folders.claimed())).containsExactly("talk-2.json");
    }

    @Test
    void onlyWhatFailedOrWasCancelledCanBeRetried() throws IOException {
        assertThat(retrying.job("talk-01", "mbean").answer()).isEqualTo(Answer.NOT_NOW);
        assertThat(retrying.job("nobody-01", "mbean").answer()).isEqualTo(Answer.UNKNOWN);
        Files.delete(folders.error().resolve("talk").resolve("teacher-3.mov"));
        assertThat(retrying.job("talk-03", "mbean").detail()).contains("teacher-3.mov is missing");
    }

    @Test
    void aLinkInTheErrorFolderIsNotFollowed() throws IOException {
        Path secret = Files.writeString(home.resolve("secret"), "of another user");
        Path video = folders.error().resolve("talk").resolve("teacher-2.mov");
        Files.delete(video);
        Files.createSymbolicLink(video, secret);
        assertThat(retrying.job("talk-02", "mbean").answer()).isEqualTo(Answer.NOT_NOW);
    }

    @Test
    void aReportThatNamesAFileElsewhereIsRefused() throws IOException {
        Path report = folders.error().resolve("talk").resolve("teacher-2.error.json");
        Files.writeString(report, Files.readString(report).replace("\"voice.ogg\"", "\"../../secret\""));
        assertThatThrownBy(() -> retrying.job("talk-02", "mbean")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void aKillAtAnyStepLosesAndDoublesNothing(int halves) throws IOException {
        retrying.job("talk-02", "api:anna");
        failed.killAfter(halves);
        assertThatThrownBy(open::carryOn).hasMessage("killed");
        start();
        open.carryOn();

        requireBatch("talk-2", "video 2");
        assertThat(namesIn(folders.claimed())).containsExactly("talk-2.json");
        assertThat(namesIn(folders.error().resolve("talk")))
                .containsExactly("talk.yaml", "teacher-3.error.json", "teacher-3.mov", "voice.ogg");
    }

    @Test
    void aKillAfterTheBatchWasHandedOverDoublesNothing() throws IOException {
        retrying.job("talk-02", "api:anna");
        byte[] plan = Files.readAllBytes(folders.retry("talk-2"));
        open.carryOn();
        Files.write(folders.retry("talk-2"), plan);
        byte[] claimed = Files.readAllBytes(folders.claimed("talk-2"));
        start();
        open.carryOn();

        assertThat(folders.retry("talk-2")).doesNotExist();
        assertThat(folders.claimed("talk-2")).hasBinaryContent(claimed);
    }

    @Test
    void oneThatCannotBeginLeavesItsBatchFree() throws IOException {
        Files.delete(folders.staging());
        Files.createFile(folders.staging()); // nothing can be begun there
        assertThatThrownBy(() -> retrying.job("talk-02", "api:anna")).isInstanceOf(IOException.class);

        place.history.hold("talk").orElseThrow().close();
        Files.delete(folders.staging());
        Files.createDirectory(folders.staging());
        assertThat(retrying.job("talk-02", "api:anna").batch()).isEqualTo("talk-2");
        assertThat(place.history.hold("talk")).isEmpty();
    }

    @Test
    void aFileThatIsRemovedMeanwhileEndsTheRetry() throws IOException {
        retrying.job("talk-02", "api:anna");
        Files.delete(folders.error().resolve("talk").resolve("teacher-2.mov"));
        open.carryOn();

        assertThat(folders.staging("talk-2")).doesNotExist();
        assertThat(folders.error().resolve("talk").resolve("voice.ogg")).exists();
        assertThat(folders.error().resolve("talk").resolve("teacher-2.error.json"))
                .exists();
    }

    @Test
    void aRetryThatCannotBeginKeepsNobodyFromDeletingTheBatch() throws IOException {
        Files.delete(folders.staging());
        Files.writeString(folders.staging(), "a file where the folder should be");
        assertThatThrownBy(() -> retrying.job("talk-02", "mbean")).isInstanceOf(IOException.class);
        Files.delete(folders.staging());
        Files.createDirectories(folders.staging());
        assertThat(place.history.delete("talk")).isEqualTo(History.Deletion.DELETED);
    }

    @Test
    void aBatchIsHeldUntilTheLastOfItsRetriesIsOver() throws IOException {
        assertThat(open.hold("talk")).as("one that is just beginning").isTrue();
        retrying.job("talk-02", "api:anna");
        open.carryOn();
        assertThat(place.history.delete("talk")).isEqualTo(History.Deletion.HELD);
        open.release("talk");
        assertThat(place.history.delete("talk")).isEqualTo(History.Deletion.DELETED);
    }

    private void requireBatch(String id, String content) throws IOException {
        Batch batch = new HomeDocuments(folders).read(folders.claimed(id), Batch.class);
        Job job = batch.jobs().get(0);
        assertThat(batch.jobs()).hasSize(1);
        assertThat(job.video()).hasContent(content);
        assertThat(job.audio()).hasContent("voice");
        assertThat(job.priority()).isEqualTo(7);
        assertThat(job.options().label()).isTrue();
        assertThat(folders.retry(id)).doesNotExist();
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
