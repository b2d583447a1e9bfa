package io.lipdrop.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.job.Job;
import io.lipdrop.job.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What documents say of the places of files. */
class HomeDocumentsTest {
    @TempDir
    Path root;

    @Test
    void aDocumentIsTrueAfterTheHomeWasMoved() throws IOException {
        Folders before = home("before");
        Folders after = home("after");
        Path file = root.resolve("job.json");
        Job job = job(
                before.library().resolve("a voice.ogg"), before.media("talk").resolve("film.mp4"));

        new HomeDocuments(before).write(file, job);
        Job read = new HomeDocuments(after).read(file, Job.class);

        assertThat(read.audio()).isEqualTo(after.library().resolve("a voice.ogg"));
        assertThat(read.video()).isEqualTo(after.media("talk").resolve("film.mp4"));
        assertThat(file)
                .content()
                .contains("\"library/a voice.ogg\"", "\"work/staging/talk/media/film.mp4\"")
                .doesNotContain(root.toString());
    }

    @Test
    void whatAnEarlierVersionWroteIsReadAsItIs() throws IOException {
        Folders folders = home("home");
        Path file = root.resolve("job.json");
        Job job = job(
                folders.library().resolve("voice.ogg"), folders.media("talk").resolve("film.mp4"));

        Documents.write(file, job); // absolute paths

        assertThat(new HomeDocuments(folders).read(file, Job.class)).isEqualTo(job);
    }

    @Test
    void aPathOutsideTheFoldersStaysAbsolute() throws IOException {
        Path file = root.resolve("job.json");
        Path elsewhere = root.resolve("elsewhere/voice.ogg");

        new HomeDocuments(home("home")).write(file, job(elsewhere, elsewhere));

        assertThat(new HomeDocuments(home("other")).read(file, Job.class).audio())
                .isEqualTo(elsewhere);
    }

    private Folders home(String name) throws IOException {
        Path home = Files.createDirectories(root.resolve(name));
        return TestHome.in(home);
    }

    private static Job job(Path audio, Path video) {
        return new Job(
                "talk-01",
                "talk",
                "film",
                "voice.ogg",
                audio,
                "film.mp4",
                video,
                Options.DEFAULTS,
                4,
                1,
                0,
                Instant.EPOCH);
    }
}
