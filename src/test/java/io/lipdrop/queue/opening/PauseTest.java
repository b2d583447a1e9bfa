package io.lipdrop.queue.opening;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.SteppedClock;
import io.lipdrop.home.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PauseTest {
    @TempDir
    Path home;

    private Folders folders;
    private Pause pause;

    @BeforeEach
    void prepare() {
        folders = new Folders(home, home, home, home, home, home, home.resolve("work"));
        pause = Openings.pause(folders);
    }

    @Test
    void survivesARestartUntilSomebodyEndsIt() throws IOException {
        pause.begin("page:anna");
        pause.begin("mbean");
        start();
        assertThat(Objects.requireNonNull(pause.now()).by()).isEqualTo("page:anna");

        pause.end("api:local");
        start();
        assertThat(pause.now()).isNull();
    }

    @Test
    void aDocumentThatCannotBeReadIsAPause() throws IOException {
        Files.createDirectories(folders.work());
        for (String document : new String[] {"{", "", "{}", "null", "{\"by\": \"mbean\"}"}) {
            Files.writeString(folders.work().resolve("pause.json"), document);
            start();
            assertThat(Objects.requireNonNull(pause.now()).by()).as(document).isEqualTo("unknown");
            assertThat(Openings.of(pause, "", Clock.systemUTC()).isClosed()).isTrue();
        }
    }

    @Test
    void holdsOnAFullDiskToo() throws IOException {
        Files.writeString(folders.work(), "a file where the folder should be");
        pause.begin("api:local");
        assertThat(pause.now()).isNotNull();
    }

    @Test
    void closesTheQueueAndSaysWho() {
        Opening opening = Openings.of(pause, "", Clock.systemUTC());
        assertThat(opening.isClosed()).isFalse();
        pause.begin("page:anna");
        assertThat(opening.isClosed()).isTrue();
        assertThat(opening.closed()).get().asString().startsWith("paused by page:anna since ");
    }

    @Test
    void hoursCloseItAndTheLogSaysSoOnce(CapturedOutput log) {
        SteppedClock clock = new SteppedClock();
        Opening opening = Openings.of(pause, "mon-sun 08:00-20:00", clock);
        int changes = 0;
        boolean last = opening.isClosed();
        for (int minute = 0; minute < 2 * 24 * 60; minute++) {
            clock.step(Duration.ofMinutes(1));
            changes += opening.isClosed() == last ? 0 : 1;
            last = opening.isClosed();
        }
        assertThat(changes).isEqualTo(4);
        assertThat(log.getOut().lines().filter(line -> line.contains("The queue is waiting: outside its hours")))
                .hasSizeBetween(2, 3);
        assertThat(log.getOut().lines().filter(line -> line.contains("its hours have begun")))
                .hasSize(2);
    }

    private void start() throws IOException {
        pause = Openings.pause(folders);
        pause.recover();
    }
}
