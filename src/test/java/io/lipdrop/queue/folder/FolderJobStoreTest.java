package io.lipdrop.queue.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.home.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.Options;
import io.lipdrop.queue.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue as two folders. */
class FolderJobStoreTest {
    @TempDir
    Path home;

    private Folders folders;
    private FolderJobStore store;

    @BeforeEach
    void prepare() throws IOException {
        folders = new Folders(home, home, home, home, home, home.resolve("library"), home.resolve("work"));
        for (Path folder : new Path[] {folders.queued(), folders.running(), folders.staging()}) {
            Files.createDirectories(folder);
        }
        store = FolderStores.store(folders, new QueueTurn());
        store.add(job("c", 4, 3));
        store.add(job("a", 9, 4));
        store.add(job("b", 4, 2));
    }

    @Test
    void keepsTheOrderOfPriorityThenOfArrival() throws IOException {
        assertThat(store.waiting()).containsExactly("a", "b", "c");
        assertThat(store.running()).isEmpty();
    }

    @Test
    void aJobMovesByItsPriorityOrBeforeAllOthers() throws IOException {
        assertThat(store.move(job("c", 6, 3), false)).isTrue();
        assertThat(store.waiting()).containsExactly("a", "c", "b");

        assertThat(store.move(job("b", 4, 2), true)).isTrue();
        assertThat(store.waiting()).containsExactly("b", "a", "c");
        assertThat(store.move(job("c", 4, 3), true)).isTrue();
        assertThat(store.waiting()).containsExactly("c", "b", "a");
        assertThat(store.move(job("c", 4, 3), true)).as("it is the first").isTrue();
        assertThat(store.waiting()).containsExactly("c", "b", "a");
        assertThat(store.move(job("none", 4, 3), true)).isFalse();
    }

    @Test
    void theFirstOneCanComeBeforeADocumentThatAPersonRenamed() throws IOException {
        Path first = Records.documentsIn(folders.queued()).get(0);
        Files.move(first, first.resolveSibling("1-mine.json"));

        assertThat(store.move(job("c", 4, 3), true)).isTrue();

        assertThat(store.waiting()).containsExactly("c", "a", "b");
    }

    @Test
    void aCancelledJobWaitsNoMore() throws IOException {
        store.cancel(Set.of("b", "nobody"));
        store.cancel(Set.of("b"));
        assertThat(store.waiting()).containsExactly("a", "c");
    }

    @Test
    void aRunningJobGoesBackToItsOldPlaceOrIsForgotten() throws IOException {
        take("a");
        assertThat(store.running()).containsExactly("a");
        assertThat(store.waiting()).containsExactly("b", "c");

        store.putBack(job("a", 9, 4).withAttempts(1));
        assertThat(store.running()).isEmpty();
        assertThat(store.waiting()).containsExactly("a", "b", "c");

        take("a");
        store.end(job("a", 9, 4));
        assertThat(store.running()).isEmpty();
        assertThat(store.waiting()).containsExactly("b", "c");
    }

    @Test
    void whatWasRunningGoesBackUnlessItHasEnded() throws IOException {
        take("a");
        take("b");

        store.recover(job -> job.id().equals("b"));

        assertThat(store.running()).isEmpty();
        assertThat(store.waiting()).containsExactly("a", "c");
    }

    /** As the consumer does. */
    private void take(String id) throws IOException {
        for (Path document : Records.documentsIn(folders.queued())) {
            if (document.toString().endsWith("-" + id + ".json")) {
                Files.move(document, folders.running().resolve(document.getFileName()));
            }
        }
    }

    private Job job(String id, int priority, int second) {
        Path film = home.resolve("work/staging/talk/media/film.mp4");
        Instant at = Instant.parse("2026-05-01T10:00:00Z").plusSeconds(second);
        return new Job(id, "talk", id, "a.ogg", film, "film.mp4", film, Options.DEFAULTS, priority, 1, 0, at);
    }
}
