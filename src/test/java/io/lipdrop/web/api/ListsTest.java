package io.lipdrop.web.api;

import static io.lipdrop.job.JobState.CANCELLED;
import static io.lipdrop.job.JobState.DONE;
import static io.lipdrop.job.JobState.FAILED;
import static io.lipdrop.job.JobState.QUEUED;
import static io.lipdrop.job.JobState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.history.HistoryPlace;
import io.lipdrop.history.SearchText;
import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchSummary;
import io.lipdrop.status.FakeQueue;
import io.lipdrop.web.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open and finished ones in one list. */
class ListsTest {
    private static final Set<JobState> ALL = EnumSet.allOf(JobState.class);

    @TempDir
    Path home;

    private HistoryPlace place;
    private BatchList batches;
    private JobList jobs;

    @BeforeEach
    void prepare() throws IOException {
        place = new HistoryPlace(home);
        batches = new BatchList(place.statuses, place.history);
        jobs = new JobList(place.statuses, place.history);
        place.look();
    }

    @Test
    void openAndFinishedBatchesAreOneList() throws IOException {
        place.end("old", 1, DONE, FAILED);
        place.end("new", 3, DONE);
        open("open", 2);
        assertThat(names(ALL, null, 50)).containsExactly("new", "old", "open"); // that one came in 1970
        BatchList.Page page = batches.page(ALL, null, null, 50);
        assertThat(page.next()).isNull();
        assertThat(page.complete()).isNull();
        assertThat(page.batches().get(1).jobs()).containsEntry(DONE, 1).containsEntry(FAILED, 1);
        assertThat(page.batches().get(1).finishedAt()).isNotNull();
    }

    @Test
    void aBatchThatEndsIsNeverTwiceAndNeverMissing() throws IOException {
        place.end("talk", 1, DONE);
        open("talk", 1); // not closed yet
        assertThat(names(ALL, null, 50)).containsExactly("talk");
        place.queue.queued.clear();
        close();
        assertThat(names(ALL, null, 50)).containsExactly("talk");
    }

