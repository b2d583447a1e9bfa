package io.lipdrop.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shares are mounted and unmounted by renaming folders: what lies below a mount point is another folder. */
class SharedFolderTest {
    @TempDir
    Path home;

    private Path outbox;
    private Path record;
    private Path below;
    private boolean isMounted;
    private SharedFolder folder;

    @BeforeEach
    void start() {
        outbox = home.resolve("mnt").resolve("outbox");
        record = home.resolve("work").resolve("folders").resolve("outbox");
        below = home.resolve("below");
        folder = started(outbox);
    }

    @Test
    void aFolderIsMarkedWhenItIsFirstUsedAndNotBefore() throws IOException {
        folder.require();
        assertThat(outbox).isEmptyDirectory();
        assertThat(record).doesNotExist();

        assertThat(folder.use()).isFalse();
        assertThat(namesIn(outbox)).containsExactly(".lipdrop");
        assertThat(SharedFolder.isKnown(outbox, record)).isTrue();

        assertThat(started(outbox).use()).isFalse();
    }

    @Test
    void aShareThatIsNotMountedAtTheStartIsWaitedFor() throws IOException {
        mount();
        folder.use();
        unmount();

        folder = started(outbox);
        assertIsAway("unmounted?", "use-this-folder");
        assertThat(below).doesNotExist();
        assertThat(outbox).doesNotExist();
        Files.createDirectories(outbox);
        assertIsAway("unmounted?");
        assertThat(outbox).isEmptyDirectory();

        Files.delete(outbox);
        mount();
        assertThat(folder.use()).isFalse();
    }

    @Test
    void aShareThatGoesAwayWhileLipdropRunsIsWaitedFor() throws IOException {
        mount();
        folder.use();
        unmount();
        assertIsAway("network share unmounted");
        mount();
        folder.require();
        assertThat(folder.use()).isFalse();
    }

    @Test
    void beforeItIsUsedToo() throws IOException {
        mount();
        folder.require();
        unmount();
        assertIsAway("network share unmounted");
    }

    @Test
    void theOwnerSaysThatItIsTheRightOne() throws IOException {
        mount();
        folder.use();
        unmount();
        folder = started(outbox);
        for (String name : List.of("use-this-folder", "use-this-folder.txt")) {
            Files.createDirectories(outbox);
            Files.deleteIfExists(outbox.resolve(".lipdrop"));
            folder = started(outbox);
            assertIsAway("unmounted?");
            Files.createFile(outbox.resolve(name));

            folder.require();
            assertThat(namesIn(outbox)).containsExactly(".lipdrop");
        }
        folder = started(outbox);
        folder.require();
    }

    @Test
    void anotherPathInTheSettingsIsTaken() throws IOException {
        folder.use();
        Path other = home.resolve("other");

        SharedFolder moved = started(other);
        moved.require();
        assertThat(moved.use()).isFalse();

        assertThat(namesIn(other)).containsExactly(".lipdrop");
        assertThat(SharedFolder.isKnown(outbox, record)).isFalse();
    }

    @Test
    void anotherShareInItsPlaceIsNotTaken() throws IOException {
        folder.use();
        Files.move(outbox, below);
        new SharedFolder(outbox, home.resolve("another-record")).use();

        folder = started(outbox);
        assertIsAway("a different folder than before");
    }

    @Test
    void aShareThatIsMountedAfterTheFirstStartIsUsedFromThenOn() throws IOException {
        folder.use();
        Files.createFile(outbox.resolve("early"));
        Files.move(outbox, below);
        mount();

        folder.require();
        assertThat(folder.use()).as("covered").isTrue();
        assertThat(folder.use()).isFalse();
        assertThat(namesIn(outbox)).containsExactly(".lipdrop");
        assertThat(namesIn(below)).contains("early");
        folder = started(outbox);
        assertThat(folder.use()).isFalse();
    }

    @Test
    void butNotWhereItIsKnownFromAnEarlierStart() throws IOException {
        folder.use();
        folder = started(outbox);
        folder.use();
        Files.move(outbox, below);
        mount();

        assertIsAway("unmounted?");
    }

    @Test
    void aShareOfAnotherHomeIsSharedWithIt() throws IOException {
        new SharedFolder(outbox, home.resolve("another-record")).use();
        String mark = Files.readString(outbox.resolve(".lipdrop"));

        assertThat(folder.use()).isFalse();
        assertThat(Files.readString(outbox.resolve(".lipdrop"))).isEqualTo(mark);
    }

    @Test
    void whatIsDeletedWhileLipdropRunsIsMadeAnew() throws IOException {
        folder.use();
        Files.delete(outbox.resolve(".lipdrop"));
        Files.delete(outbox);

        folder.require();
        assertThat(namesIn(outbox)).containsExactly(".lipdrop");
        assertThat(started(outbox).use()).isFalse();
    }

    @Test
    void aRecordThatCannotBeReadStopsNothing() throws IOException {
        folder.use();
        for (String broken : List.of("", "\n", "no id\n" + outbox + "\n", "\u0000\u0001")) {
            Files.writeString(record, broken);
            assertThat(started(outbox).use()).isFalse();
        }
    }

    private void assertIsAway(String... words) {
        assertThatThrownBy(folder::require).isInstanceOf(IOException.class).hasMessageContainingAll(words);
        assertThatThrownBy(folder::use).isInstanceOf(IOException.class).hasMessageContainingAll(words);
    }

    private SharedFolder started(Path path) {
        return new SharedFolder(path, record, folder -> {
            Path root = isMounted && folder.equals(outbox) ? Objects.requireNonNull(outbox.getParent()) : home;
            return new Mounts.Place(root, Files.getFileStore(home));
        });
    }

    private void mount() throws IOException {
        Path share = home.resolve("share");
        Files.createDirectories(share);
        Files.createDirectories(outbox.getParent());
        Files.move(share, outbox);
        isMounted = true;
    }

    private void unmount() throws IOException {
        Files.move(outbox, home.resolve("share"));
        isMounted = false;
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
