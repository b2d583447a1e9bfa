package io.lipdrop.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing outside is read, moved or deleted, whatever is put in the place of a folder or a file. */
class GuardedFolderTest {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final FileTime LONG_AGO = FileTime.from(Instant.EPOCH);
    private static final int FILES = 300;

    @TempDir
    Path home;

    private Path inbox;
    private Path drop;
    private Path outside;
    private Path work;
    private GuardedFolder guarded;

    @BeforeEach
    void prepare() throws IOException {
        inbox = Files.createDirectory(home.resolve("inbox"));
        drop = Files.createDirectory(inbox.resolve("drop"));
        outside = Files.createDirectory(home.resolve("outside"));
        work = Files.createDirectory(home.resolve("work"));
        guarded = new GuardedFolder(inbox);
    }

    @AfterEach
    void leaveNothingInMemory() throws IOException {
        if (work.startsWith(MEMORY)) {
            DurableFiles.deleteTree(work);
        }
    }

    @Test
    void filesOfAFolderAreListedButNoFoldersAndNoLinks() throws IOException {
        write(drop.resolve("film.mp4"), "inside");
        write(outside.resolve("film.mp4"), "beyond");
        Files.createDirectory(drop.resolve("folder"));
        Files.createSymbolicLink(drop.resolve("link.mp4"), drop.resolve("film.mp4"));
        Files.createSymbolicLink(inbox.resolve("elsewhere"), outside);

        assertThat(guarded.files(drop))
                .containsOnlyKeys("film.mp4")
                .allSatisfy((name, found) -> assertThat(found.size()).isEqualTo(6));
        assertThat(guarded.files(inbox.resolve("elsewhere"))).isEmpty();
        assertThat(guarded.files(inbox.resolve("gone"))).isEmpty();
    }

    @ParameterizedTest(name = "on another file system: {0}")
    @ValueSource(booleans = {false, true})
    void aFolderThatIsSwappedForALinkLeadsNowhere(boolean isElsewhere) throws Exception {
        if (isElsewhere) {
            assumeTrue(Files.isWritable(MEMORY), "there is no other file system");
            work = Files.createTempDirectory(MEMORY, "lipdrop-");
            assumeTrue(!Files.getFileStore(work).equals(Files.getFileStore(home)), "there is no other file system");
        }
        for (int i = 0; i < FILES; i++) {
            write(drop.resolve("f" + i), "inside");
            write(outside.resolve("f" + i), "beyond"); // as long, and as old
        }
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger swaps = new AtomicInteger();
        Thread swapper = swapping(drop, isOver, swaps);
        int moved = 0;
        // On a busy machine no copy may come to its end between two swaps: then they are tried again.
        for (int i = 0; i < FILES || (moved == 0 && i < 50 * FILES); i++) {
            while (swaps.get() < i / 4 && swapper.isAlive()) {
                Thread.onSpinWait();
            }
            String name = "f" + i % FILES;
            Path file = drop.resolve(name);
            guarded.attributes(file);
            moved += guarded.move(file, work.resolve(name), GuardedFolderTest::isFile) ? 1 : 0;
        }
        isOver.set(true);
        swapper.join();

        assertThat(moved).as("while it was a folder").isPositive();
        assertThat(IntStream.range(0, FILES).filter(i -> !hasText(outside.resolve("f" + i), "beyond")))
                .as("harmed outside")
                .isEmpty();
        assertThat(work.toFile().list().length).isEqualTo(moved);
        assertThat(IntStream.range(0, FILES)
                        .mapToObj(i -> work.resolve("f" + i))
                        .filter(Files::exists)
                        .filter(file -> !hasText(file, "inside")))
                .as("taken from outside")
                .isEmpty();
    }

