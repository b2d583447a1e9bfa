package io.lipdrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.SteppedClock;
import io.lipdrop.intake.SettledDrop.Verdict;
import io.lipdrop.job.Folders;
import io.lipdrop.job.ResultFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a drop may be taken. What is refused, and why, is seen from outside. */
class SettledDropTest {
    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock();
    private SettledDrop drops;
    private Path film;
    private Path manifest;

    @BeforeEach
    void prepare() throws IOException {
        Path inbox = Files.createDirectory(home.resolve("inbox"));
        Folders folders = new Folders(home, inbox, home.resolve("outbox"), home, home, home, home);
        IntakeSettings settings = new IntakeSettings(Duration.ofSeconds(2), Duration.ofMinutes(30));
        drops = new SettledDrop(
                folders, settings, new BatchNames(folders, new ResultFolders(folders)), new Nobody(), clock);
        Files.writeString(inbox.resolve("a.ogg"), "voice");
        film = Files.writeString(inbox.resolve("film.mp4"), "film");
        manifest = Files.writeString(inbox.resolve("a.yaml"), "audio: a.ogg\nvideo: film.mp4\n");
    }

    @Test
    void isReadyOnceNothingHasChangedForTheSettleTime() throws IOException {
        assertThat(drops.judge(manifest)).isInstanceOf(Verdict.Waiting.class);
        clock.step(Duration.ofSeconds(1));
        Files.writeString(film, "film, a little longer");
        assertThat(drops.judge(manifest)).isInstanceOf(Verdict.Waiting.class);
        clock.step(Duration.ofSeconds(1));
        assertThat(drops.judge(manifest)).isInstanceOf(Verdict.Waiting.class);
        clock.step(Duration.ofSeconds(1));
        assertThat(drops.judge(manifest)).isInstanceOf(Verdict.Ready.class);
    }

    @Test
    void isForgottenWhenItsManifestIsGoneAtTwoLooks() throws IOException {
        drops.judge(manifest);
        Path away = Files.move(manifest, home.resolve("away.yaml"));
        drops.forgetGone();
        Files.move(away, manifest); // as editors save
        drops.forgetGone();
        assertThat(drops.isNamed(film)).isTrue();

        Files.delete(manifest);
        drops.forgetGone();
        drops.forgetGone();
        assertThat(drops.isNamed(film)).isFalse();
    }
}
