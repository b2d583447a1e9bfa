package io.lipdrop.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lipdrop.SteppedClock;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.intake.SettledDrop.Verdict;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Documents;
import io.lipdrop.job.Folders;
import io.lipdrop.job.ResultFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drop is taken as it was judged, or not at all; nothing that people put into the inbox is lost on the way. */
class IntakeTest {
    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock();
    private Folders folders;
    private SettledDrop drops;
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
        intake.take(settled("talk"));

        assertThat(folders.inbox()).isEmptyDirectory();
        assertThat(video("talk")).hasContent("film of talk");
    }

    @Test
    void onAnotherFileSystemToo() throws IOException {
        workInMemory();
        intake.take(settled("talk"));

        assertThat(folders.inbox()).isEmptyDirectory();
        assertThat(video("talk")).hasContent("film of talk");
    }

    @Test
    void aFileThatIsReplacedMeanwhileStaysAndTheDropSettlesAgain() throws IOException {
        Verdict verdict = settled("talk");
        write("film.mp4", "another film");
        intake.take(verdict);

        assertThat(inbox("film.mp4")).hasContent("another film");
        assertThat(inbox("talk.ogg")).exists();
        assertThat(folders.staging()).isEmptyDirectory();
        intake.take(settled("talk"));
        assertThat(video("talk")).hasContent("another film");
    }

    @Test
    void aFileThatIsReplacedWhileItIsBeingCopiedStays() throws IOException {
        workInMemory();
        Claim claim = claimed("talk");
        Claim.Move film = move(claim, "film.mp4");
        DurableFiles.copy(film.source(), film.target()); // then Lipdrop was killed
        write("film.mp4", "another film");
        intake.recover();

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
        intake.recover();

        assertThat(inbox("film.mp4")).hasContent("another film");
        assertThat(video("talk")).hasContent("film of talk");
    }

    @Test
    void aVoiceThatOthersNeedIsNotChangedByWritingOverIt() throws IOException {
        write("other.yaml", "audio: talk.ogg\nvideo: later.mp4\n");
        drops.judge(inbox("other.yaml"));
        intake.take(settled("talk"));
        Files.writeString(inbox("talk.ogg"), "another voice");

        assertThat(batch("talk").jobs().get(0).audio()).hasContent("voice of talk");
    }

    @Test
    void anInboxThatIsAwaySaysNothingOfItsFiles() throws IOException {
        claimed("talk");
        Path away = Files.move(folders.inbox(), home.resolve("away"));
        assertThatThrownBy(intake::carryOn).isInstanceOf(IOException.class).hasMessageContaining("away");

        Files.move(away, folders.inbox());
        intake.carryOn();
        assertThat(video("talk")).hasContent("film of talk");
    }

    @Test
    void aClaimThatCannotBeCarriedOutHoldsUpNoOther() throws IOException {
        claimed("talk");
        Path broken = Files.createDirectories(folders.staging("aaa")).resolve(Claim.FILE_NAME);
        Files.writeString(broken, "{");
        intake.recover();

        assertThat(video("talk")).hasContent("film of talk");
        assertThat(broken).exists();
    }

    private void open(Path work) throws IOException {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        folders = new Folders(home, inbox, home.resolve("outbox"), home.resolve("error"), home, home, work);
        Files.createDirectories(folders.staging());
        BatchNames names = new BatchNames(folders, new ResultFolders(folders));
        IntakeSettings settings =
                new IntakeSettings(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(30));
        drops = new SettledDrop(folders, settings, names, new Nobody(), clock, clock);
        intake = new Intake(folders, drops, names, new Nobody(), clock);
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
        drops.judge(inbox(batch + ".yaml"));
        clock.step(Duration.ofSeconds(3));
        return drops.judge(inbox(batch + ".yaml"));
    }

    /** As a kill leaves it that comes before the first file moves. */
    private Claim claimed(String batch) throws IOException {
        Drop drop = ((Verdict.Ready) settled(batch)).drop();
        Claim claim = Claim.of(batch, drop, folders, file -> false, clock.instant());
        Documents.write(folders.staging(batch).resolve(Claim.FILE_NAME), claim);
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
        return Documents.read(folders.claimed().resolve(batch + ".json"), Batch.class);
    }
}
