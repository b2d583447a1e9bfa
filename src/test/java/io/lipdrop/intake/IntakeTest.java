package io.lipdrop.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lipdrop.SteppedClock;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.FolderAccess;
import io.lipdrop.home.Folders;
import io.lipdrop.home.HomeDocuments;
import io.lipdrop.home.InboxSettings;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.Sources;
import io.lipdrop.intake.SettledDrop.Verdict;
import io.lipdrop.intake.claim.BatchNames;
import io.lipdrop.intake.claim.Claim;
import io.lipdrop.intake.claim.Handover;
import io.lipdrop.intake.claim.StagedClaims;
import io.lipdrop.intake.drop.Drop;
import io.lipdrop.intake.posted.PostedBatches;
import io.lipdrop.job.Batch;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.RefusedDrop;
import io.lipdrop.uploads.UploadSettings;
import io.lipdrop.uploads.Uploads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** A drop is taken as it was judged, or not at all; nothing that people put into the inbox is lost on the way. */
class IntakeTest {
    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock();
    private BiConsumer<String, String> heard = (batch, message) -> {};
    private Folders folders;
    private SettledDrop drops;
    private Withdrawals withdrawals;
    private Intake intake;

    @BeforeEach
    void prepare() throws IOException {
        open(home.resolve("work"));
        drop("talk");
    }

    @AfterEach
    void leaveNothingInMemory() throws IOException {
        if (folders.work().startsWith(MEMORY)) {
            DurableFiles.deleteTree(folders.work());
        }
    }

    @Test
    void aSettledDropLeavesTheInboxWhole() throws IOException {
        take(settled("talk"));

        assertThat(folders.inbox()).isEmptyDirectory();
        assertThat(video("talk")).hasContent("film of talk");
    }

    @Test
    void onAnotherFileSystemToo() throws IOException {
        workInMemory();
        take(settled("talk"));

        assertThat(folders.inbox()).isEmptyDirectory();
        assertThat(video("talk")).hasContent("film of talk");
    }

    @Test
    void aFileThatIsReplacedMeanwhileStaysAndTheDropSettlesAgain() throws IOException {
        Verdict verdict = settled("talk");
        write("film.mp4", "another film");
        take(verdict);

        assertThat(inbox("film.mp4")).hasContent("another film");
        assertThat(inbox("talk.ogg")).exists();
        assertThat(folders.staging()).isEmptyDirectory();
        take(settled("talk"));
        assertThat(video("talk")).hasContent("another film");
    }

    @Test
    void aFileThatIsReplacedWhileItIsBeingCopiedStays() throws IOException {
        workInMemory();
        Claim claim = claimed("talk");
        Claim.Move film = move(claim, "film.mp4");
        DurableFiles.copy(film.source(), film.target()); // then Lipdrop was killed
        write("film.mp4", "another film");
        restart();

        assertThat(inbox("film.mp4")).hasContent("another film");
        assertThat(inbox("talk.ogg")).exists();
        assertThat(folders.staging()).isEmptyDirectory();
    }

    @Test
    void aNewFileUnderTheNameOfOneThatWasTakenStays() throws IOException {
        Claim claim = claimed("talk");
        for (Claim.Move move : claim.moves().subList(0, 2)) {
            DurableFiles.move(move.source(), move.target());
        }
        write("film.mp4", "another film");
        restart();

        assertThat(inbox("film.mp4")).hasContent("another film");
        assertThat(video("talk")).hasContent("film of talk");
    }

    @Test
    void aVoiceThatOthersNeedIsNotChangedByWritingOverIt() throws IOException {
        write("other.yaml", "audio: talk.ogg\nvideo: later.mp4\n");
        drops.judge(inbox("other.yaml"));
        take(settled("talk"));
        Files.writeString(inbox("talk.ogg"), "another voice");

        assertThat(batch("talk").jobs().get(0).audio()).hasContent("voice of talk");
    }

