package io.lipdrop.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.job.Documents;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.Options;
import io.lipdrop.job.ResultFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a job that stopped. */
class AttemptsTest {
    @TempDir
    Path home;

    private Folders folders;
    private Job job;
    private Attempts attempts;

    @BeforeEach
    void prepare() throws IOException {
        folders = new Folders(home, home, home, home, home, home, home.resolve("work"));
        Files.createDirectories(folders.queued());
        Files.createDirectories(folders.running());
        Path film = home.resolve("film.mp4");
        job = new Job(
                "talk-01",
                "talk",
                "film",
                "film.mp4",
                film,
                "film.mp4",
                film,
                Options.DEFAULTS,
                4,
                1,
                1,
                Instant.EPOCH);
        JobQueue queue = new JobQueue(folders, new Ledger(folders, Clock.systemUTC(), event -> {}), new QueueTurn());
        attempts = new Attempts(queue, new QueueGate(folders, new ResultFolders(folders), () -> Duration.ofDays(1)));
    }

    @Test
    void losesAnAttemptByWhatNobodyForesaw() throws IOException {
        assertThat(attempts.isGivenUp(job, new IllegalStateException("what?"), camel(false)))
                .isFalse();
        assertThat(queued().attempts()).isEqualTo(2);
    }

    @Test
    void losesNoneWhileLipdropStops() throws IOException {
        assertThat(attempts.isGivenUp(job, new IllegalStateException("Shutdown in progress"), camel(true)))
                .isFalse();
        assertThat(queued().attempts()).isEqualTo(1);
    }

    @Test
    void isGivenUpForItsOwnFailureWhileLipdropStops() throws IOException {
        Failure failure = new Failure(FailureCode.NO_FACE, "No face was found in film.mp4.");
        assertThat(attempts.isGivenUp(job, failure, camel(true))).isTrue();
        assertThat(folders.queued()).isEmptyDirectory();
    }

    private Job queued() throws IOException {
        return Documents.read(folders.queued().resolve(JobDocument.of(job).fileName()), Job.class);
    }

    private static DefaultCamelContext camel(boolean isStopping) {
        return new DefaultCamelContext() {
            @Override
            public boolean isStopping() {
                return isStopping;
            }
        };
    }
}
