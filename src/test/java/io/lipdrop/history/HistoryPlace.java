package io.lipdrop.history;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Documents;
import io.lipdrop.home.FolderAccess;
import io.lipdrop.home.Folders;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.TestHome;
import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatus;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.status.FakeEvents;
import io.lipdrop.status.FakeQueue;
import io.lipdrop.status.StatusEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A home with finished batches, and the history of it; made anew after each start. */
public final class HistoryPlace {
    public static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    public final FakeQueue queue = new FakeQueue();
    final List<StatusEvent> told = new ArrayList<>();
    public final BatchStatuses statuses = queue.statuses(Clock.systemUTC());
    public final Folders folders;
    public final FolderAccess access = new FolderAccess();
    ResultFolders results;
    HistoryIndex index;
    HistoryWatch watch;
    Deletions deletions;
    Runnable beforeEachLook = () -> {};
    Duration now = Duration.ZERO;
    public History history;

    public HistoryPlace(Path home) throws IOException {
        folders = TestHome.in(home);
        for (Path folder : List.of(folders.outbox(), folders.error(), folders.work())) {
            Files.createDirectories(folder);
        }
        start();
    }

    /** As after a start: only what is on disk is known. */
    public void start() throws IOException {
        results = new ResultFolders(folders) {
            @Override
            public void require() throws IOException {
                beforeEachLook.run();
                super.require();
            }
        };
        ResultReader reader = new ResultReader(folders, access);
        index = new HistoryIndex(new IndexFile(folders), reader, results, statuses, FakeEvents.to(told::add));
        deletions = new Deletions(folders, results);
        deletions.recover();
        watch = new HistoryWatch(index, reader, results, statuses, deletions, () -> now);
        history = new History(index, watch, reader, results, statuses, deletions);
    }

    /** What happens every five seconds. */
    public void look() throws IOException {
        watch.look();
    }

    Path indexFile() {
        return folders.work().resolve("history").resolve("batches.jsonl");
    }

    /** What lies there of a batch that has ended; nobody was told. */
    public BatchStatus finished(String id, int minute, JobState... jobs) throws IOException {
        Instant createdAt = NOON.plus(Duration.ofMinutes(minute));
        List<JobStatus> its = new ArrayList<>();
        for (JobState state : jobs) {
            its.add(finished(id, its.size() + 1, state, createdAt.plusSeconds(10L * (its.size() + 1))));
        }
        JobState state = its.stream().allMatch(job -> job.state() == JobState.DONE) ? JobState.DONE : JobState.FAILED;
        BatchStatus status = new BatchStatus(
                id, id + ".yaml", state, "ended", createdAt, createdAt.plusSeconds(60), createdAt.plusSeconds(61), its);
        Files.createDirectories(folders.outbox().resolve(id));
        Documents.write(status(id), status);
        return status;
    }

    /** The same, as by the process itself. */
    public BatchStatus end(String id, int minute, JobState... jobs) throws IOException {
        BatchStatus status = finished(id, minute, jobs);
        history.ended(new BatchStatus.Ended(status));
        return status;
    }

    public Path status(String id) {
        return folders.outbox().resolve(id).resolve("status.json");
    }

    private JobStatus finished(String batch, int number, JobState state, Instant at) throws IOException {
        String job = "%s-%02d".formatted(batch, number);
        String stem = "teacher-" + number;
        String video = stem + ".mov";
        if (state == JobState.DONE) {
            write(folders.outbox().resolve(batch).resolve(stem + ".mp4"), "video");
            write(folders.outbox().resolve(batch).resolve(stem + ".json"), "{\"engine\":\"warp\",\"warnings\":[]}");
            return new JobStatus(
                    job, video, state, null, null, null, 100.0, null, 0, stem + ".mp4", null, null, null, at);
        }
        String code = state == JobState.CANCELLED ? "cancelled" : "no-face";
        write(folders.error().resolve(batch).resolve(stem + ".error.json"), """
                {"job":"%s","video":"%s","code":"%s","message":"No face.","hint":"Use another.","stage":"sync","attempts":0,"at":"%s"}
                """.formatted(job, video, code, at));
        write(folders.error().resolve(batch).resolve(video), "source");
        return JobStatus.reported(job, video, state, 0, stem + ".error.json", code, "No face.", at);
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** As someone does with a file manager. */
    void delete(Path folder) throws IOException {
        DurableFiles.deleteTree(folder);
    }

    public List<String> names() {
        return history.newestFirst(null)
                .flatMap(batch -> history.now(batch).stream())
                .map(EndedBatch::id)
                .toList();
    }
}