    @Test
    void aDropThatIsCancelledWhileItWaitsIsRefusedAlsoAfterARestart() throws IOException {
        Path manifest = inbox("talk.yaml");
        Files.delete(inbox("film.mp4"));
        drops.judge(manifest);
        assertThat(withdrawals.begin("talk", "api:anna")).isTrue();
        assertThat(withdrawals.begin("nobody", "api:anna")).isFalse();
        assertCancelled(drops.judge(manifest));

        open(folders.work()); // a new process
        withdrawals.recover();
        assertCancelled(drops.judge(manifest));
        RefusedDrop refused = catchThrowableOfType(RefusedDrop.class, () -> take(drops.judge(manifest)));
        assertThat(refused.failure().by()).isEqualTo("api:anna");
        Files.delete(manifest); // the error reports have moved it
        intake.tidyAfter(refused);
        assertThat(folders.work().resolve("withdrawn")).isEmptyDirectory();
    }

    @Test
    void aLaterDropOfTheSameNameIsNotCancelled() throws IOException {
        drops.judge(inbox("talk.yaml"));
        withdrawals.begin("talk", "api:anna");
        write("talk.yaml", "audio: talk.ogg\nvideo: film.mp4\npriority: 5\n"); // while Lipdrop was down
        open(folders.work());
        withdrawals.recover();

        assertThat(drops.judge(inbox("talk.yaml"))).isInstanceOf(Verdict.Waiting.class);
    }

    @Test
    void aDropThatIsCancelledWhileItIsCopiedStaysWholeInTheInbox() throws IOException {
        workInMemory();
        Verdict verdict = settled("talk");
        heard = (batch, message) -> {};
        intake.take(verdict);
        withdrawals.begin("talk", "file");
        intake.carryOn();

        assertThat(inbox("film.mp4")).exists();
        assertThat(inbox("talk.ogg")).exists();
        assertThat(folders.staging()).isEmptyDirectory();
        assertCancelled(drops.judge(inbox("talk.yaml")));
    }

    @Test
    void aBatchThatIsHandedOverWhileItIsCancelledIsMarked() throws IOException {
        Claim claim = claimed("talk");
        Claim.Move first = claim.moves().get(0);
        DurableFiles.move(first.source(), first.target()); // so it cannot stay in the inbox
        intake.recover();
        assertThat(withdrawals.begin("talk", "mbean")).isTrue();
        intake.carryOn();

        assertThat(batch("talk").jobs()).hasSize(1);
        assertThat(folders.cancelledBatch("talk")).content().contains("mbean");
        assertThat(withdrawals.begin("talk", "mbean")).isFalse();
    }

    private static void assertCancelled(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(((Verdict.Refused) verdict).failure().code()).isEqualTo(FailureCode.CANCELLED);
    }

    @Test
    void anInboxThatIsAwaySaysNothingOfItsFiles() throws IOException {
        claimed("talk");
        Path away = Files.move(folders.inbox(), home.resolve("away"));
        intake.recover();
        assertThatThrownBy(intake::carryOn).isInstanceOf(IOException.class).hasMessageContaining("is not available");

        Files.move(away, folders.inbox());
        clock.step(Duration.ofSeconds(6));
        intake.carryOn();
        assertThat(video("talk")).hasContent("film of talk");
    }

    @Test
    void aClaimThatCannotBeReadIsPutAsideAndHoldsUpNoOther() throws IOException {
        claimed("talk");
        for (String text : List.of("{", "{}", "null", "[]")) {
            String batch = "batch" + text.length() + text.charAt(0);
            Path broken = Files.createDirectories(folders.staging(batch)).resolve(Folders.CLAIM);
            Files.writeString(broken, text);
        }
        restart();

        assertThat(video("talk")).hasContent("film of talk");
        assertThat(folders.work().resolve("aside").toFile().list()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batch.json",
                "claim.json",
                "media.json",
                "voice.json",
                "outcomes.json",
                "pending.json",
                "sources.json"
            })
    void aManifestCalledAsOneOfOurRecordsIsAManifest(String name) throws IOException {
        Files.writeString(inbox(name), "{\"audio\": \"talk.ogg\", \"video\": \"film.mp4\"}");
        Files.delete(inbox("talk.yaml"));
        take(settled(inbox(name)));

        String batch = name.substring(0, name.indexOf('.'));
        assertThat(folders.inbox()).isEmptyDirectory();
        assertThat(video(batch)).hasContent("film of talk");
        assertThat(folders.staging(batch).toFile().list())
                .containsExactlyInAnyOrder("media", "manifest", "sources.json");
    }

