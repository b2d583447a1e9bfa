package io.lipdrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.SteppedClock;
import io.lipdrop.home.Folders;
import io.lipdrop.home.InboxSettings;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.intake.SettledDrop.Verdict;
import io.lipdrop.intake.claim.BatchNames;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        InboxSettings settings =
                new InboxSettings(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(30));
        BatchNames names = new BatchNames(folders, new ResultFolders(folders));
        Withdrawals withdrawals = new Withdrawals(folders, names, new Nobody());
        drops = new SettledDrop(folders, settings, names, withdrawals, new Nobody(), clock, clock);
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

    @Test
    void anEmptyFileIsWaitedForUntilThePatienceIsOver() throws IOException {
        Files.write(film, new byte[0]);
        assertThat(waiting()).isEqualTo("film.mp4 is still empty");
        clock.step(Duration.ofMinutes(10));
        assertThat(waiting()).isEqualTo("film.mp4 is still empty");
        clock.step(Duration.ofMinutes(21));
        assertThat(drops.judge(manifest))
                .isInstanceOf(Verdict.Ready.class); // and is refused by itself when it is checked
    }

    @Test
    void aFileOfZerosIsWaitedForLikeAnEmptyOne() throws IOException {
        Files.write(film, new byte[300_000]);
        drops.judge(manifest);
        clock.step(Duration.ofMinutes(10));
        assertThat(waiting()).isEqualTo("waiting for the rest of film.mp4");
        clock.step(Duration.ofMinutes(21));
        assertThat(drops.judge(manifest)).isInstanceOf(Verdict.Ready.class);
    }

    @Test
    void anEmptyManifestIsWaitedForToo() throws IOException {
        for (String blank : List.of("", "\n \n", "\0\0\0\0\0\0")) {
            Files.writeString(manifest, blank);
            drops.judge(manifest);
            clock.step(Duration.ofMinutes(10));
            assertThat(waiting()).isEqualTo("a.yaml is still empty");
        }
        clock.step(Duration.ofMinutes(31));
        assertThat(refused().reason()).contains("a.yaml: it is empty");
        assertThat(refused().code()).isEqualTo(FailureCode.MANIFEST_INVALID);
    }

    @Test
    void aFileThatEndsBeforeItSaysIsGivenHalfAMinute() throws IOException {
        drops.judge(manifest);
        Files.write(film, new byte[] {0, 0, 1, 0, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm'});
        drops.judge(manifest);
        clock.step(Duration.ofSeconds(20));
        assertThat(waiting()).isEqualTo("waiting for the rest of film.mp4");
        clock.step(Duration.ofSeconds(11));
        assertThat(drops.judge(manifest)).isInstanceOf(Verdict.Ready.class);
    }

    @Test
    void aFileThatComesAfterALongWaitIsSeenAtOnce() throws IOException {
        Path away = Files.move(film, home.resolve("film.mp4"));
        drops.judge(manifest);
        for (int minutes = 0; minutes < 20; minutes++) {
            clock.step(Duration.ofMinutes(1));
            assertThat(waiting()).isEqualTo("waiting for film.mp4 (1 of 2 here)");
            clock.step(Duration.ofMillis(100));
            assertThat(waiting()).isEqualTo("waiting for film.mp4 (1 of 2 here)");
        }
        Files.move(away, film);
        clock.step(Duration.ofMillis(100));
        assertThat(waiting()).contains("until the files stop changing");
        clock.step(Duration.ofSeconds(3));
        assertThat(drops.judge(manifest)).isInstanceOf(Verdict.Ready.class);
    }

    @Test
    void aManifestThatIsCorrectedWhileItWaitsIsReadAgain() throws IOException {
        Files.writeString(manifest, "audio: a.ogg\nvideo: nowhere.mp4\n");
        drops.judge(manifest);
        clock.step(Duration.ofMinutes(5));
        drops.judge(manifest);
        Files.writeString(manifest, "audio: a.ogg\nvideo: film.mp4\n");
        clock.step(Duration.ofMillis(100));
        drops.judge(manifest);
        clock.step(Duration.ofSeconds(3));
        assertThat(drops.judge(manifest)).isInstanceOf(Verdict.Ready.class);
    }

    @Test
    void aNameInAnotherUnicodeFormIsTheSameName() throws IOException {
        Path folder = Files.createDirectory(film.resolveSibling(decomposed("Übung")));
        Files.move(film, folder.resolve(decomposed("Lösung für 2.mp4")));
        Files.writeString(manifest, "audio: a.ogg\nvideo: Übung/Lösung für 2.mp4\n");
        drops.judge(manifest);
        clock.step(Duration.ofSeconds(3));

        assertThat(drops.judge(manifest)).isInstanceOf(Verdict.Ready.class);
        assertThat(drops.isNamed(folder.resolve(decomposed("Lösung für 2.mp4"))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Film.mp4,         here is film.mp4",
        "FILM.MP4,         here is film.mp4",
        "film.mov,         here is film.mp4",
        "'film .mp4',      here is film.mp4",
        "film#2.mp4,       ''",
        "'film #2.mp4',    'film: YAML reads the rest of the line, #2.mp4, as a comment; put the whole name in quotes'",
    })
    void saysWhatMayBeMeantByANameThatNoFileHas(String name, String hint) throws IOException {
        Files.writeString(manifest, "audio: a.ogg\nvideo: " + name + "\n");
        String shown = name.replace(" #2.mp4", "");
        String expected = "waiting for " + shown + " (1 of 2 here)" + (hint.isEmpty() ? "" : "; " + hint);
        assertThat(waiting()).isEqualTo(expected);
        clock.step(Duration.ofMinutes(31));
        assertThat(refused().reason()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "a.ogg/film.mp4, 'goes through a.ogg, which is a file, not a folder'",
        "LONG,           is longer than the 255 bytes",
        "DEEP,           is too long for a path",
    })
    void aNameThatNoFileCanHaveIsRefusedWithItsPlace(String name, String why) throws IOException {
        String video =
                name.replace("LONG", "ü".repeat(130) + ".mp4").replace("DEEP", "long folder/".repeat(400) + "a.mp4");
        Files.writeString(manifest, "audio: a.ogg\nvideo: " + video + "\n");
        drops.judge(manifest);
        clock.step(Duration.ofSeconds(3));

        assertThat(refused().code()).isEqualTo(FailureCode.PATH_NOT_ALLOWED);
        assertThat(refused().reason())
                .contains("a.yaml, line 2, key \"video\"", why)
                .hasSizeLessThan(400);
    }

    private static String decomposed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD);
    }

    private String waiting() throws IOException {
        return ((Verdict.Waiting) drops.judge(manifest)).message();
    }

    private Failure refused() throws IOException {
        return ((Verdict.Refused) drops.judge(manifest)).failure();
    }
}
