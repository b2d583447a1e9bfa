package io.lipdrop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.lipdrop.SteppedClock;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Folders;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.TestHome;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Options;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.RefusedDrop;
import io.lipdrop.job.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in {@code error/<batch>/}: the sources, the reason, and a manifest for another try. */
class ErrorReportsTest {
    private final Failure noFace = new Failure(FailureCode.NO_FACE, "No face was found in face.mp4.");

    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-11-29T10:00:00Z"));
    private final Records records = new Records();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Folders folders;
    private ErrorReports reports;

    @BeforeEach
    void prepare() throws IOException {
        folders = TestHome.in(home);
        for (Path folder :
                List.of(folders.inbox(), folders.outbox(), folders.error(), folders.library(), folders.media("talk"))) {
            Files.createDirectories(folder);
        }
        reports = new ErrorReports(folders, new ResultFolders(folders), records, records, clock);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private Outcome endOf(Job job) {
        return Objects.requireNonNull(records.ended.get(job));
    }

    @Test
    void aRejectedVideoLiesBesideItsReportWithItsVoiceAndAManifest() throws IOException {
        Job job = job(1, "face");

        reports.reject(new Verdict.Rejected(job, noFace));

        assertThat(namesIn(error())).containsExactly("face.error.json", "face.mp4", "talk.yaml", "voice.ogg");
        assertThat(error().resolve("face.mp4")).hasContent("video of face");
        JsonNode report = json("face.error.json");
        assertThat(report.path("code").asText()).isEqualTo("no-face");
        assertThat(report.path("message").asText()).isEqualTo("No face was found in face.mp4.");
        assertThat(report.path("hint").asText()).isEqualTo(FailureCode.NO_FACE.hint());
        assertThat(report.path("stage").asText()).isEqualTo("validation");
        assertThat(report.path("attempts").asInt(-1)).isZero();
        assertThat(report.path("at").asText()).isEqualTo("2026-11-29T10:00:00Z");
        assertThat(endOf(job).state()).isEqualTo(JobState.FAILED);
        assertThat(endOf(job).code()).isEqualTo("no-face");
    }

    @Test
    void anAcceptedVideoHasNoReport() throws IOException {
        reports.reject(new Verdict.Accepted(job(1, "face")));

        assertThat(error()).doesNotExist();
        assertThat(records.ended).isEmpty();
    }

    @Test
    void theManifestForAnotherTryNamesWhatFailedAndStillLiesThere() throws IOException {
        reports.reject(new Verdict.Rejected(job(1, "first"), noFace));
        reports.reject(new Verdict.Rejected(job(2, "second"), noFace));
        assertThat(videosOfTheManifest()).containsExactly("first.mp4", "second.mp4");

        Files.delete(error().resolve("first.error.json")); // as when it was dropped back
        reports.reject(new Verdict.Rejected(job(3, "third"), noFace));

        assertThat(videosOfTheManifest()).containsExactly("second.mp4", "third.mp4");
    }

    @Test
    void aFailedJobLeavesNothingOfItsRendering() throws IOException {
        Job job = job(1, "face");
        Path segment = Files.createDirectories(folders.rendering(job)).resolve("segment-00000.nut");
        Files.writeString(segment, "half of it");

        reports.fail(job, new Failure(FailureCode.OUT_OF_MEMORY, "It is too large.").at(25, 1.0), "sync");

        JsonNode report = json("face.error.json");
        assertThat(report.path("code").asText()).isEqualTo("out-of-memory");
        assertThat(report.path("attempts").asInt()).isEqualTo(1);
        assertThat(report.path("frame").asInt()).isEqualTo(25);
        assertThat(report.path("seconds").asDouble()).isEqualTo(1);
        assertThat(folders.rendering(job)).doesNotExist();
    }

    @Test
    void anErrorThatNobodyForesawIsReportedAsOne() throws IOException {
        reports.fail(job(1, "face"), new IllegalStateException("that cannot be"), "delivery");

        JsonNode report = json("face.error.json");
        assertThat(report.path("code").asText()).isEqualTo("worker-crashed");
        assertThat(report.path("message").asText()).contains("face.mp4", "that cannot be");
        assertThat(report.path("stage").asText()).isEqualTo("delivery");
    }

    @Test
    void theRoutesOfFurtherWorkersAreTheQueue() throws IOException {
        reports.fail(job(1, "face"), noFace, "queue-2");

        assertThat(json("face.error.json").path("stage").asText()).isEqualTo("queue");
    }

    @Test
    void aCancelledJobIsRecordedAsCancelled() throws IOException {
        Job job = job(1, "face");

        reports.cancel(List.of(job));
        assertThat(error()).as("nobody has asked for it").doesNotExist();
        records.cancelled.put(job, "the operator");
        reports.cancel(List.of(job));

        assertThat(json("face.error.json").path("code").asText()).isEqualTo("cancelled");
        assertThat(json("face.error.json").path("message").asText()).contains("face.mp4", "the operator");
        assertThat(endOf(job).state()).isEqualTo(JobState.CANCELLED);
    }

    /** As with an error folder on a share: the copy is cut, and the job is reported as cancelled by whoever reports those. */
    @Test
    void aCopyToAnotherFileSystemIsCutWhenTheJobIsCancelled() throws IOException {
        reportToAnotherFileSystem();
        try {
            Job job = job(1, "face");
            Files.write(job.video(), new byte[16 << 20]);
            records.cancelled.put(job, "mbean");
            records.looksBefore = 3; // the first is before the copy, the others are steps of it

            reports.fail(job, noFace, "sync");

            assertThat(records.looksBefore).as("it was being copied").isZero();
            assertThat(error()).as("nothing half-copied").isEmptyDirectory();
            assertThat(records.ended).isEmpty();
            assertThat(job.video()).hasSize(16 << 20);

            reports.cancel(List.of(job));

            assertThat(json("face.error.json").path("code").asText()).isEqualTo("cancelled");
            assertThat(error().resolve("face.mp4")).hasSize(16 << 20);
        } finally {
            DurableFiles.deleteTree(folders.error());
        }
    }

    /** A worker's thread that copies a large video to a slow share. */
    @Test
    void nobodyWaitsForACopy() throws Exception {
        reportToAnotherFileSystem();
        try {
            Job slow = job(1, "slow");
            Files.write(slow.video(), new byte[16 << 20]);
            records.slow = slow;
            Future<?> copy = threads.submit(() -> fail(slow));
            records.isCopying.await();

            Job sameBatch = job(2, "face");
            Job other = otherJob();
            threads.submit(() -> fail(sameBatch)).get(5, TimeUnit.SECONDS);
            threads.submit(() -> fail(other)).get(5, TimeUnit.SECONDS);
            assertThat(records.ended.keySet()).extracting(Job::id).containsExactly("talk-02", "more-01");
            assertThat(copy).isNotDone();

            Files.delete(error().resolve("face.mp4")); // as a retry takes it
            FailedJobs failed = new FailedJobs(reports, folders, new ResultFolders(folders));
            failed.remove(
                    "talk",
                    "face.error.json",
                    failed.manifestOf("talk", "face.error.json", "face.mp4").orElseThrow());
            records.mayCopy.countDown();
            copy.get(5, TimeUnit.SECONDS);

            assertThat(records.ended.keySet()).extracting(Job::id).contains("talk-01");
            assertThat(namesIn(error())).as("the voice, too").contains("slow.error.json", "slow.mp4", "voice.ogg");
            assertThat(videosOfTheManifest()).containsExactly("slow.mp4");
        } finally {
            records.mayCopy.countDown();
            DurableFiles.deleteTree(folders.error());
        }
    }

    private void fail(Job job) {
        try {
            reports.fail(job, noFace, "sync");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reportToAnotherFileSystem() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory), "there is no other file system");
        assumeTrue(!Files.getFileStore(memory).equals(Files.getFileStore(home)), "there is no other file system");
        Path elsewhere = Files.createTempDirectory(memory, "lipdrop-");
        folders = new Folders(
                home,
                folders.inbox(),
                folders.outbox(),
                elsewhere,
                folders.models(),
                folders.library(),
                folders.work());
        reports = new ErrorReports(folders, new ResultFolders(folders), records, records, clock);
    }

