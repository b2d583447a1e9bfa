package io.lipdrop.history;

import static io.lipdrop.job.JobState.CANCELLED;
import static io.lipdrop.job.JobState.DONE;
import static io.lipdrop.job.JobState.FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.home.Documents;
import io.lipdrop.home.Names;
import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatus;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.FakeQueue;
import io.lipdrop.status.StatusEvent;
import io.lipdrop.status.StatusEvent.BatchGone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir
    Path home;

    private HistoryPlace place;

    @BeforeEach
    void prepare() throws IOException {
        place = new HistoryPlace(home);
        place.results.outbox("any"); // the folders are known from here on
        place.results.error("any");
    }

    @Test
    void listsWhatEndedNewestFirst() throws IOException {
        place.end("a", 1, DONE);
        place.end("c", 3, DONE, FAILED);
        place.end("b", 2, FAILED);
        assertThat(place.names()).containsExactly("c", "b", "a");
        assertThat(place.history.batch("c").orElseThrow().status()).isEqualTo(read("c"));
        assertThat(place.history.job("c-02").orElseThrow().status().state()).isEqualTo(FAILED);
        assertThat(place.history.job("c-02").orElseThrow().batch()).isEqualTo("c");
    }

    @Test
    void knowsTheSameAfterAStart() throws IOException {
        place.end("a", 1, DONE);
        place.end("b", 2, CANCELLED);
        place.start();
        assertThat(place.history.isComplete()).isFalse();
        assertThat(place.history.batch("a")).as("before the index is read").isPresent();
        place.look();
        assertThat(place.names()).containsExactly("b", "a");
        assertThat(place.history.isComplete()).isTrue();
    }

    @Test
    void readsTheIndexAndNotEachDocument() throws IOException {
        place.end("a", 1, DONE);
        // The same size and time, another content: whoever opened it would see.
        Path status = place.status("a");
        var time = Files.getLastModifiedTime(status);
        Files.writeString(status, "x".repeat((int) Files.size(status)));
        Files.setLastModifiedTime(status, time);
        place.start();
        place.look();
        assertThat(place.names()).containsExactly("a");
    }

    @Test
    void makesALostIndexAnew() throws IOException {
        place.end("a", 1, DONE);
        place.end("b", 2, DONE, FAILED);
        BatchStatus before = place.history.batch("b").orElseThrow().status();
        Files.delete(place.indexFile());
        place.start();
        place.look();
        assertThat(place.names()).containsExactly("b", "a");
        assertThat(place.history.batch("b").orElseThrow().status()).isEqualTo(before);
        assertThat(place.indexFile()).exists();
    }

    @Test
    void ignoresDamagedLines() throws IOException {
        place.end("a", 1, DONE);
        place.end("b", 2, DONE);
        byte[] lines = Files.readAllBytes(place.indexFile());
        Files.write(place.indexFile(), Arrays.copyOf(lines, lines.length - 40));
        place.start();
        place.end("c", 3, DONE);
        place.look();
        assertThat(place.names()).containsExactly("c", "b", "a");

        for (String damage :
                List.of("{}", "null", "[]", "\0\0\0\0", "{\"batch\":{}}", "{\"batch\":{\"jobs\":[null]}}")) {
            Files.writeString(place.indexFile(), damage + "\n");
            place.start();
            place.look();
            assertThat(place.names()).as(damage).containsExactly("c", "b", "a");
        }
        Files.delete(place.indexFile());
        Files.createDirectory(place.indexFile());
        place.start();
        place.look();
        assertThat(place.names()).containsExactly("c", "b", "a");
    }

    @Test
    void aBatchThatEndedWithoutAWordIsFound() throws IOException {
        place.end("a", 1, DONE);
        place.finished("b", 2, DONE); // the process was killed before it was noted
        place.start();
        place.look();
        assertThat(place.names()).containsExactly("b", "a");
    }

    @Test
    void whatSomeoneDeletedIsGoneAtOnceAndForGood() throws IOException {
        place.end("a", 1, DONE);
        place.end("b", 2, DONE);
        place.look();
        place.delete(home.resolve("outbox/a"));
        assertThat(place.names()).containsExactly("b");
        assertThat(place.history.batch("a")).isEmpty();
        assertThat(place.history.job("a-01")).isEmpty();
        assertThat(place.history.size()).isEqualTo(1);
        assertThat(place.told).containsExactly(new BatchGone("a"));
        place.start();
        place.look();
        assertThat(place.names()).containsExactly("b");
    }

    @Test
    void whatSomeoneDeletedIsForgottenWithoutBeingAskedFor() throws IOException {
        place.end("a", 1, DONE);
        place.end("b", 2, DONE);
        place.look();
        place.delete(home.resolve("outbox/a"));
        assertThat(place.told).isEmpty();
        place.look();
        assertThat(place.history.size()).isEqualTo(1);
        assertThat(place.told).containsExactly(new StatusEvent.BatchGone("a"));
    }

    @Test
    void whatSomeonePutBackIsThereAgain() throws IOException {
        place.end("a", 1, DONE);
        place.look();
        Files.move(home.resolve("outbox/a"), home.resolve("elsewhere"));
        place.look();
        assertThat(place.names()).isEmpty();
        Files.move(home.resolve("elsewhere"), home.resolve("outbox/a"));
        place.look();
        assertThat(place.names()).containsExactly("a");
    }

    @Test
    void aDeletedResultIsNotNamed() throws IOException {
        place.end("a", 1, DONE, DONE, FAILED);
        Files.delete(home.resolve("outbox/a/teacher-1.mp4"));
        place.delete(home.resolve("error/a"));
        List<JobStatus> jobs = place.history.batch("a").orElseThrow().status().jobs();
        assertThat(jobs.get(0).result()).isNull();
        assertThat(jobs.get(0).state()).isEqualTo(DONE);
        assertThat(jobs.get(1).result()).isEqualTo("teacher-2.mp4");
        assertThat(jobs.get(2).report()).isNull();
        assertThat(place.history.report(place.history.job("a-03").orElseThrow()))
                .isEmpty();
    }

    @Test
    void whatFailedIsKnownFromItsReportsWhenTheResultsAreDeleted() throws IOException {
        place.end("a", 1, DONE, FAILED, CANCELLED);
        place.look();
        place.delete(home.resolve("outbox/a"));
        place.look();
        assertThat(place.names()).containsExactly("a");
        EndedJob job = place.history.job("a-02").orElseThrow();
        assertThat(job.status().state()).isEqualTo(FAILED);
        assertThat(place.history.report(job).orElseThrow().hint()).isEqualTo("Use another.");
        assertThat(place.history.job("a-03").orElseThrow().status().state()).isEqualTo(CANCELLED);
        assertThat(place.history.job("a-01")).isEmpty();

        Files.delete(place.indexFile());
        place.start();
        place.look();
        assertThat(place.history.job("a-02")).contains(job);
        place.delete(home.resolve("error/a"));
        assertThat(place.names()).isEmpty();
    }

    @Test
    void anUnmountedShareIsNoDeletion() throws IOException {
        place.end("a", 1, DONE);
        place.look();
        Files.move(home.resolve("outbox"), home.resolve("unmounted"));
        Files.createFile(home.resolve("outbox")); // nothing that could be taken for it
        assertThat(place.names()).containsExactly("a");
        assertThat(place.history.batch("a")).isPresent();
        assertThatThrownBy(place::look).isInstanceOf(IOException.class);
        assertThat(place.history.size()).isEqualTo(1);

        place.start();
        assertThatThrownBy(place::look).isInstanceOf(IOException.class);
        assertThat(place.names()).containsExactly("a");
        assertThat(place.history.isComplete()).isFalse();
        assertThatThrownBy(() -> place.history.delete("a")).isInstanceOf(IOException.class);

        Files.delete(home.resolve("outbox"));
        Files.move(home.resolve("unmounted"), home.resolve("outbox"));
        place.look();
        assertThat(place.names()).containsExactly("a");
        assertThat(place.history.isComplete()).isTrue();
    }

    @Test
    void anotherFolderInThePlaceOfAShareIsNoDeletion() throws IOException {
        place.end("a", 1, DONE);
        Files.move(home.resolve("outbox"), home.resolve("unmounted"));
        Files.createDirectory(home.resolve("outbox"));
        place.start();
        assertThatThrownBy(place::look).isInstanceOf(IOException.class);
        assertThat(place.names()).containsExactly("a");
    }

    @Test
    void ignoresWhatIsNoFinishedBatch() throws IOException {
        place.finished("running", 1, JobState.RUNNING);
        Files.createDirectories(home.resolve("outbox/empty"));
        HistoryPlace.write(home.resolve("outbox/broken/status.json"), "{\"batch\":");
        HistoryPlace.write(home.resolve("outbox/foreign/status.json"), "{\"state\":\"done\"}");
        HistoryPlace.write(home.resolve("outbox/readme.txt"), "hello");
        place.finished("talk", 1, DONE);
        Files.move(home.resolve("outbox/talk"), home.resolve("outbox/talk of Monday"));
        place.finished("secret", 1, DONE);
        Files.move(home.resolve("outbox/secret"), home.resolve("secret"));
        Files.createSymbolicLink(home.resolve("outbox/secret"), home.resolve("secret"));
        place.look();
        assertThat(place.names()).isEmpty();
        for (String name :
                List.of("secret", "..", ".", "", "../secret", "a/b", "a\0b", "talk of Monday", "x".repeat(5000))) {
            assertThat(place.history.batch(name)).as(name).isEmpty();
            assertThat(place.history.delete(name)).as(name).isEqualTo(History.Deletion.UNKNOWN);
        }
        assertThat(home.resolve("secret/status.json")).exists();
    }

    @Test
    void aFolderThatBecomesAFinishedBatchIsSeen() throws IOException {
        place.finished("a", 1, JobState.RUNNING);
        place.look();
        assertThat(place.names()).isEmpty();
        place.finished("a", 1, DONE);
        Files.setLastModifiedTime(home.resolve("outbox/a"), FileTime.from(HistoryPlace.NOON)); // a tick later
        for (int i = 0; i < 12; i++) {
            place.look();
        }
        assertThat(place.names()).containsExactly("a");
    }

    @Test
    void readsDocumentsOfEarlierVersions() throws IOException {
        HistoryPlace.write(place.status("old"), """
                {"batch":"old","manifest":"old.yaml","state":"done","message":"1 of 1 done","updatedAt":"2026-01-01T00:00:09Z",
                 "jobs":[{"job":"old-01","video":"a.mp4","state":"done","percent":100.0,"attempts":0,"result":"a.mp4",
                 "updatedAt":"2026-01-01T00:00:05Z"}]}
                """);
        place.look();
        EndedBatch old = place.history.batch("old").orElseThrow();
        assertThat(old.createdAt()).isEqualTo("2026-01-01T00:00:05Z");
        assertThat(old.finishedAt()).isEqualTo("2026-01-01T00:00:05Z");
    }

    @Test
    void anOpenBatchHasNotEnded() throws IOException {
        place.finished("talk", 1, DONE); // its last status is written, its end is not
        place.queue.add("talk", 1);
        FakeQueue.look(place.statuses);
        place.look();
        assertThat(place.names()).isEmpty();
        assertThat(place.history.batch("talk")).isEmpty();
        assertThat(place.history.delete("talk")).isEqualTo(History.Deletion.OPEN);
        assertThat(place.status("talk")).exists();
    }

    @Test
    void jobsOfUnusualBatchesAreFound() throws IOException {
        BatchStatus status = place.finished("语音 & Co.", 1, DONE);
        String id = Names.jobId("语音 & Co.", 1);
        JobStatus job = status.jobs().get(0);
        JobStatus its = new JobStatus(
                id, "视频.mp4", DONE, null, null, null, 100.0, null, 0, job.result(), null, null, null, job.updatedAt());
        Documents.write(place.status("语音 & Co."), status.with(List.of(its)));
        place.look();
        assertThat(place.history.job(id).orElseThrow().batch()).isEqualTo("语音 & Co.");
        assertThat(place.history.batch("语音 & Co.").orElseThrow().searchText()).contains("视频");
        place.history.delete("语音 & Co.");
        assertThat(place.history.job(id)).isEmpty();
    }

    @Test
    void whileAShareHangsItIsNotAsked() throws IOException {
        place.end("a", 1, DONE);
        place.look();
        place.delete(home.resolve("outbox/a"));
        AtomicReference<List<String>> meanwhile = new AtomicReference<>();
        place.beforeEachLook = () -> {
            place.beforeEachLook = () -> {};
            place.now = place.now.plusSeconds(3); // the watch asked for the folder so long ago
            meanwhile.set(place.names());
        };
        place.look();
        assertThat(meanwhile.get()).containsExactly("a");
        assertThat(place.names()).isEmpty();
    }

    @Test
    void manyReadersSeeNoGapWhileBatchesAreRewritten() throws Exception {
        for (int i = 0; i < 50; i++) {
            place.end("b" + i, i, DONE);
        }
        var stop = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            try {
                for (int round = 0; round < 40 && !stop.get(); round++) {
                    for (int i = 0; i < 50; i += 7) {
                        place.end("b" + i, i, DONE, DONE);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                stop.set(true);
            }
        });
        writer.start();
        while (!stop.get()) {
            assertThat(place.history.newestFirst(null).map(EndedBatch::id))
                    .hasSize(50)
                    .doesNotHaveDuplicates();
        }
        writer.join();
    }

    private BatchStatus read(String id) throws IOException {
        return BatchStatus.read(place.status(id));
    }
}