    @Test
    void aFileThatIsSwappedForALinkIsReadOrIsNotThere() throws Exception {
        Path file = write(drop.resolve("a"), "inside");
        Path secret = write(outside.resolve("a"), "beyond");
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger swaps = new AtomicInteger();
        Thread swapper = repeating(isOver, () -> {
            Path link = Files.createSymbolicLink(home.resolve("link"), secret);
            Files.move(link, file, StandardCopyOption.ATOMIC_MOVE);
            swaps.incrementAndGet();
            Files.move(write(home.resolve("next"), "inside"), file, StandardCopyOption.ATOMIC_MOVE);
        });
        int read = 0;
        while (swapper.isAlive() && (swaps.get() < 2 * FILES || read == 0)) {
            try {
                assertThat(guarded.read(file, 10)).asString().isEqualTo("inside");
                read++;
            } catch (NoSuchFileException e) {
                assertThat(e.getReason()).isIn("is not a file", "is a symbolic link");
            }
            if (guarded.copy(file, work.resolve("a"), GuardedFolderTest::isFile, bytes -> {})) {
                assertThat(work.resolve("a")).hasContent("inside");
            }
        }
        isOver.set(true);
        swapper.join();

        assertThat(read).isPositive();
        assertThat(secret).hasContent("beyond");
    }

    @Test
    void aLinkIsNoFile() throws IOException {
        write(outside.resolve("secret"), "beyond");
        Path link = Files.createSymbolicLink(drop.resolve("link"), outside.resolve("secret"));

        assertThat(guarded.copy(link, work.resolve("a"), file -> true, bytes -> {}))
                .isFalse();
        assertThat(guarded.move(link, work.resolve("a"), BasicFileAttributes::isRegularFile))
                .isFalse();
        assertThat(guarded.delete(link, BasicFileAttributes::isRegularFile)).isFalse();
        assertThatThrownBy(() -> guarded.read(link, 10)).isInstanceOf(NoSuchFileException.class);
        assertThat(work).isEmptyDirectory();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void nothingIsTakenThatIsNotExpected() throws IOException {
        Path file = write(drop.resolve("a"), "another");

        assertThat(guarded.move(file, work.resolve("a"), now -> now.size() == 6))
                .isFalse();
        assertThat(guarded.copy(file, work.resolve("a"), now -> now.size() == 6, bytes -> {}))
                .isFalse();
        assertThat(guarded.delete(file, now -> now.size() == 6)).isFalse();
        assertThat(file).hasContent("another");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void whatIsPutInAFilesPlaceAtTheLastMomentIsPutBack() throws IOException {
        Path file = write(drop.resolve("a"), "judged");
        boolean[] asked = {false};
        boolean isMoved = guarded.move(file, work.resolve("a"), now -> {
            boolean isFirst = !asked[0];
            asked[0] = true;
            return isFirst; // what comes to work/ is another
        });

        assertThat(isMoved).isFalse();
        assertThat(file).hasContent("judged");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void aTreeIsDeletedWithItsLinksButNotWhatTheyPointAt() throws IOException {
        write(outside.resolve("keep"), "beyond");
        Path below = Files.createDirectories(drop.resolve("@eaDir/sub"));
        write(below.resolve("a"), "thumbnail");
        Files.createSymbolicLink(below.resolve("link"), outside);
        guarded.deleteTree(drop.resolve("@eaDir"));

        assertThat(drop).isEmptyDirectory();
        assertThat(outside.resolve("keep")).exists();
    }

    private Thread swapping(Path folder, AtomicBoolean isOver, AtomicInteger swaps) {
        Path away = home.resolve("away");
        return repeating(isOver, () -> {
            Files.move(folder, away);
            Files.createSymbolicLink(folder, outside);
            swaps.incrementAndGet();
            pause();
            Files.delete(folder);
            Files.move(away, folder);
            pause();
        });
    }

    private static Thread repeating(AtomicBoolean isOver, Swap swap) {
        Thread swapper = new Thread(() -> {
            try {
                while (!isOver.get()) {
                    swap.andBack();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        swapper.start();
        return swapper;
    }

    private interface Swap {
        void andBack() throws IOException;
    }

    private static void pause() {
        long until = System.nanoTime() + Duration.ofNanos(200_000).toNanos();
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private static boolean isFile(BasicFileAttributes file) {
        return file.isRegularFile()
                && file.size() == 6
                && file.lastModifiedTime().equals(LONG_AGO);
    }

    private static Path write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return Files.setLastModifiedTime(file, LONG_AGO);
    }

    private static boolean hasText(Path file, String text) {
        try {
            return Files.isRegularFile(file) && Files.readString(file).equals(text);
        } catch (IOException e) {
            return false;
        }
    }
}
