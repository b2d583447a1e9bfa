package io.lipdrop.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.home.Documents;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.Phase;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.progress.RunProgress;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What other programs read. */
class StatusDocumentsTest {
    private static final Instant AT = Instant.parse("2026-11-29T12:00:00Z");
    private static final List<Job> JOBS = new FakeQueue().add("talk", 4).jobs();

    @Test
    void theStatusOfABatch() throws IOException {
        RunProgress run = new RunProgress(Phase.RENDERING, AT, 0, 125, 300, AT.plusSeconds(5), "drawn by warp");
        Outcome outcome = new Outcome("talk-01", JobState.FAILED, null, "no-face", "No face was found.", AT);
        List<JobStatus> jobs = List.of(
                JobStatus.ended(JOBS.get(0), outcome),
                JobStatus.running(JOBS.get(1), run, AT),
                JobStatus.queued(JOBS.get(2), null, AT),
                JobStatus.waiting(JOBS.get(3), AT));

        assertThat(json(new BatchStatus("talk", "talk.yaml", JobState.RUNNING, "1 of 4", AT, null, AT, jobs)))
                .isEqualToNormalizingWhitespace("""
                        {
                          "batch" : "talk",
                          "manifest" : "talk.yaml",
                          "state" : "running",
                          "message" : "1 of 4",
                          "createdAt" : "2026-11-29T12:00:00Z",
                          "updatedAt" : "2026-11-29T12:00:00Z",
                          "jobs" : [ {
                            "job" : "talk-01",
                            "video" : "film-1.mp4",
                            "state" : "failed",
                            "attempts" : 0,
                            "report" : "film-1.error.json",
                            "error" : "no-face",
                            "message" : "No face was found.",
                            "updatedAt" : "2026-11-29T12:00:00Z"
                          }, {
                            "job" : "talk-02",
                            "video" : "film-2.mp4",
                            "state" : "running",
                            "phase" : "rendering",
                            "frame" : 125,
                            "frames" : 300,
                            "percent" : 41.7,
                            "etaSeconds" : 7,
                            "attempts" : 0,
                            "message" : "drawn by warp",
                            "updatedAt" : "2026-11-29T12:00:00Z"
                          }, {
                            "job" : "talk-03",
                            "video" : "film-3.mp4",
                            "state" : "queued",
                            "attempts" : 0,
                            "updatedAt" : "2026-11-29T12:00:00Z"
                          }, {
                            "job" : "talk-04",
                            "video" : "film-4.mp4",
                            "state" : "waiting",
                            "attempts" : 0,
                            "message" : "not checked yet",
                            "updatedAt" : "2026-11-29T12:00:00Z"
                          } ]
                        }
                        """);
    }

    @Test
    void aJobWithoutItsFilesKeepsEverythingElse() {
        Outcome outcome = new Outcome("talk-01", JobState.DONE, "a.mp4", null, null, AT);
        Preflight preflight = new Preflight(720, 720, false, 10, 1, 200, 5, 2.0, 50L, 1000L, null, null);
        JobStatus done = JobStatus.ended(JOBS.get(0), outcome).with(null, preflight, null);

        assertThat(done.without(true, true))
                .usingRecursiveComparison()
                .ignoringFields("result")
                .isEqualTo(done);
        assertThat(done.without(true, true).result()).isNull();
    }

    @Test
    void aBatchWithoutItsJobs() throws IOException {
        List<JobStatus> jobs = List.of(
                JobStatus.queued(JOBS.get(0), null, AT),
                JobStatus.queued(JOBS.get(1), null, AT),
                JobStatus.waiting(JOBS.get(2), AT));
        BatchStatus status = new BatchStatus("talk", "talk.yaml", JobState.QUEUED, "0 of 3 done", null, null, AT, jobs);

        assertThat(json(BatchSummary.of(status.createdAt(AT.minusSeconds(60))))).isEqualToNormalizingWhitespace("""
                        {
                          "batch" : "talk",
                          "manifest" : "talk.yaml",
                          "state" : "queued",
                          "message" : "0 of 3 done",
                          "jobs" : {
                            "waiting" : 1,
                            "queued" : 2
                          },
                          "createdAt" : "2026-11-29T11:59:00Z",
                          "updatedAt" : "2026-11-29T12:00:00Z"
                        }
                        """);
    }

    @Test
    void queueAndHealth() throws IOException {
        assertThat(json(QueueStatus.of("disk-full", null, 3, 1, null, null))).isEqualToNormalizingWhitespace("""
                        {
                          "state" : "waiting",
                          "reason" : "disk-full",
                          "queued" : 3,
                          "running" : 1
                        }
                        """);
        assertThat(json(new HealthStatus(List.of("the queue waits"))))
                .contains("\"fit\" : false", "\"reasons\" : [ \"the queue waits\" ]");
    }

    private static String json(Object document) throws IOException {
        return new String(Documents.bytes(document), UTF_8);
    }
}
