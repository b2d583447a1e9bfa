package io.lipdrop.sync.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.job.Job;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.Options;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.sync.control.Controls;
import io.lipdrop.sync.control.JobControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments of five frames. */
class SegmentEncoderTest {
    private static final Ffmpeg FFMPEG = Ffmpeg.load();
    private static final int SEGMENT = 5;

    @TempDir
    Path folder;

    private final JobControl control = Controls.control("video.mp4", Duration.ofSeconds(30));
    private final List<Long> progress = new ArrayList<>();
    private RenderPlan plan;

    @BeforeEach
    void plan() {
        Path video = folder.resolve("video.mp4");
        Fixtures.make(video, "-f lavfi -i testsrc2=size=64x48:rate=25:duration=1");
        Job job =
                new Job("a-01", "a", "a", "a.wav", video, "video.mp4", video, Options.DEFAULTS, 4, 1, 0, Instant.EPOCH);
        plan = RenderPlan.of(job, "", new MediaProbe(FFMPEG).probe(video), 2, Duration.ofMillis(200));
    }

    @Test
    void notesEachSegmentInOrder() throws IOException {
        try (SegmentEncoder segments = encoder(fresh())) {
            write(segments, 3 * SEGMENT + 2);
            segments.finish();

            assertThat(segments.checkpoint().segments()).containsExactly(5L, 5L, 5L, 2L);
        }
        assertThat(progress).hasSize(17).isSorted().endsWith(17L);
        Checkpoint saved = Checkpoint.resume(folder, "plan");
        assertThat(saved.segments()).containsExactly(5L, 5L, 5L, 2L);
        assertThat(saved.frames(MouthResult.DRAWN)).isZero();
        assertThat(saved.frames(MouthResult.NO_FACE)).isEqualTo(17);
    }

    @Test
    void goesOnBehindTheLastSegment() throws IOException {
        try (SegmentEncoder segments = encoder(fresh())) {
            write(segments, SEGMENT);
            segments.finish();
        }
        progress.clear();
        try (SegmentEncoder segments = encoder(Checkpoint.resume(folder, "plan"))) {
            write(segments, 1);
            segments.finish();
        }
        assertThat(progress).containsExactly(6L);
        assertThat(Checkpoint.segment(folder, 1)).isNotEmptyFile();
    }

    @Test
    void notesTheShotOfTheLastFace() throws IOException {
        try (SegmentEncoder segments = encoder(fresh())) {
            segments.write(new Frame(64, 48), MouthResult.OWN, 7, 3);
            segments.write(new Frame(64, 48), MouthResult.NO_FACE, -1, -1);
            segments.finish();
        }
        try (SegmentEncoder segments = encoder(Checkpoint.resume(folder, "plan"))) {
            write(segments, SEGMENT, -1);
            segments.finish();
        }
        Checkpoint saved = Checkpoint.resume(folder, "plan");
        assertThat(saved.shot()).isEqualTo(3);
        assertThat(saved.ownLook()).isEqualTo(-1);
    }

    @Test
    void keepsAWholeSegmentThatStillEndsWhenTheJobIsEnded() throws IOException {
        try (SegmentEncoder segments = encoder(fresh())) {
            write(segments, SEGMENT + 1);
            control.end(new MachineUnfit("Lipdrop is stopping"));

            assertThatThrownBy(() -> write(segments, SEGMENT)).isInstanceOf(MachineUnfit.class);
        }
        assertThat(Checkpoint.resume(folder, "plan").segments()).containsExactly(5L);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aCheckpointOfAnotherVersionIsNotGoneOnWith() throws IOException {
        Files.writeString(folder.resolve("checkpoint.json"), "{\"plan\": \"plan\", \"segments\": [5]}");
        Files.createFile(Checkpoint.segment(folder, 0));

        assertThat(Checkpoint.resume(folder, "plan").segments()).isEmpty();
    }

    @Test
    void aSegmentThatCannotBeSavedEndsTheJob() throws IOException {
        Checkpoint start = fresh();
        Files.createDirectories(Checkpoint.segment(folder, 0).resolve("in the way"));
        try (SegmentEncoder segments = encoder(start)) {
            assertThatThrownBy(() -> {
                        write(segments, 2 * SEGMENT);
                        segments.finish();
                    })
                    .isInstanceOf(MediaException.class)
                    .hasMessageContaining("could not be written");
            assertThat(segments.checkpoint().segments()).isEmpty();
        }
    }

    @AfterEach
    void close() {
        control.close();
    }

    private static Checkpoint fresh() {
        return new Checkpoint("plan", List.of(), Map.of(), -1, 0, 0);
    }

    private SegmentEncoder encoder(Checkpoint start) {
        SegmentEncoder segments = new SegmentEncoder(
                FFMPEG, folder, plan, start, EncoderSettings.defaults(), () -> 0, progress::add, control);
        control.cut(segments::abort);
        return segments;
    }

    private static void write(SegmentEncoder segments, int frames) {
        write(segments, frames, 0);
    }

    private static void write(SegmentEncoder segments, int frames, int shot) {
        for (int i = 0; i < frames; i++) {
            segments.write(new Frame(64, 48), MouthResult.NO_FACE, -1, shot);
        }
    }
}
