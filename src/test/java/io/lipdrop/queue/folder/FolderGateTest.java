package io.lipdrop.queue.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.SteppedClock;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.Options;
import io.lipdrop.queue.QueueGate;
import io.lipdrop.queue.Queues;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.component.file.FileOperations;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Camel's file consumer tells the gate. */
class FolderGateTest {
    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock();
    private final FileOperations operations = new FileOperations();
    private Folders folders;
    private QueueGate gate;
    private FolderGate adapter;
    private GenericFile<File> file;

    @BeforeEach
    void prepare() throws IOException {
        folders = new Folders(home, home, home, home, home, home, home.resolve("work"));
        Files.createDirectories(folders.queued());
        Files.createDirectories(folders.running());
        gate = Queues.gate(folders, clock, folder -> 1L << 40);
        clock.step(Duration.ofDays(1));
        adapter = FolderStores.gate(folders, gate);
        Path video = home.resolve("film.mp4");
        Job job = new Job(
                "talk-01", "talk", "film", "a.ogg", video, "film.mp4", video, Options.DEFAULTS, 4, 1, 0, Instant.EPOCH);
        Path document = folders.queued().resolve(FolderStores.documentOf(job));
        Documents.write(document, job);
        file = new GenericFile<>();
        file.setAbsoluteFilePath(document.toString());
        file.setFileNameOnly(FolderStores.documentOf(job));
    }

    @Test
    void aJobIsInHandUntilItsDocumentIsDone() {
        assertThat(adapter.accept(file)).isTrue();
        assertThat(adapter.acquireExclusiveReadLock(operations, file, exchange(null)))
                .isTrue();
        assertThat(gate.jobsInHand()).containsExactly("talk-01");

        adapter.releaseExclusiveReadLockOnCommit(operations, file, exchange(null));

        assertThat(gate.jobsInHand()).isEmpty();
        assertThat(gate.reason()).isNull();
    }

    @Test
    void aJobWhoseEndCouldNotBeRecordedHoldsTheQueueAndLetsOthersGoFirst() {
        assertThat(adapter.acquireExclusiveReadLock(operations, file, exchange(null)))
                .isTrue();

        adapter.releaseExclusiveReadLockOnRollback(
                operations, file, exchange(new IOException("No space left on device")));

        assertThat(gate.jobsInHand()).isEmpty();
        assertThat(gate.reason()).contains("No space left on device");
        assertThat(adapter.accept(file)).isFalse();
    }

    private static DefaultExchange exchange(@Nullable Exception cause) {
        DefaultExchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setException(cause);
        return exchange;
    }
}