    /** The version before put the manifest beside its records: half-taken, with the manifest still in the inbox or brought. */
    @ParameterizedTest
    @CsvSource({"batch.json,false", "batch.json,true", "claim.json,false", "talk.yaml,false", "talk.yaml,true"})
    void aHalfTakenDropOfTheVersionBeforeIsTaken(String name, boolean isBrought) throws IOException {
        if (!name.equals("talk.yaml")) {
            Files.delete(inbox("talk.yaml"));
            Files.writeString(inbox(name), "{\"audio\": \"talk.ogg\", \"video\": \"film.mp4\"}");
        }
        String text = Files.readString(inbox(name));
        Claim claim = claimed("old", inbox(name));
        List<Claim.Move> moves = new ArrayList<>(claim.moves());
        Claim.Move manifest = moves.remove(moves.size() - 1);
        Path oldPlace = folders.staging("old").resolve(name);
        moves.add(new Claim.Move(manifest.source(), oldPlace, false, manifest.stamp()));
        new HomeDocuments(folders)
                .write(
                        folders.claim("old"),
                        new Claim(
                                "old",
                                manifest.source(),
                                claim.manifest(),
                                claim.places(),
                                moves,
                                claim.inboxStore(),
                                claim.at()));
        if (isBrought) {
            for (Claim.Move move : moves) {
                DurableFiles.move(move.source(), move.target());
            }
        }
        restart();

        assertThat(folders.inbox()).isEmptyDirectory();
        assertThat(video("old")).hasContent("film of talk");
        assertThat(folders.manifest("old").resolve(name)).hasContent(text);
        assertThat(folders.staging("old").toFile().list())
                .containsExactlyInAnyOrder("media", "manifest", "sources.json");
    }

    /** Killed between handing the batch over and deleting the claim. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBatchThatValidationHasIsNotHandedOverAgain(boolean isSeen) throws IOException {
        Claim claim = claimed("talk");
        Path document = folders.claim("talk");
        byte[] text = Files.readAllBytes(document);
        restart();
        Files.write(document, text);
        if (isSeen) {
            Files.delete(folders.claimed().resolve("talk.json"));
            new HomeDocuments(folders).write(folders.staging("talk").resolve("batch.json"), claim.toBatch());
        }
        restart();

        assertThat(document).doesNotExist();
        assertThat(Files.exists(folders.claimed().resolve("talk.json"))).isEqualTo(!isSeen);
        assertThat(folders.media("talk").toFile().list()).hasSize(2);
    }

    /** A claim of the version before that waits for validation, its manifest in the place of the batch's record. */
    @ParameterizedTest
    @ValueSource(strings = {"batch.json", "sources.json"})
    void aManifestInARecordsPlaceIsMovedOutOfIt(String name) throws IOException {
        Path place = Files.createDirectories(folders.staging("batch")).resolve(name);
        Files.writeString(place, "{\"audio\": \"talk.ogg\", \"video\": \"film.mp4\"}");
        Path record = Files.createDirectories(folders.staging("other")).resolve("batch.json");
        new HomeDocuments(folders).write(record, new Batch("other", "other.yaml", List.of(), clock.instant()));
        restart();

        assertThat(place).doesNotExist();
        assertThat(folders.manifest("batch").resolve(name)).exists();
        assertThat(record).exists();
    }

