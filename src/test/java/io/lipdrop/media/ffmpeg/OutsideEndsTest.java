package io.lipdrop.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.media.ffmpeg.OutsideEnds.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OutsideEndsTest {
    private static final Step STEP = new Step(Path.of("a.mp4"), List.of("ffmpeg", "-ss", "0"));
    private static final Step LATER = new Step(Path.of("a.mp4"), List.of("ffmpeg", "-ss", "10"));
    private static final Step OTHER = new Step(Path.of("b.mp4"), List.of("ffmpeg", "-ss", "0"));

    private final AtomicBoolean trialWorks = new AtomicBoolean();
    private final OutsideEnds ends = new OutsideEnds(trialWorks::get);

    @Test
    void aMachineOnWhichNothingWorksIsNeverAFilesFault() {
        for (int i = 0; i < 20; i++) {
            assertThat(ends.isFiles(STEP)).isFalse();
        }
        trialWorks.set(true);
        assertThat(ends.isFiles(STEP)).isTrue();
    }

    @Test
    void otherFilesThatWorkShowThatItIsTheFile() {
        ends.isFiles(STEP);
        ends.isFiles(STEP);
        ends.worked(LATER); // of the same file: says nothing
        assertThat(ends.isFiles(STEP)).isFalse();
        ends.worked(OTHER);
        assertThat(ends.isFiles(STEP)).isTrue();
    }

    @Test
    void eachStepOfEachFileCountsForItself() {
        trialWorks.set(true);
        assertThat(ends.isFiles(STEP)).isFalse();
        assertThat(ends.isFiles(OTHER)).isFalse();
        assertThat(ends.isFiles(LATER)).isFalse();
        assertThat(ends.isFiles(STEP)).isFalse();
        assertThat(ends.isFiles(OTHER)).isFalse();
        ends.worked(OTHER);
        assertThat(ends.isFiles(OTHER)).isFalse();
        assertThat(ends.isFiles(STEP)).isTrue();
    }
}
