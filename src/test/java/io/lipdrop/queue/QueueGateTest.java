package io.lipdrop.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.SteppedClock;
import io.lipdrop.job.Folders;
import io.lipdrop.job.ResultFolders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.component.file.FileOperations;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a machine that was unfit for one job keeps the others waiting. */
class QueueGateTest {
    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock();
    private QueueGate gate;

    @BeforeEach
    void prepare() throws IOException {
        Folders folders = new Folders(home, home, home, home.resolve("error"), home, home, home.resolve("work"));
        Files.createDirectories(folders.work());
        gate = new QueueGate(folders, new ResultFolders(folders), clock);
        clock.step(Duration.ofDays(1));
    }

    @Test
    void isHeldForTenSeconds() throws IOException {
        assertThat(isOpen()).isTrue();
        gate.hold("no memory");
        clock.step(Duration.ofSeconds(9));
        assertThat(isOpen()).isFalse();
        assertThat(gate.reason()).isEqualTo("no memory");
        clock.step(Duration.ofSeconds(1));
        assertThat(isOpen()).isTrue();
        assertThat(gate.reason()).isNull();
    }

    @Test
    void staysShutWhereTheErrorFolderIsNone() throws IOException {
        Path error = Files.writeString(home.resolve("error"), "not a folder");
        assertThat(isOpen()).isFalse();
        assertThat(gate.reason()).contains(error.toString());

        Files.delete(error);
        assertThat(isOpen()).isTrue();
    }

    private boolean isOpen() throws IOException {
        GenericFile<File> document = new GenericFile<>();
        document.setAbsoluteFilePath(home.resolve("work/queued/5-talk-01.json").toString());
        document.setFileNameOnly("5-talk-01.json");
        var exchange = new DefaultExchange(new DefaultCamelContext());
        return gate.acquireExclusiveReadLock(new FileOperations(), document, exchange);
    }
}
