package io.lipdrop.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.SteppedClock;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Failure;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.JobState;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.Options;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.Verdict;
import io.lipdrop.queue.folder.DeletedDocuments;
import io.lipdrop.queue.folder.FolderStores;
import io.lipdrop.queue.opening.Openings;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.component.file.GenericFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which video is checked next, and what a kill between any two steps, or a person in the folders, makes of it. */
class ClaimedBatchesTest {
    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock();
    private Folders folders;
    private Ledger ledger;
    private ClaimedBatches claims;
    private JobQueue queue;
    private QueueGate gate;
    private DeletedDocuments deleted;
    private JobStore store;
    private CancelledJobs cancelled;
    private Cancellation cancellation;
    private Queues.Running running;

    @BeforeEach
    void prepare() throws IOException {
        folders = new Folders(home, home, home, home, home, home, home.resolve("work"));
        for (Path folder : List.of(folders.claimed(), folders.queued(), folders.running(), folders.staging())) {
            Files.createDirectories(folder);
        }
        clock.step(Duration.ofDays(1));
        start();
    }

    @Test
    void theHighestPriorityIsNextThenTheFirstClaimedAfterEachVideo() throws IOException {
        claim("b-large", 3, 4, 2);
        claim("a-later", 1, 4, 3);
        assertThat(check()).isEqualTo("b-large-01");

        claim("urgent", 2, 9, 4);
        assertThat(check()).isEqualTo("urgent-01");
        assertThat(check()).isEqualTo("urgent-02");
        assertThat(check()).isEqualTo("b-large-02");
        assertThat(check()).isEqualTo("b-large-03");
        assertThat(check()).isEqualTo("a-later-01");
        assertThat(check()).isEqualTo("nothing");
        assertThat(folders.claimed()).isEmptyDirectory();
        assertThat(queue.waiting())
                .containsExactly("urgent-01", "urgent-02", "b-large-01", "b-large-02", "b-large-03", "a-later-01");
    }

    @Test
    void aBatchIsKnownFromItsClaimOnAndWhatIsUncheckedIsNotWithdrawn() throws IOException {
        Batch batch = claim("talk", 3, 4, 1);
        claims.look();
        assertThat(ledger.batches()).containsExactly(batch);
        check();

        assertThat(batch.jobs()).extracting(ledger::isChecked).containsExactly(true, false, false);
        assertThat(withdrawn()).isEmpty();
    }

    @Test
    void aDeletedDocumentIsAWithdrawalWhileOthersAreStillChecked() throws IOException {
        claim("talk", 3, 4, 1);
        check();
        Files.delete(documentOf("talk-01"));
        start();

        assertThat(withdrawn()).extracting(Job::id).containsExactly("talk-01");
        assertThat(check()).isEqualTo("talk-02");
        assertThat(queue.waiting()).containsExactly("talk-02");
    }

    @Test
    void aJobWhoseDocumentIsDeletedWhileItRunsIsCancelled() throws IOException {
        Job job = claim("talk", 1, 4, 1).jobs().get(0);
        check();
        Path queued = documentOf("talk-01");
        assertThat(gate.admit(Names.fileName(queued), () -> Optional.of(job))).isTrue();
        running.begin(job);
        Path document = Files.move(queued, folders.running().resolve(queued.getFileName()));
        assertThat(withdrawn()).isEmpty();
        assertThat(running.ended).isEmpty();

        Files.delete(document);
        assertThat(withdrawn()).as("its own thread reports it").isEmpty();
        assertThat(running.ended).containsOnlyKeys("talk-01");
        assertThat(running.ended.get("talk-01"))
                .isInstanceOfSatisfying(
                        Failure.class, why -> assertThat(why.by()).isEqualTo("document"));
        start();
        assertThat(ledger.cancelledBy(job)).as("after a restart").contains("document");
        assertThat(cancelled.find()).containsExactly(job);
    }

