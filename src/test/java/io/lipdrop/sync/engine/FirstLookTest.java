package io.lipdrop.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.home.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.Options;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.sync.control.Controls;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceChoice;
import io.lipdrop.sync.face.Models;
import io.lipdrop.sync.face.Pictures;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.render.RenderPlan;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.MouthPainter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A portrait whose lips are shut for some seconds, then it smiles. */
class FirstLookTest {
    private static final Ffmpeg FFMPEG = Ffmpeg.load();

    @TempDir
    Path home;

    @Test
    void seesTeethThatShowAfterSecondsOfRest() throws IOException {
        MouthPainter painter = painterFor(6);

        assertThat(painter.knowsRest()).isTrue();
        assertThat(painter.knowsTeeth()).isTrue();
    }

    @Test
    void looksForNoLongerThanEightSeconds() throws IOException {
        MouthPainter painter = painterFor(9);

        assertThat(painter.knowsRest()).isTrue();
        assertThat(painter.knowsTeeth()).isFalse();
    }

    private MouthPainter painterFor(int secondsOfRest) throws IOException {
        Path video = film(secondsOfRest);
        Job job =
                new Job("a-01", "a", "a", "a.wav", video, "film.mp4", video, Options.DEFAULTS, 4, 1, 0, Instant.EPOCH);
        RenderPlan plan = RenderPlan.of(job, "", new MediaProbe(FFMPEG).probe(video), 10, Duration.ofSeconds(10));
        Folders folders = new Folders(home, home, home, home, Path.of("models"), home, home);
        ShippedModels models = new ShippedModels(folders);
        try (JobControl control = Controls.calm()) {
            return FirstLooks.in(folders, FFMPEG, models).painterFor(plan, control);
        }
    }

    private Path film(int secondsOfRest) throws IOException {
        BufferedImage image = Pictures.blank(512, 512, 90);
        Pictures.draw(image, Pictures.astronaut(), 256, 256, 1, 0);
        Frame smile = Pictures.frame(image);
        Frame shut = Pictures.copy(smile);
        Face face = Objects.requireNonNull(Models.tracker(FaceChoice.LARGEST).follow(smile));
        new MouthPainter().paint(shut, face, MouthShape.REST, 1);
        return Fixtures.make(
                home.resolve("film.mp4"),
                ("-loop 1 -framerate 25 -t %d -i %s -loop 1 -framerate 25 -t 2 -i %s"
                                + " -filter_complex [0][1]concat=n=2 -c:v libx264 -crf 12 -pix_fmt yuv420p")
                        .formatted(secondsOfRest, save(shut, "shut.png"), save(smile, "smile.png")));
    }

    private Path save(Frame frame, String name) throws IOException {
        Path file = home.resolve(name);
        ImageIO.write(Pictures.image(frame), "png", file.toFile());
        return file;
    }
}
