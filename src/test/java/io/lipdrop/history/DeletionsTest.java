package io.lipdrop.history;

import static io.lipdrop.job.JobState.DONE;
import static io.lipdrop.job.JobState.FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.history.History.Deletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletionsTest {
    @TempDir
    Path home;

    private HistoryPlace place;

    @BeforeEach
    void prepare() throws IOException {
        place = new HistoryPlace(home);
        place.results.outbox("any");
        place.results.error("any");
    }

    @Test
    void deletesResultsAndReports() throws IOException {
        place.end("a", 1, DONE, FAILED);
        place.end("b", 2, DONE, FAILED);
        HistoryPlace.write(home.resolve("work/archive/a/media/voice.ogg"), "source");
        HistoryPlace.write(home.resolve("outbox/a/deep/er/note.txt"), "someone's");
        assertThat(place.history.delete("a")).isEqualTo(Deletion.DELETED);
        assertThat(visible("outbox")).containsExactly("b");
        assertThat(visible("error")).containsExactly("b");
        assertThat(all()).noneMatch(name -> name.contains("deleted"));
        assertThat(home.resolve("work/archive/a/media/voice.ogg")).exists();
        assertThat(place.names()).containsExactly("b");
        assertThat(place.history.delete("a")).isEqualTo(Deletion.UNKNOWN);
        place.start();
        place.look();
        assertThat(place.names()).containsExactly("b");
    }

    @Test
    void nothingBehindALinkIsDeleted() throws IOException {
        place.end("a", 1, DONE, FAILED);
        HistoryPlace.write(home.resolve("precious/file.txt"), "precious");
        Files.createSymbolicLink(home.resolve("outbox/a/link"), home.resolve("precious"));
        place.delete(home.resolve("error/a"));
        Files.createSymbolicLink(home.resolve("error/a"), home.resolve("precious"));
        assertThat(place.history.delete("a")).isEqualTo(Deletion.DELETED);
        assertThat(home.resolve("precious/file.txt")).exists();
    }

    @Test
    void aDeletionThatWasKilledIsCarriedOut() throws IOException {
        for (int step = 0; step < 4; step++) {
            place.end("a", 1, DONE, FAILED);
            killedAfter(step);
            place.start();
            assertThat(visible("outbox")).as("step %d", step).isEmpty();
            assertThat(visible("error")).as("step %d", step).isEmpty();
            place.look();
            assertThat(place.names()).isEmpty();
            assertThat(all()).noneMatch(name -> name.contains("deleted") || name.contains("deleting/"));
        }
    }

    @Test
    void aDeletionThatWasKilledHarmsNoLaterBatch() throws IOException {
        place.end("a", 1, DONE, FAILED);
        killedAfter(1);
        // While Lipdrop was not running someone deletes the batch, and puts another in its place.
        place.delete(home.resolve("outbox/a"));
        place.finished("a", 5, DONE, FAILED);
        Files.setLastModifiedTime(home.resolve("outbox/a"), FileTime.from(HistoryPlace.NOON));
        Files.setLastModifiedTime(home.resolve("error/a"), FileTime.from(HistoryPlace.NOON));
        place.start();
        place.look();
        assertThat(place.names()).containsExactly("a");
        assertThat(visible("error")).containsExactly("a");
    }

    @Test
    void aDeletionGoesOnWhenTheShareIsBack() throws IOException {
        place.end("a", 1, DONE, FAILED);
        killedAfter(2);
        Files.move(home.resolve("outbox"), home.resolve("unmounted"));
        Files.createFile(home.resolve("outbox"));
        place.start();
        Files.delete(home.resolve("outbox"));
        Files.move(home.resolve("unmounted"), home.resolve("outbox"));
        place.look();
        assertThat(visible("outbox")).isEmpty();
        assertThat(place.names()).isEmpty();
    }

    @Test
    void whatCannotBeDeletedIsStillThereWhole() throws IOException {
        place.end("a", 1, DONE, FAILED);
        // A hidden name that is taken by a folder with content cannot be renamed to: here the whole outbox is a file.
        Files.move(home.resolve("outbox"), home.resolve("unmounted"));
        Files.createFile(home.resolve("outbox"));
        assertThatThrownBy(() -> place.history.delete("a")).isInstanceOf(IOException.class);
        Files.delete(home.resolve("outbox"));
        Files.move(home.resolve("unmounted"), home.resolve("outbox"));
        assertThat(place.history.batch("a")).isPresent();
        assertThat(place.history.report(place.history.job("a-02").orElseThrow()))
                .isPresent();
    }

    @Test
    void notWhileSomeoneHoldsIt() throws IOException {
        place.end("a", 1, DONE);
        try (History.Hold hold = place.history.hold("a").orElseThrow()) {
            assertThat(hold).isNotNull();
            assertThat(place.history.delete("a")).isEqualTo(Deletion.HELD);
            assertThat(place.history.hold("a")).isEmpty();
        }
        assertThat(place.history.delete("a")).isEqualTo(Deletion.DELETED);
    }

    @Test
    void onlyOneOfManyDeletes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                place.end("a", 1, DONE, FAILED);
                Callable<Deletion> delete = () -> place.history.delete("a");
                List<Deletion> answers = Stream.generate(() -> threads.submit(delete)).limit(8).toList().stream()
                        .map(DeletionsTest::answer)
                        .toList();
                assertThat(answers).containsOnlyOnce(Deletion.DELETED);
                assertThat(visible("outbox")).isEmpty();
                place.look();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What lies there when the process ends after so many steps: note, reports, results, and the note is gone. */
    private void killedAfter(int step) throws IOException {
        String id = "00000000-0000-0000-0000-00000000000" + step;
        Path outbox = home.resolve("outbox/a");
        Path error = home.resolve("error/a");
        String note = "{\"batch\":\"a\",\"outbox\":%d,\"error\":%d}"
                .formatted(
                        Files.getLastModifiedTime(outbox).toMillis(),
                        Files.getLastModifiedTime(error).toMillis());
        HistoryPlace.write(home.resolve("work/history/deleting/" + id + ".json"), note);
        if (step > 0) {
            Files.move(error, error.resolveSibling(".lipdrop-deleted-" + id));
        }
        if (step > 1) {
            Files.move(outbox, outbox.resolveSibling(".lipdrop-deleted-" + id));
        }
        if (step > 2) {
            Files.delete(home.resolve("work/history/deleting/" + id + ".json"));
        }
    }

    private List<String> visible(String folder) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private List<String> all() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.map(file -> home.relativize(file).toString()).toList();
        }
    }

    private static Deletion answer(Future<Deletion> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