    @Test
    void aJobThatIsCancelledWhileItIsQueuedDoesNotStayInTheQueue() throws IOException {
        Job job = claim("talk", 1, 4, 1).jobs().get(0);
        claims.look();
        JobStore interrupted = (JobStore) Proxy.newProxyInstance(
                JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("add")) {
                        cancellation.cancel(job, "api:anna"); // just before its document is there
                        ledger.record(
                                job, new Outcome("talk-01", JobState.CANCELLED, null, "cancelled", "", Instant.EPOCH));
                    }
                    return method.invoke(store, arguments);
                });
        Queues.queue(interrupted, ledger, gate).add(new Verdict.Accepted(job));
        assertThat(queue.waiting()).isEmpty();
    }

    @Test
    void aDocumentThatNoWorkerHasGoesBack() throws IOException {
        Job job = claim("talk", 1, 4, 1).jobs().get(0);
        check();
        Path queued = documentOf("talk-01");
        String name = Names.fileName(queued);
        assertThat(gate.admit(name, () -> Optional.of(job))).isTrue();
        Files.move(queued, folders.running().resolve(name));
        assertThat(withdrawn()).isEmpty();
        assertThat(queue.running()).containsExactly("talk-01");

        gate.ended(name);
        assertThat(withdrawn()).isEmpty();
        assertThat(queue.running()).isEmpty();
        assertThat(queue.waiting()).containsExactly("talk-01");
    }

    @Test
    void aDocumentThatNoWorkerHasGoesAwayWhereItsJobHasEndedAndNowhereWhileTheQueueIsAway() throws IOException {
        List<Job> jobs = claim("talk", 2, 4, 1).jobs();
        check();
        check();
        for (String job : List.of("talk-01", "talk-02")) {
            Path queued = documentOf(job);
            Files.move(queued, folders.running().resolve(queued.getFileName()));
        }
        ledger.record(jobs.get(0), new Outcome("talk-01", JobState.DONE, "film.mp4", null, null, Instant.EPOCH));
        Path away = Files.move(folders.queued(), home.resolve("away"));

        assertThatThrownBy(this::withdrawn).isInstanceOf(IOException.class);
        assertThatThrownBy(this::withdrawn).isInstanceOf(IOException.class);
        assertThat(folders.queued()).doesNotExist();
        Files.move(away, folders.queued());

        assertThat(withdrawn()).isEmpty();
        assertThat(queue.running()).isEmpty();
        assertThat(queue.waiting()).containsExactly("talk-02");
    }

    @Test
    void whatIsCancelledByItsIdStaysSoWhereverItIs() throws IOException {
        List<Job> jobs = claim("talk", 3, 4, 1).jobs();
        check();
        assertThat(cancellation.cancel("talk-01", "api:anna")).isEqualTo(Cancellation.Answer.ACCEPTED);
        assertThat(queue.waiting()).isEmpty();
        assertThat(cancellation.cancel("talk-02", "mbean"))
                .as("not checked yet")
                .isEqualTo(Cancellation.Answer.ACCEPTED);
        assertThat(cancellation.cancel("talk-09", "mbean")).isEqualTo(Cancellation.Answer.UNKNOWN);
        start();

        assertThat(check()).isEqualTo("talk-03");
        assertThat(queue.waiting()).containsExactly("talk-03");
        assertThat(cancelled.find()).containsExactly(jobs.get(0), jobs.get(1));
        assertThat(ledger.cancelledBy(jobs.get(0))).contains("api:anna");
        ledger.record(jobs.get(0), new Outcome("talk-01", JobState.CANCELLED, null, "cancelled", "so", Instant.EPOCH));
        assertThat(cancelled.find()).containsExactly(jobs.get(1));
        assertThat(cancellation.cancel("talk-01", "mbean")).isEqualTo(Cancellation.Answer.ENDED);
    }

    @Test
    void whoeverDeletesTheClaimCancelsWhatWasNotChecked() throws IOException {
        claim("talk", 3, 4, 1);
        check();
        Files.delete(folders.claimed("talk"));

        assertThat(withdrawn()).extracting(Job::id).containsExactly("talk-02", "talk-03");
        assertThat(check()).isEqualTo("nothing");
    }

    /** Documents and marks are all that a new process knows. */
    @Test
    void aKillBetweenAnyTwoStepsNeitherLosesNorDoublesAJob() throws IOException {
        Batch batch = claim("talk", 2, 4, 1);
        claims.look();
        start(); // right after the record
        assertThat(withdrawn()).isEmpty();

        check();
        Files.delete(folders.accepted("talk").resolve("talk-01"));
        start(); // after the document, before the mark
        assertThat(next()).isEqualTo("talk-02");
        Path renamed = Files.move(documentOf("talk-01"), folders.queued().resolve("0-first.json"));
        start(); // the same, under the name that a person gave it
        assertThat(next()).isEqualTo("talk-02");
        assertThat(queue.waiting()).containsExactly("talk-01");

        Files.delete(folders.accepted("talk").resolve("talk-01"));
        Files.move(renamed, folders.running().resolve("0-first.json"));
        start(); // the same, and it ran already
        assertThat(next()).isEqualTo("talk-02");
        assertThat(queue.waiting()).containsExactly("talk-01");

        Job second = batch.jobs().get(1);
        ledger.record(second, new Outcome("talk-02", JobState.FAILED, null, "no-face", "none", Instant.EPOCH));
        start(); // after the report of the last one, before the claim was deleted
        assertThat(folders.claimed()).isEmptyDirectory();
        queue.add(new Verdict.Accepted(second));
        assertThat(queue.waiting()).containsExactly("talk-01");
        assertThat(withdrawn()).isEmpty();
    }

    @Test
    void aClaimThatIsWrittenOnceMoreChangesNothing() throws IOException {
        Batch batch = claim("talk", 2, 4, 1);
        check();
        check();
        Files.delete(documentOf("talk-02"));
        Documents.write(folders.claimed("talk"), batch);

        assertThat(check()).isEqualTo("nothing");
        assertThat(folders.claimed()).isEmptyDirectory();
        assertThat(withdrawn()).extracting(Job::id).containsExactly("talk-02");
    }

    @Test
    void whatCannotBeCheckedLetsOthersGoFirstAndIsTriedAfterAPauseThatGrows() throws IOException {
        claim("first", 2, 4, 1);
        claim("second", 1, 4, 2);
        fail("ffprobe cannot be started");
        assertThat(claims.reasons()).containsExactly("validation of first is waiting: ffprobe cannot be started");
        assertThat(claims.reason("first")).contains("ffprobe cannot be started");

        assertThat(check()).isEqualTo("second-01");
        assertThat(next()).isEqualTo("nothing");
        clock.step(Duration.ofSeconds(1));
        assertThat(next()).isEqualTo("first-02");
        fail("ffprobe cannot be started");
        clock.step(Duration.ofMillis(1999));
        assertThat(next()).isEqualTo("nothing");
        clock.step(Duration.ofMillis(1));
        assertThat(check()).isEqualTo("first-01");
        assertThat(claims.reasons()).isEmpty();
        assertThat(check()).isEqualTo("first-02");
    }

    @Test
    void aJobWhoseSourcesHaveChangedIsCheckedAgainAndQueuedOnce() throws IOException {
        Batch batch = claim("talk", 3, 4, 1);
        for (Job job : batch.jobs()) {
            assertThat(check()).isEqualTo(job.id());
        }
        Path document = Objects.requireNonNull(documentOf("talk-02"));
        Files.move(document, Files.createDirectories(folders.running()).resolve(document.getFileName()));
        claims.checkAgain(batch.jobs().get(1));
        store.end(batch.jobs().get(1));

        assertThat(withdrawn()).isEmpty();
        start();
        assertThat(withdrawn()).isEmpty();
        assertThat(check()).isEqualTo("talk-02");
        assertThat(check()).isEqualTo("nothing");
        assertThat(queue.waiting()).containsExactly("talk-01", "talk-02", "talk-03");
        assertThat(folders.claimed()).isEmptyDirectory();
    }

    @Test
    void aClaimThatCannotBeReadIsPutAsideAndMadeAnewFromItsRecord() throws IOException {
        claim("known", 2, 4, 1);
        check();
        Files.writeString(folders.claimed("known"), "{\"id\":");
        Files.writeString(folders.claimed("unknown"), "");
        start();

        assertThat(check()).isEqualTo("known-02");
        assertThat(folders.aside()).isDirectoryContaining("glob:**/known.json");
        assertThat(folders.aside()).isDirectoryContaining("glob:**/unknown.json");
        assertThat(folders.claimed()).isEmptyDirectory();
    }

    @Test
    void noDocumentStopsAStart() throws IOException {
        Batch batch = claim("talk", 2, 4, 1);
        check();
        check();
        ledger.record(batch.jobs().get(0), new Outcome("talk-01", JobState.DONE, "a.mp4", null, null, Instant.EPOCH));
        Files.delete(documentOf("talk-01"));
        for (String damage : List.of("", "\0\0\0\0", "[]", "null", "{}", "{\"id\": 7", "{\"jobs\": {}}")) {
            Files.writeString(folders.outcomes("talk").resolve("talk-01.json"), damage);
            Files.writeString(folders.running().resolve("4-notes.json"), damage);
            Files.writeString(Files.createDirectories(folders.staging("other")).resolve("batch.json"), damage);
            Files.writeString(folders.claimed().resolve("other.json"), damage);
            start();
            assertThat(queue.waiting()).as(damage).containsExactly("talk-01", "talk-02");
            assertThat(folders.running()).isEmptyDirectory();
        }
    }

    /** It kept the user's manifest where our record belongs, under the user's name. */
    @Test
    void aManifestCalledLikeOurRecordIsNone() throws IOException {
        Path manifest = Files.createDirectories(folders.staging("batch")).resolve("batch.json");
        Files.writeString(manifest, "{\"audio\": \"a.ogg\", \"video\": \"a.mp4\"}");
        claim("batch", 2, 4, 1);
        start();
        check();
        start();

        assertThat(check()).isEqualTo("batch-02");
        assertThat(withdrawn()).isEmpty();
        assertThat(folders.staging("batch").resolve("manifest/batch.json"))
                .hasContent("{\"audio\": \"a.ogg\", \"video\": \"a.mp4\"}");
    }

    /** It wrote all documents into a folder of the batch and moved them from there. */
    @Test
    void aBatchThatAnEarlierVersionWasQueueingGoesOn() throws IOException {
        Batch batch = claim("talk", 3, 4, 1);
        Path pending = Files.createDirectories(folders.staging("talk").resolve("pending"));
        Documents.write(folders.staging("talk").resolve("batch.json"), batch);
        Job first = batch.jobs().get(0);
        Job second = batch.jobs().get(1);
        Documents.write(folders.queued().resolve(FolderStores.documentOf(first)), first);
        Documents.write(pending.resolve(FolderStores.documentOf(second)), second);
        start();

        assertThat(queue.waiting()).containsExactly("talk-01", "talk-02");
        assertThat(pending).doesNotExist();
        assertThat(check()).isEqualTo("talk-03");
        assertThat(queue.waiting()).hasSize(3);
    }

    @Test
    void aBatchThatAnEarlierVersionHadQueuedIsNotCheckedAgain() throws IOException {
        Batch batch = claim("talk", 2, 4, 1);
        Documents.write(folders.staging("talk").resolve("batch.json"), batch);
        Files.delete(folders.claimed("talk"));
        Job first = batch.jobs().get(0);
        Documents.write(folders.queued().resolve(FolderStores.documentOf(first)), first);
        start();

        assertThat(check()).isEqualTo("nothing");
        assertThat(withdrawn()).extracting(Job::id).containsExactly("talk-02");
    }

    /** A new process. */
    private void start() throws IOException {
        Records records = Queues.records(folders);
        store = FolderStores.store(folders);
        ledger = Queues.ledger(folders);
        claims = new ClaimedBatches(folders, records, ledger, clock);
        gate = new QueueGate(folders, new ResultFolders(folders), Openings.always(folders), clock, folder -> 1L << 40);
        queue = new JobQueue(store, ledger, gate);
        running = new Queues.Running();
        cancellation = new Cancellation(folders, ledger, store, running);
        deleted = FolderStores.deleted(folders, ledger, store, gate, cancellation);
        cancelled = new CancelledJobs(folders, ledger, store, gate);
        ledger.recover();
        claims.recover();
        queue.recover();
    }

    private Path documentOf(String job) throws IOException {
        for (Path document : Records.documentsIn(folders.queued())) {
            if (Documents.read(document, Job.class).id().equals(job)) {
                return document;
            }
        }
        throw new AssertionError(job + " does not wait");
    }

    private List<Job> withdrawn() throws IOException {
        deleted.cancelTheirJobs();
        deleted.cancelTheirJobs();
        return cancelled.find();
    }

    /** Checks the next video as the route does, and accepts it. */
    private String check() throws IOException {
        File document = nextDocument();
        if (document == null) {
            return "nothing";
        }
        Job job = claims.next(document);
        queue.add(new Verdict.Accepted(job));
        claims.checked(job);
        return job.id();
    }

    private void fail(String why) throws IOException {
        File document = Objects.requireNonNull(nextDocument());
        claims.pause(document.getName(), claims.next(document), new MachineUnfit(why));
    }

    private String next() throws IOException {
        File document = nextDocument();
        return document == null ? "nothing" : claims.next(document).id();
    }

    private @Nullable File nextDocument() throws IOException {
        try (Stream<Path> documents = Files.list(folders.claimed())) {
            return documents
                    .map(ClaimedBatchesTest::file)
                    .filter(claims::accept)
                    .sorted(claims)
                    .map(GenericFile::getFile)
                    .findFirst()
                    .orElse(null);
        }
    }

    @Test
    void whatValidationSawOutlivesTheProcess() throws IOException {
        Batch batch = claim("talk", 2, 4, 1);
        claims.look();
        Preflight seen = new Preflight(640, 360, false, 10, 0.9, 120, 12, 2.5, 62L, 1_000_000L, null, null);
        Job job = batch.jobs().get(0);
        ledger.accept(job.seen(seen));
        assertThat(ledger.preflight(job)).contains(seen);
        assertThat(ledger.preflight(batch.jobs().get(1))).isEmpty();

        Ledger restarted = Queues.ledger(folders);
        restarted.recover();
        assertThat(restarted.preflight(job)).contains(seen);

        // Marks of earlier versions are empty; one that is damaged says no less.
        for (String mark : new String[] {"", "{", "{}"}) {
            Files.writeString(folders.accepted("talk").resolve(job.id()), mark);
            Ledger again = Queues.ledger(folders);
            again.recover();
            assertThat(again.isAccepted(job)).isTrue();
            assertThat(again.preflight(job)).isEmpty();
        }
    }

    private static GenericFile<File> file(Path path) {
        GenericFile<File> file = new GenericFile<>();
        file.setFile(path.toFile());
        file.setFileNameOnly(path.toFile().getName());
        return file;
    }

    /** As intake hands a batch over. */
    private Batch claim(String id, int videos, int priority, int second) throws IOException {
        Instant at = Instant.EPOCH.plusSeconds(second);
        Path film = folders.media(id).resolve("film.mp4");
        List<Job> jobs = new ArrayList<>();
        for (int number = 1; number <= videos; number++) {
            String job = "%s-%02d".formatted(id, number);
            jobs.add(new Job(job, id, job, "a.ogg", film, "film.mp4", film, Options.DEFAULTS, priority, number, 0, at));
        }
        Batch batch = new Batch(id, id + ".yaml", jobs, at);
        Documents.write(folders.claimed(id), batch);
        return batch;
    }
}