    @Test
    void aDropOfHigherPriorityIsBroughtFirstAndJudgedWhileOthersWait() throws IOException {
        workInMemory();
        write("high.ogg", "voice of high");
        write("high.mp4", "film of high");
        write("high.yaml", "audio: high.ogg\nvideo: high.mp4\npriority: 9\n");
        intake.take(settled("talk"));
        intake.take(settled("high"));
        List<String> order = new ArrayList<>();
        heard = (batch, message) -> order.add(batch + ": " + message);
        intake.carryOn();

        assertThat(order).containsExactly("high: checking the files", "talk: checking the files");
        assertThat(video("talk")).hasContent("film of talk");
        assertThat(folders.inbox()).isEmptyDirectory();
    }

    @Test
    void aLongCopyIsLeftForADropOfHigherPriorityAndSaysHowFarItIs() throws IOException {
        workInMemory();
        write("large.mp4", "x".repeat(20_000_000));
        write("talk.yaml", "audio: talk.ogg\nvideos: [film.mp4, large.mp4]\n");
        write("high.yaml", "audio: film.mp4\nvideo: film.mp4\npriority: 9\n");
        Verdict high = settled("high");
        intake.take(settled("talk"));
        List<String> order = new ArrayList<>();
        heard = (batch, message) -> {
            order.add(batch + ": " + message);
            takeOnce(high, order);
        };
        clock.stepAtEachLook(Duration.ofSeconds(1));
        intake.carryOn();
        clock.stepAtEachLook(Duration.ZERO);

        assertThat(order.get(0)).startsWith("talk: copying ");
        assertThat(order).anyMatch(told -> told.matches("talk: copying large.mp4: \\d+.\\d of 19.1 MB"));
        assertThat(order.indexOf("high: checking the files")).isBetween(1, order.indexOf("talk: checking the files"));
        assertThat(video("high")).hasContent("film of talk");
        assertThat(video("talk")).hasContent("film of talk");
        assertThat(folders.inbox()).isEmptyDirectory();
    }

