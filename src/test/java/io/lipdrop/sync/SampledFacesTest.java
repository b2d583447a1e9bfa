package io.lipdrop.sync;

import static io.lipdrop.job.Options.FaceChoice.LARGEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.home.Folders;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.stage.FacePresence.Faces;
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
        assertThat(faces(Duration.ofMinutes(1))
                        .look(Path.of("samples/hello/portrait.mp4"), LARGEST)
                        .isRuledOut())
                .isFalse();
    }

    @Test
    void saysHowLargeTheFaceIsAndHowFarItTurns() {
        Faces seen = faces(Duration.ofMinutes(1)).look(Path.of("samples/hello/portrait.mp4"), LARGEST);

        assertThat(seen.frames()).isBetween(3, 10);
        assertThat(seen.coverage()).isEqualTo(1);
        assertThat(seen.smallest()).isBetween(200, 330);
        assertThat(seen.turn()).isBetween(0, 20);
    }

    @Test
    void countsHowOftenThereIsAFace() {
        Path film = Fixtures.make(
                home.resolve("half.mp4"),
                "-f lavfi -i color=gray:s=360x360:r=25:d=2 -t 2 -i samples/hello/portrait.mp4 -filter_complex"
                        + " [1]scale=360:360,setsar=1,fps=25[b];[0][b]concat=n=2:v=1 -c:v libx264 -preset ultrafast");
        Faces seen = faces(Duration.ofMinutes(1)).look(film, LARGEST);

        assertThat(seen.isRuledOut()).isFalse();
        assertThat(seen.frames()).isEqualTo(10);
        assertThat(seen.coverage()).isBetween(0.4, 0.6);
    }

    @Test
    void ofALongVideoLooksAtKeyFramesOnly() {
        Path film = Fixtures.make(
                home.resolve("long.mp4"),
                "-stream_loop 40 -i samples/hello/portrait.mp4 -c:v libx264 -preset ultrafast -g 150 -t 90");
        long begun = System.nanoTime();
        Faces seen = faces(Duration.ofMinutes(1)).look(film, LARGEST);

        assertThat(seen.frames()).isBetween(8, 10);
        assertThat(seen.coverage()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isLessThan(Duration.ofSeconds(5)); // all of it takes longer
    }

    @Test
    void oneKeyFrameWithoutAFaceRulesNothingOut() {
        Path film = Fixtures.make(
                home.resolve("late.mp4"),
                "-f lavfi -i color=gray:s=720x720:r=25:d=4 -stream_loop 20 -i samples/hello/portrait.mp4 -filter_complex"
                        + " [1]scale=720:720,setsar=1,fps=25[b];[0][b]concat=n=2:v=1 -t 40 -c:v libx264 -preset"
                        + " ultrafast -g 9999 -sc_threshold 0");
        Faces seen = faces(Duration.ofMinutes(1)).look(film, LARGEST);

        assertThat(seen.isRuledOut()).isFalse();
        assertThat(seen.withFace()).isPositive();
        assertThat(seen.coverage()).isLessThan(0.2);
    }

    @Test
    void rulesOutAShortVideoWithoutAFace() {
        assertThat(faces(Duration.ofMinutes(1)).look(grey(59), LARGEST).isRuledOut())
                .isTrue();
    }

    @Test
    void findsTheFaceOfTheSecondPartOfAJoinedFilm() throws IOException {
        String mpegts = " -s 360x360 -c:v libx264 -preset ultrafast -f mpegts";
        Path film = Fixtures.make(home.resolve("title.ts"), "-f lavfi -i color=gray:s=360x360:r=25:d=2" + mpegts);
        Path talk = Fixtures.make(home.resolve("talk.ts"), "-t 1 -i samples/hello/portrait.mp4" + mpegts);
        Files.write(film, Files.readAllBytes(talk), StandardOpenOption.APPEND);

        assertThat(faces(Duration.ofMinutes(1)).look(film, LARGEST).isRuledOut())
                .isFalse();
    }

    @Test
    void leavesALongVideoToTheRendering() {
        assertThat(faces(Duration.ofMinutes(1)).look(grey(63), LARGEST).isRuledOut())
                .isFalse();
    }

    @Test
    void givesUpWhenNothingMoves() {
        assertThatThrownBy(() ->
                        faces(Duration.ofMillis(1)).look(grey(30), LARGEST).isRuledOut())
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