    @Test
    void pagesAreWholeWhileNewBatchesArrive() throws IOException {
        for (int i = 0; i < 25; i++) {
            place.end("b%02d".formatted(i), i, DONE);
        }
        List<String> seen = new ArrayList<>();
        String cursor = null;
        for (int page = 0; page == 0 || cursor != null; page++) {
            BatchList.Page next = batches.page(ALL, null, cursor, 4);
            next.batches().forEach(batch -> seen.add(batch.batch()));
            cursor = next.next();
            place.end("new" + page, 100 + page, DONE);
            place.history.delete("b24"); // the last of the first page
        }
        assertThat(seen).hasSize(25).doesNotHaveDuplicates().noneMatch(name -> name.startsWith("new"));
        assertThat(seen).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void thoseThatCameAtTheSameTimeAreEachOnOnePage() throws IOException {
        for (int i = 0; i < 10; i++) {
            place.end("same" + i, 1, DONE);
        }
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            BatchList.Page next = batches.page(ALL, null, cursor, 3);
            next.batches().forEach(batch -> seen.add(batch.batch()));
            cursor = next.next();
        } while (cursor != null);
        assertThat(seen).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void filtersByStateAndName() throws IOException {
        place.end("Größe", 1, DONE);
        place.end("lesson", 2, FAILED);
        place.end("演示", 3, DONE);
        open("Open", 1);
        assertThat(names(Set.of(FAILED), null, 50)).containsExactly("lesson");
        assertThat(names(Set.of(QUEUED, RUNNING), null, 50)).containsExactly("Open");
        assertThat(names(ALL, "GRÖSSE", 50)).as("ß is its own letter").isEmpty();
        assertThat(names(ALL, "gro\u0308ß", 50)).as("decomposed").containsExactly("Größe");
        assertThat(names(ALL, "演", 50)).containsExactly("演示");
        assertThat(names(ALL, "ｌｅｓｓｏｎ", 50)).as("full width").containsExactly("lesson");
        assertThat(names(ALL, "TEACHER-1.MOV", 50)).containsExactly("演示", "lesson", "Größe");
        assertThat(names(ALL, "film-1", 50)).as("a video of an open batch").containsExactly("Open");
        assertThat(names(ALL, "lesson\nlesson", 50)).isEmpty();
        assertThat(names(ALL, "  ", 50)).hasSize(4);
    }

    @Test
    void jobsInTheOrderOfWork() throws IOException {
        place.end("done", 1, DONE, FAILED);
        place.end("newer", 2, CANCELLED);
        open("talk", 3);
        open("more", 1);
        place.queue.run("talk-01");
        look();
        assertThat(ids(ALL, null, 50))
                .containsExactly("talk-01", "talk-02", "talk-03", "more-01", "newer-01", "done-01", "done-02");
        List<JobItem> page = jobs.page(ALL, null, null, 50).jobs();
        assertThat(page.get(0).position()).isNull();
        assertThat(page.get(1).position()).isEqualTo(1);
        assertThat(page.get(3).position()).isEqualTo(3);
        assertThat(page.subList(0, 4))
                .allSatisfy(job -> assertThat(job.priority()).isEqualTo(4));
        assertThat(page.subList(4, 7))
                .allSatisfy(job -> assertThat(job.priority()).isNull());
        assertThat(ids(Set.of(FAILED, CANCELLED), null, 50)).containsExactly("newer-01", "done-02");
        assertThat(ids(ALL, "done", 50)).containsExactly("done-01", "done-02");
        assertThat(ids(ALL, "talk", 50)).containsExactly("talk-01", "talk-02", "talk-03");
        assertThat(ids(ALL, "nothing", 50)).isEmpty();
    }

    @Test
    void pagesOfJobsMissNoneWhileTheQueueMoves() throws IOException {
        place.end("done", 1, DONE, DONE, DONE, FAILED, DONE);
        open("talk", 20);
        Set<String> seen = new TreeSet<>();
        String cursor = null;
        int began = 0;
        do {
            JobList.Page next = jobs.page(ALL, null, cursor, 3);
            next.jobs().forEach(job -> seen.add(job.status().job()));
            cursor = next.next();
            if (began < 10) {
                place.queue.run("talk-%02d".formatted(++began));
                place.queue.run("talk-%02d".formatted(++began));
                look();
            }
        } while (cursor != null);
        for (int job = 11; job <= 20; job++) {
            assertThat(seen).contains("talk-%02d".formatted(job));
        }
        assertThat(seen).contains("done-01", "done-05");
    }

    @Test
    void aLongQueueIsDescribedOnlyAsFarAsThePageGoes() {
        open("talk", 10_000);
        place.queue.describedJobs = 0;
        JobList.Page first = jobs.page(Set.of(QUEUED), null, null, 50);
        assertThat(first.jobs()).hasSize(50);
        assertThat(place.queue.describedJobs).isEqualTo(50);
        JobList.Page second = jobs.page(ALL, null, first.next(), 50);
        assertThat(second.jobs()).hasSize(50);
        assertThat(second.jobs().get(0).position()).isEqualTo(51);
        assertThat(place.queue.describedJobs).isEqualTo(100);
        assertThat(jobs.position("talk-9999")).contains(9999);
        assertThat(jobs.position("talk-01")).contains(1);
        assertThat(jobs.position("other-01")).isEmpty();
    }

    @Test
    void manyOpenBatchesAreDescribedOnlyAsFarAsThePageGoes() {
        for (int batch = 0; batch < 2_000; batch++) {
            place.queue.add("talk-%04d".formatted(batch), 1);
        }
        look();
        place.queue.looks = 0;
        BatchList.Page first = batches.page(ALL, null, null, 50);
        assertThat(first.batches()).hasSize(50);
        assertThat(place.queue.looks).isBetween(50, 53);
        place.queue.looks = 0;
        assertThat(batches.page(ALL, null, first.next(), 50).batches().get(0).batch())
                .isEqualTo("talk-0050");
        assertThat(batches.page(Set.of(DONE), null, null, 50).batches()).isEmpty();
        assertThat(batches.page(ALL, "no-such-name", null, 50).batches()).isEmpty();
        assertThat(place.queue.looks).isLessThan(2_060); // the names are gathered once
    }

    /** Its place was seen before, it is described after. */
    @Test
    void whatEndsWhileThePageIsMadeIsDescribedAsItIs() throws IOException {
        open("talk", 1);
        place.end("talk", 1, DONE);
        place.queue.whileLooking = this::close;
        assertThat(ids(Set.of(QUEUED), null, 50)).as("no longer so").isEmpty();
        place.queue.whileLooking = () -> {};
        open("talk", 1);
        place.queue.whileLooking = this::close;
        assertThat(names(ALL, null, 50)).containsExactly("talk");
    }

    @Test
    void foreignCursorsAreRefused() throws IOException {
        place.end("a", 1, DONE);
        place.end("b", 2, DONE);
        String ofBatches = batches.page(ALL, null, null, 1).next();
        String ofJobs = jobs.page(ALL, null, null, 1).next();
        assertThat(ofBatches).isNotNull();
        assertThat(ofJobs).isNotNull();
        for (String cursor : List.of(
                "x",
                "%%%",
                "bm90aGluZw",
                encoded("null"),
                encoded("[]"),
                encoded("[\"batches\"]"),
                encoded("[\"batches\",\"yesterday\",\"a\"]"),
                encoded("[\"batches\",null,null]"),
                encoded("{}"),
                encoded("[\"jobs\",\"NOWHERE\",\"2026-01-01T00:00:00Z\",\"a\",\"1\"]"),
                encoded("[\"jobs\",\"ENDED\",\"2026-01-01T00:00:00Z\",\"a\",\"one\"]"),
                "A".repeat(100_000))) {
            assertThatThrownBy(() -> batches.page(ALL, null, cursor, 50))
                    .as(cursor)
                    .isInstanceOf(Problem.class);
            assertThatThrownBy(() -> jobs.page(ALL, null, cursor, 50))
                    .as(cursor)
                    .isInstanceOf(Problem.class);
        }
        assertThatThrownBy(() -> batches.page(ALL, null, ofJobs, 50)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> jobs.page(ALL, null, ofBatches, 50)).isInstanceOf(Problem.class);
    }

    @Test
    void parametersThatAreNotAsTheyShouldBe() {
        for (String limit : List.of("0", "-1", "201", "many", "1.5", "99999999999", " 5")) {
            assertThatThrownBy(() -> Parameters.limit(limit)).as(limit).isInstanceOf(Problem.class);
        }
        assertThat(Parameters.limit(null)).isEqualTo(50);
        assertThat(Parameters.limit("200")).isEqualTo(200);
        for (String state : List.of("open", "DONE", "done,", ",", "done;failed")) {
            assertThatThrownBy(() -> Parameters.states(state)).as(state).isInstanceOf(Problem.class);
        }
        assertThat(Parameters.states("done, failed")).containsExactlyInAnyOrder(DONE, FAILED);
        assertThat(Parameters.states("")).isEqualTo(ALL);
    }

    private void open(String id, int count) {
        place.queue.add(id, count);
        look();
    }

    private void close() {
        place.queue.closeAll();
        look();
    }

    private void look() {
        FakeQueue.look(place.statuses);
    }

    private List<String> names(Set<JobState> states, @Nullable String q, int limit) {
        return batches.page(states, SearchText.query(q), null, limit).batches().stream()
                .map(BatchSummary::batch)
                .toList();
    }

    private List<String> ids(Set<JobState> states, @Nullable String batch, int limit) {
        return jobs.page(states, batch, null, limit).jobs().stream()
                .map(job -> job.status().job())
                .toList();
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
