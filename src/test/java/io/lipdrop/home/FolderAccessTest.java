package io.lipdrop.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lipdrop.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderAccessTest {
    @TempDir
    Path folder;

    private final FolderAccess access = new FolderAccess(Duration.ofMillis(200));

    @Test
    void aFolderThatHangsTakesFewThreadsAndTheOthersAreRefused() throws Exception {
        Path other = folder.resolve("other");
        StuckThreads stuck = new StuckThreads(access, folder);
        assertThatThrownBy(() -> access.within(folder, () -> "late"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not answer");
        long before = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> access.within(folder, () -> "at once")).isInstanceOf(IOException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        assertThat(access.within(other, () -> "other")).isEqualTo("other");
        stuck.answer();
        assertThat(access.within(folder, () -> "again")).isEqualTo("again");
    }

    @Test
    void whoComesJustWhenItIsFullWaits() throws Exception {
        FolderAccess patient = new FolderAccess(Duration.ofSeconds(30));
        StuckThreads stuck = new StuckThreads(patient, folder);
        Thread waiting = Thread.currentThread();
        Thread end = new Thread(() -> {
            try {
                await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
                stuck.answer();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        end.start();
        assertThat(patient.within(folder, () -> "in")).isEqualTo("in");
        end.join();
    }

    @Test
    void aStepWithinAStepNeedsNoRoomOfItsOwnAndAFailureLeavesIt() throws Exception {
        for (int i = 0; i < 3 * FolderAccess.MAX_THREADS; i++) {
            assertThat(access.within(folder, () -> access.within(folder, () -> "both")))
                    .isEqualTo("both");
            assertThatThrownBy(() -> access.within(folder, () -> {
                        throw new IOException("away");
                    }))
                    .hasMessage("away");
        }
        StuckThreads stuck = new StuckThreads(access, folder);
        stuck.answer(); // all the room is there
    }

    @Test
    void aDownloadThatHasBegunIsRefusedItsNextPiece() throws Exception {
        Path file = Files.writeString(folder.resolve("film.mp4"), "video");
        BoundedFolder bounded = access.folder(folder);
        try (OpenFile open = bounded.open(file).orElseThrow()) {
            ByteBuffer piece = ByteBuffer.allocate(2);
            assertThat(open.content().read(piece)).isEqualTo(2);
            StuckThreads stuck = new StuckThreads(access, folder);
            assertThatThrownBy(() -> open.content().read(piece.clear()))
                    .hasMessageContaining(folder + " does not answer");
            assertThatThrownBy(() -> bounded.list(folder)).hasMessageContaining("does not answer");
            stuck.answer();
            assertThat(open.content().read(piece.clear())).isEqualTo(2);
        }
    }
}
