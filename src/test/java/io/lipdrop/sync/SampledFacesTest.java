package io.lipdrop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.home.Folders;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.sync.control.Controls;
import io.lipdrop.sync.model.ShippedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampledFacesTest {
    private static final Ffmpeg FFMPEG = Ffmpeg.load();

    @TempDir
    Path home;

    @Test
    void findsTheFaceOfThePortrait() {
        assertThat(faces(Duration.ofMinutes(1)).isRuledOut(Path.of("samples/hello/portrait.mp4")))
                .isFalse();
    }

    @Test
    void rulesOutAShortVideoWithoutAFace() {
        assertThat(faces(Duration.ofMinutes(1)).isRuledOut(grey(59))).isTrue();
    }

    @Test
    void findsTheFaceOfTheSecondPartOfAJoinedFilm() throws IOException {
        String mpegts = " -s 360x360 -c:v libx264 -preset ultrafast -f mpegts";
        Path film = Fixtures.make(home.resolve("title.ts"), "-f lavfi -i color=gray:s=360x360:r=25:d=2" + mpegts);
        Path talk = Fixtures.make(home.resolve("talk.ts"), "-t 1 -i samples/hello/portrait.mp4" + mpegts);
        Files.write(film, Files.readAllBytes(talk), StandardOpenOption.APPEND);

        assertThat(faces(Duration.ofMinutes(1)).isRuledOut(film)).isFalse();
    }

    @Test
    void leavesALongVideoToTheRendering() {
        assertThat(faces(Duration.ofMinutes(1)).isRuledOut(grey(63))).isFalse();
    }

    @Test
    void givesUpWhenNothingMoves() {
        assertThatThrownBy(() -> faces(Duration.ofMillis(1)).isRuledOut(grey(30)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.STALLED));
    }

    private Path grey(int seconds) {
        return Fixtures.make(
                home.resolve("grey.mp4"), "-f lavfi -i color=gray:s=96x96:r=1:d=" + seconds + " -c:v libx264");
    }

    private SampledFaces faces(Duration stall) {
        Folders folders = new Folders(home, home, home, home, Path.of("models"), home, home);
        SyncSettings settings = new SyncSettings(stall, Duration.ofSeconds(10));
        return new SampledFaces(
                FFMPEG, new MediaProbe(FFMPEG), new ShippedModels(folders), settings, Controls.running());
    }
}
