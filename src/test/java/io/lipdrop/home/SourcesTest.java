package io.lipdrop.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.SteppedClock;
import io.lipdrop.files.Stamp;
import io.lipdrop.job.Job;
import io.lipdrop.job.Options;
import io.lipdrop.job.SourceChanged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is written on after it was taken is not the one that was checked. */
class SourcesTest {
    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock();
    private Folders folders;
    private Sources sources;
    private Path film;
    private Job job;

    @BeforeEach
    void prepare() throws IOException {
        folders = new Folders(home, home, home, home, home, home, home.resolve("work"));
        Files.createDirectories(folders.media("talk"));
        film = Files.writeString(folders.media("talk").resolve("film.mp4"), "half a film");
        Path voice = Files.writeString(folders.media("talk").resolve("voice.ogg"), "voice");
        job = new Job(
                "talk-01",
                "talk",
                "film",
                "voice.ogg",
                voice,
                "film.mp4",
                film,
                Options.DEFAULTS,
                4,
                1,
                0,
                Instant.EPOCH);
        start();
        sources.judged("talk", Map.of(film, Stamp.of(film), voice, Stamp.of(voice)));
    }

    @Test
    void aFileThatGrowsIsWaitedForUntilItRests() throws IOException {
        assertThatCode(() -> sources.requireRest(job)).doesNotThrowAnyException();
        for (int part = 0; part < 3; part++) {
            grow(film);
            assertChanging();
            clock.step(Duration.ofSeconds(1));
        }
        assertChanging();
        clock.step(Duration.ofSeconds(2));
        assertThatCode(() -> sources.requireRest(job)).doesNotThrowAnyException();
        assertThatCode(() -> sources.begin(job)).doesNotThrowAnyException();
    }

    @Test
    void aFileThatHasChangedSinceItWasCheckedIsNotBegunWith() throws IOException {
        grow(film);
        assertThatThrownBy(() -> sources.begin(job))
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("film.mp4");
    }

    @Test
    void whatWasMadeOfAnotherFileIsNotDeliveredAndNotGoneOnWith() throws IOException {
        sources.begin(job);
        Path rendering = Files.createDirectories(folders.rendering(job));
        grow(job.audio());
        assertThatThrownBy(() -> sources.requireSame(job)).hasMessageContaining("voice.ogg");

        settle(); // as another job of the batch has it checked
        assertThatThrownBy(() -> sources.requireSame(job)).isInstanceOf(SourceChanged.class);
        assertThat(rendering).exists();
        start();
        sources.begin(job);
        assertThat(rendering).doesNotExist();
        assertThatCode(() -> sources.requireSame(job)).doesNotThrowAnyException();
    }

    /** Else a job whose new content is refused would be checked for ever. */
    @Test
    void aFileThatWasCheckedAgainIsJudgedByThatWhateverARenderingWasMadeOf() throws IOException {
        sources.begin(job);
        grow(film);
        assertThatThrownBy(() -> sources.requireJudged(job)).isInstanceOf(SourceChanged.class);

        settle();
        assertThatThrownBy(() -> sources.requireSame(job)).isInstanceOf(SourceChanged.class);
        assertThatCode(() -> sources.requireJudged(job)).doesNotThrowAnyException();
    }

    @Test
    void aDamagedRecordIsWrittenAnew() throws IOException {
        for (String damaged : List.of("", "null", "{}", "{\"sources\": 1}")) {
            Files.writeString(folders.staging("talk").resolve("sources.json"), damaged);
            assertThatCode(() -> sources.requireRest(job)).doesNotThrowAnyException();
            assertThatCode(() -> sources.begin(job)).doesNotThrowAnyException();
        }
    }

    @Test
    void aRestartChangesNothing() {
        sources.begin(job);
        start();
        sources.begin(job);
        assertThatCode(() -> sources.requireSame(job)).doesNotThrowAnyException();
    }

    @Test
    void aHomeOfAnEarlierVersionHasNoRecord() throws IOException {
        Files.delete(folders.staging("talk").resolve("sources.json"));
        sources.requireRest(job);
        grow(film);
        assertChanging();
    }

    @Test
    void aFileThatIsGoneIsLeftToWhoReadsIt() throws IOException {
        Files.delete(film);
        assertThatCode(() -> sources.requireRest(job)).doesNotThrowAnyException();
        assertThatCode(() -> sources.begin(job)).doesNotThrowAnyException();
    }

    private void settle() {
        assertChanging();
        clock.step(Duration.ofSeconds(3));
        sources.requireRest(job);
    }

    private void assertChanging() {
        assertThatThrownBy(() -> sources.requireRest(job)).isInstanceOf(SourceChanged.class);
    }

    private void start() {
        sources = new Sources(folders, clock, new InboxSettings(Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO));
    }

    private static void grow(Path file) throws IOException {
        Files.writeString(file, ", more", StandardOpenOption.APPEND);
    }
}