    private Job otherJob() throws IOException {
        return new Job(
                "more-01",
                "more",
                "more",
                "voice.ogg",
                job(3, "face").audio(),
                "more.mp4",
                job(3, "face").video(),
                Options.DEFAULTS,
                5,
                1,
                0,
                Instant.EPOCH);
    }

    @Test
    void aBatchThatCannotBeReportedNowHoldsUpNoOther() throws IOException {
        Job other = otherJob();
        Job job = job(2, "face");
        records.cancelled.put(other, "the operator");
        records.cancelled.put(job, "the operator");
        Files.writeString(folders.error().resolve("more"), "a file where the folder should be");

        assertThatThrownBy(() -> reports.cancel(List.of(other, job))).isInstanceOf(IOException.class);
        assertThat(endOf(job).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void whatIsInTheLibraryStaysThereAndIsNamed() throws IOException {
        Path presenter = Files.writeString(folders.library().resolve("presenter.mp4"), "video");
        Job job = job(1, "presenter", "library/presenter.mp4", presenter);

        reports.reject(new Verdict.Rejected(job, noFace));

        assertThat(namesIn(error())).containsExactly("presenter.error.json", "talk.yaml", "voice.ogg");
        assertThat(videosOfTheManifest()).containsExactly("library/presenter.mp4");
        assertThat(presenter).exists();
    }

    @Test
    void aManifestSaysWhatCouldNotBeBrought() throws IOException {
        Job job = job(1, "face");
        Files.delete(job.video());

        reports.reject(new Verdict.Rejected(job, noFace));

        assertThat(Files.readAllLines(error().resolve("talk.yaml")).get(0))
                .startsWith("# ")
                .contains("face.mp4")
                .doesNotContain("voice.ogg");
        assertThat(videosOfTheManifest()).containsExactly("face.mp4");
    }

    @Test
    void nothingIsSaidOfAJobWhileWorkIsAway() throws IOException {
        Job job = job(1, "face");
        Files.move(folders.staging(), home.resolve("away"));

        assertThatThrownBy(() -> reports.fail(job, noFace, "sync")).isInstanceOf(IOException.class);

        assertThat(error()).doesNotExist();
        assertThat(records.ended).isEmpty();
    }

    @Test
    void aRefusedDropGoesToErrorAsItLiesInTheInbox() throws IOException {
        Path folder = Files.createDirectories(folders.inbox().resolve("lesson"));
        Path manifest = Files.writeString(folder.resolve("talk.yaml"), "colour: red");
        Path voice = Files.writeString(folder.resolve("voice.ogg"), "voice");
        Path shared = Files.writeString(folder.resolve("face.mp4"), "video");
        Failure failure = new Failure(FailureCode.MANIFEST_INVALID, "talk.yaml, line 1: colour is no key.");

        reports.refuse(new RefusedDrop(
                "talk",
                "lesson/talk.yaml",
                manifest,
                List.of(
                        new RefusedDrop.Media(voice, "voice.ogg", false),
                        new RefusedDrop.Media(shared, "face.mp4", true)),
                failure));

        assertThat(namesIn(error())).containsExactly("face.mp4", "talk.error.json", "talk.yaml", "voice.ogg");
        assertThat(namesIn(folder)).containsExactly("face.mp4");
        assertThat(json("talk.error.json").path("stage").asText()).isEqualTo("intake");
        assertThat(records.refused).containsExactly("talk, lesson/talk.yaml: manifest-invalid");
    }

    private Path error() {
        return folders.error().resolve("talk");
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(error().resolve(name).toFile());
    }

    private List<String> videosOfTheManifest() throws IOException {
        JsonNode manifest =
                new YAMLMapper().readTree(error().resolve("talk.yaml").toFile());
        return manifest.path("videos").findValuesAsText("file");
    }

    private Job job(int number, String stem) throws IOException {
        Path video = Files.writeString(folders.media("talk").resolve(stem + ".mp4"), "video of " + stem);
        return job(number, stem, stem + ".mp4", video);
    }

    private Job job(int number, String stem, String name, Path video) throws IOException {
        Path voice = Files.writeString(folders.media("talk").resolve("voice.ogg"), "voice");
        String id = "talk-%02d".formatted(number);
        return new Job(
                id, "talk", stem, "voice.ogg", voice, name, video, Options.DEFAULTS, 5, number, 0, Instant.EPOCH);
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