    private void takeOnce(Verdict verdict, List<String> order) {
        if (order.size() == 1) {
            try {
                intake.take(verdict);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Two drops that name the same voice are both claimed before either is brought. */
    @Test
    void aVoiceThatTwoClaimsNeedServesBothAndGoes() throws IOException {
        write("other.mp4", "film of other");
        write("other.yaml", "audio: talk.ogg\nvideo: other.mp4\npriority: 5\n");
        drops.judge(inbox("other.yaml"));
        Verdict first = settled("talk");
        intake.take(first);
        intake.take(settled("other"));
        intake.carryOn();

        assertThat(batch("talk").jobs().get(0).audio()).hasContent("voice of talk");
        assertThat(batch("other").jobs().get(0).audio()).hasContent("voice of talk");
        assertThat(folders.inbox()).isEmptyDirectory();
    }

    @Test
    void aRefusalThatCouldNotBeCarriedOutIsJudgedAgain() throws IOException {
        write("bad.yaml", "no manifest\n");
        intake.take(settled("bad"));
        assertThatThrownBy(intake::carryOn).isInstanceOf(RefusedDrop.class);
        assertThat(drops.judge(inbox("bad.yaml"))).isEqualTo(new Verdict.Waiting("being taken"));
        intake.carryOn();

        assertThat(settled("bad")).isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        ".DS_Store,true",
        "Thumbs.db,true",
        "desktop.ini,true",
        "._film.mp4,true",
        "@eaDir/film.mp4/thumb.jpg,true",
        "sub/.DS_Store,true",
        "notes.txt,false",
        "#recycle/film.mp4,false",
        ".env,false",
        "a.error.json,true"
    })
    void aDropsFolderGoesWithWhatFileManagersLeaveInIt(String name, boolean isGone) throws IOException {
        Path folder = Files.createDirectories(folders.inbox().resolve("folder"));
        for (String file : List.of("talk.ogg", "talk.yaml")) {
            Files.move(inbox(file), folder.resolve(file));
        }
        Files.createDirectories(folder.resolve("sub"));
        Files.move(inbox("film.mp4"), folder.resolve("sub/film.mp4"));
        Files.writeString(folder.resolve("talk.yaml"), "audio: talk.ogg\nvideo: sub/film.mp4\n");
        Path rest = folder.resolve(name);
        Files.createDirectories(rest.getParent());
        Files.writeString(rest, "{\"code\": \"no-face\", \"message\": \"\", \"hint\": \"\", \"stage\": \"sync\"}");
        take(settled(folder.resolve("talk.yaml")));

        assertThat(video("talk")).hasContent("film of talk");
        assertThat(Files.exists(rest)).isEqualTo(!isGone);
        assertThat(Files.exists(folder)).isEqualTo(!isGone);
    }

    private void open(Path work) throws IOException {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        folders = new Folders(home, inbox, home.resolve("outbox"), home.resolve("error"), home, home, work);
        Files.createDirectories(folders.staging());
        BatchNames names = new BatchNames(folders, new ResultFolders(folders));
        InboxSettings settings =
                new InboxSettings(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(30));
        withdrawals = new Withdrawals(folders, names, new Nobody());
        drops = new SettledDrop(folders, settings, names, withdrawals, new Nobody(), clock, clock);
        Sources sources =
                new Sources(folders, clock, new InboxSettings(Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO));
        StagedClaims staged = new StagedClaims(folders);
        Handover handover = new Handover(staged, sources, new Listener());
        UploadSettings uploads = new UploadSettings(Duration.ofHours(1), DataSize.ofGigabytes(1));
        PostedBatches posted = new PostedBatches(
                folders,
                new FolderAccess(),
                new Uploads(folders, uploads, clock, clock, folder -> Long.MAX_VALUE),
                names,
                staged,
                handover,
                new Nobody(),
                clock,
                clock);
        intake = new Intake(folders, drops, names, withdrawals, new Listener(), handover, posted, staged, clock, clock);
    }

    private void take(Verdict verdict) throws IOException {
        intake.take(verdict);
        intake.carryOn();
    }

    private void restart() throws IOException {
        intake.recover();
        intake.carryOn();
    }

    private void workInMemory() throws IOException {
        assumeTrue(
                Files.isWritable(MEMORY) && !Files.getFileStore(MEMORY).equals(Files.getFileStore(home)),
                "there is no other file system");
        open(Files.createTempDirectory(MEMORY, "lipdrop-"));
    }

    private void drop(String batch) throws IOException {
        write(batch + ".ogg", "voice of " + batch);
        write("film.mp4", "film of " + batch);
        write(batch + ".yaml", "audio: %s.ogg%nvideo: film.mp4%n".formatted(batch));
    }

    private void write(String name, String text) throws IOException {
        clock.step(Duration.ofSeconds(1));
        Files.writeString(inbox(name), text);
        Files.setLastModifiedTime(inbox(name), FileTime.from(clock.instant()));
    }

    private Verdict settled(String batch) throws IOException {
        return settled(inbox(batch + ".yaml"));
    }

    private Verdict settled(Path manifest) throws IOException {
        drops.judge(manifest);
        clock.step(Duration.ofSeconds(3));
        return drops.judge(manifest);
    }

    /** As a kill leaves it that comes before the first file moves. */
    private Claim claimed(String batch) throws IOException {
        return claimed(batch, inbox(batch + ".yaml"));
    }

    private Claim claimed(String batch, Path manifest) throws IOException {
        Drop drop = ((Verdict.Ready) settled(manifest)).drop();
        Claim claim = Claim.of(batch, drop, folders, file -> false, clock.instant());
        new HomeDocuments(folders).write(folders.claim(batch), claim);
        return claim;
    }

    private static Claim.Move move(Claim claim, String name) {
        List<Claim.Move> moves = claim.moves();
        return moves.stream()
                .filter(move -> move.source().endsWith(name))
                .findFirst()
                .orElseThrow();
    }

    private Path inbox(String name) {
        return folders.inbox().resolve(name);
    }

    private Path video(String batch) throws IOException {
        return batch(batch).jobs().get(0).video();
    }

    private Batch batch(String batch) throws IOException {
        return new HomeDocuments(folders).read(folders.claimed().resolve(batch + ".json"), Batch.class);
    }

    private final class Listener extends Nobody {
        @Override
        public void waiting(String batch, String manifest, String message) {
            heard.accept(batch, message);
        }
    }
}
