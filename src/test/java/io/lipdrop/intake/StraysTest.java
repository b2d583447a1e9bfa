package io.lipdrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.SteppedClock;
import io.lipdrop.home.Folders;
import io.lipdrop.home.InboxSettings;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.intake.claim.BatchNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StraysTest {
    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock();
    private SettledDrop drops;
    private Strays strays;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectory(home.resolve("inbox"));
        Folders folders = new Folders(home, home.resolve("inbox"), home.resolve("outbox"), home, home, home, home);
        InboxSettings settings =
                new InboxSettings(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(30));
        BatchNames names = new BatchNames(folders, new ResultFolders(folders));
        Withdrawals withdrawals = new Withdrawals(folders, names, new Nobody());
        drops = new SettledDrop(folders, settings, names, withdrawals, new Nobody(), clock, clock);
        strays = new Strays(folders, drops, clock);
    }

    @Test
    void tellsOnceOfAFileThatNoManifestNames(CapturedOutput log) throws IOException {
        Files.writeString(home.resolve("inbox/film.mp4"), "film");
        Files.writeString(home.resolve("inbox/.DS_Store"), "");
        for (int i = 0; i < 4; i++) {
            strays.look();
            clock.step(Duration.ofSeconds(20));
        }

        assertThat(log.getOut().lines().filter(line -> line.contains("No manifest names")))
                .singleElement()
                .asString()
                .contains("inbox/film.mp4");
    }

    @Test
    void saysNothingOfAFileThatADropWaitsFor(CapturedOutput log) throws IOException {
        Files.writeString(home.resolve("inbox/film.mp4"), "film");
        Path manifest = Files.writeString(home.resolve("inbox/a.yaml"), "audio: a.ogg\nvideo: film.mp4\n");
        drops.judge(manifest);
        for (int i = 0; i < 4; i++) {
            strays.look();
            clock.step(Duration.ofSeconds(20));
        }

        assertThat(log.getOut()).doesNotContain("No manifest names");
    }
}
