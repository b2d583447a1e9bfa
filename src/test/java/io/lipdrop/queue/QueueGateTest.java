package io.lipdrop.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.SteppedClock;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.Job;
import io.lipdrop.job.Options;
import io.lipdrop.queue.opening.Openings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a machine that was unfit for one job keeps the others waiting. */
class QueueGateTest {
    private static final long MEGABYTE = 1 << 20;
    private static final String NAME = "5-talk-01.json";

    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock();
    private Folders folders;
    private QueueGate gate;
    private Records records;

    @BeforeEach
    void prepare() throws IOException {
        folders = new Folders(home, home, home, home.resolve("error"), home, home, home.resolve("work"));
        Files.createDirectories(folders.queued());
        Files.createDirectories(folders.running());
        records = Queues.records(folders);
        gate = new QueueGate(
                folders, new ResultFolders(folders), Openings.always(folders), clock, folder -> 300 * MEGABYTE);
        clock.step(Duration.ofDays(1));
    }

    @Test
    void isHeldTwiceAsLongEachTimeAndShortlyAgainAfterAJobThatEnded() throws IOException {
        Job job = aJob();
        for (int seconds : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
            assertThat(isOpen()).isTrue();
            assertThat(gate.reason()).isNull();
            gate.hold(job, "no memory");
            end();
            clock.step(Duration.ofMillis(1000L * seconds - 1));
            assertThat(isOpen()).as("after %d s", seconds).isFalse();
            assertThat(gate.reason()).isEqualTo("no memory");
            clock.step(Duration.ofMillis(1));
        }
        assertThat(isOpen()).isTrue();
        end();

        assertThat(isOpen()).isTrue();
        gate.hold(job, "no memory");
        end();
        clock.step(Duration.ofSeconds(1));
        assertThat(isOpen()).isTrue();
    }

    @Test
    void aJobThatFoundTheMachineUnfitLetsOthersGoFirst() throws IOException {
        Job job = aJob();
        assertThat(gate.isOpenFor(NAME)).isTrue();
        assertThat(isOpen()).isTrue();
        gate.hold(job, "no memory");
        end();
        clock.step(Duration.ofSeconds(1));

        assertThat(gate.isOpenFor(NAME)).isFalse();
        assertThat(gate.isOpenFor("5-talk-02.json")).isTrue();
        clock.step(Duration.ofMillis(500));
        assertThat(gate.isOpenFor(NAME)).isTrue();
    }

    @Test
    void aJobThatIsTooLargeForTheDiskHoldsUpNoOther() throws IOException {
        Job job = Queues.needing(aJob(), 100 * MEGABYTE);
        Documents.write(folders.queued().resolve(NAME), job);
        assertThat(isOpen()).isFalse();

        assertThat(gate.isOpenFor(NAME)).isFalse();
        assertThat(gate.isOpenFor("5-talk-02.json")).isTrue();
        clock.step(Duration.ofSeconds(10));
        assertThat(gate.isOpenFor(NAME)).isTrue();
    }

    @Test
    void takesOffWhatAnEarlierAttemptHasRendered() throws IOException {
        Job job = Queues.needing(aJob(), 100 * MEGABYTE);
        Documents.write(folders.queued().resolve(NAME), job);
        assertThat(isOpen()).isFalse();
        assertThat(gate.reason()).contains("disk-full", "has 300 MB free", "needs 356 MB");

        Path segment = Files.createDirectories(folders.rendering(job)).resolve("segment-00000.nut");
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.setLength(60 * MEGABYTE); // with nothing in it
        }
        assertThat(isOpen()).isTrue();
    }

    @Test
    void aJobWhoseSourcesCannotBeLookedAtHoldsUpNoOther() throws IOException {
        Path tooLong = home.resolve("x".repeat(300)); // for any file system
        Job job = new Job(
                "talk-01",
                "talk",
                "film",
                "a.ogg",
                tooLong,
                "film.mp4",
                tooLong,
                Options.DEFAULTS,
                4,
                1,
                0,
                Instant.EPOCH);
        Documents.write(folders.queued().resolve(NAME), job);

        assertThat(isOpen()).isFalse();
        assertThat(gate.reason()).contains("xxx");
        assertThat(gate.isOpenFor(NAME)).isFalse();
        assertThat(gate.isOpenFor("5-talk-02.json")).isTrue();
    }

    @Test
    void staysShutWhereNothingCanBeMovedToTheRunningJobs() throws IOException {
        Files.delete(folders.running());
        assertThat(isOpen()).isFalse();
        assertThat(gate.reason()).contains("running");
    }

    @Test
    void staysShutWhereTheErrorFolderIsNone() throws IOException {
        Path error = Files.writeString(home.resolve("error"), "not a folder");
        assertThat(isOpen()).isFalse();
        assertThat(gate.reason()).contains(error.toString());

        Files.delete(error);
        assertThat(isOpen()).isTrue();
    }

    private boolean isOpen() {
        Path document = folders.queued().resolve(NAME);
        return gate.admit(
                NAME,
                () -> Files.exists(document) ? records.peek(document, Job.class, Job::isComplete) : Optional.empty());
    }

    private void end() {
        gate.ended(NAME);
    }

    /** A job whose document is in the queue. */
    private Job aJob() throws IOException {
        Path film = home.resolve("film.mp4");
        Job job = new Job(
                "talk-01", "talk", "film", "a.ogg", film, "film.mp4", film, Options.DEFAULTS, 4, 1, 0, Instant.EPOCH);
        Documents.write(folders.queued().resolve(NAME), job);
        return job;
    }
}
