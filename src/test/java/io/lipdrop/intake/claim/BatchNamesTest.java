package io.lipdrop.intake.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drop finds its name again after a restart, and takes no other's. */
class BatchNamesTest {
    @TempDir
    Path home;

    private Path manifest;
    private Path outbox;
    private BatchNames names;

    @BeforeEach
    void prepare() throws IOException {
        Path inbox = Files.createDirectory(home.resolve("inbox"));
        manifest = Files.writeString(inbox.resolve("talk.yaml"), "audio: a.ogg\n");
        outbox = Files.createDirectories(home.resolve("outbox/talk"));
        Path error = home.resolve("error");
        Folders folders = new Folders(home, inbox, home.resolve("outbox"), error, home, home, home.resolve("work"));
        names = new BatchNames(folders, new ResultFolders(folders));
    }

    @Test
    void isFoundAgainByTheStatusOfTheDrop() throws IOException {
        status("talk.yaml");
        assertThat(names.of(manifest)).isEqualTo("talk");
    }

    @Test
    void isFoundAgainWhereAKillCameBeforeTheStatusWasWhole() throws IOException {
        Path half = outbox.resolve(".lipdrop-8dd5e0a8-3b5e-3d43-9b0c-9df3a5a4f8a1");
        Files.writeString(half, "{ \"batch\" : ");
        assertThat(DurableFiles.isHalfWritten(half)).isTrue();
        assertThat(names.of(manifest)).isEqualTo("talk");
    }

    @Test
    void isFoundAgainWhereAKillCutItsRefusalShort() throws IOException {
        status("talk.yaml");
        Files.createDirectories(home.resolve("error/talk"));
        assertThat(names.of(manifest)).isEqualTo("talk");
    }

    @Test
    void isNotThatOfAnEarlierDropThatFailed() throws IOException {
        Files.createDirectories(home.resolve("error/talk"));
        assertThat(names.of(manifest)).isEqualTo("talk-2");
    }

    @Test
    void isLeftToOthers() throws IOException {
        status("elsewhere/talk.yaml");
        assertThat(names.of(manifest)).isEqualTo("talk-2");
    }

    @Test
    void isLeftToWhatIsNoneOfOurs() throws IOException {
        Files.writeString(outbox.resolve("status.json"), "all well");
        assertThat(names.of(manifest)).isEqualTo("talk-2");
    }

    @Test
    void isTheNextWhereAFileIsInTheWay() throws IOException {
        Files.delete(outbox);
        Files.writeString(outbox, "a file");
        assertThat(names.of(manifest)).isEqualTo("talk-2");
    }

    @Test
    void isTheNextWhereAFileIsInTheWayInError() throws IOException {
        status("talk.yaml");
        Files.createDirectories(home.resolve("error"));
        Files.writeString(home.resolve("error/talk"), "a file");
        assertThat(names.of(manifest)).isEqualTo("talk-2");
    }

    @Test
    void isTheNextWhereALinkIsInTheWay() throws IOException {
        Files.delete(outbox);
        Files.createSymbolicLink(outbox, home.resolve("nowhere"));
        assertThat(names.of(manifest)).isEqualTo("talk-2");
    }

    @Test
    void isNotOneThatDiffersInCaseOnly() throws IOException {
        Files.delete(outbox);
        Files.writeString(Files.createDirectories(home.resolve("outbox/TALK")).resolve("a.mp4"), "film");
        Files.createDirectories(home.resolve("error/Talk-2"));
        assertThat(names.of(manifest)).isEqualTo("talk-3");
    }

    @Test
    void isFitForAFolder() throws IOException {
        Path odd = Files.writeString(manifest.resolveSibling("Why? .yaml"), "audio: a.ogg\n");
        Path device = Files.writeString(manifest.resolveSibling("aux.yaml"), "audio: a.ogg\n");
        assertThat(names.of(odd)).isEqualTo("Why__");
        assertThat(names.of(device)).isEqualTo("aux_");
        assertThat(home.resolve("outbox/aux_")).isDirectory();
    }

    @Test
    void isThatOfAFolderInWhichJustAFileManagerWas() throws IOException {
        Files.writeString(outbox.resolve(".DS_Store"), "");
        Files.createDirectories(outbox.resolve("@eaDir"));
        assertThat(names.of(manifest)).isEqualTo("talk");
    }

    private void status(String manifestName) throws IOException {
        Documents.write(
                outbox.resolve(ResultFolders.STATUS),
                new BatchStatus(
                        "talk", manifestName, JobState.WAITING, "waiting", null, null, Instant.EPOCH, List.of()));
    }
}
