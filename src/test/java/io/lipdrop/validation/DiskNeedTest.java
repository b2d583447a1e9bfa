package io.lipdrop.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.job.Options;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** How much disk a job is said to need, against what encoded results took. */
class DiskNeedTest {
    private static final long HD = 1280L * 720;
    private static final long MEGABYTE = 1 << 20;

    @Test
    void followsTheVoiceAndNotTheSizeOfAShortClip() {
        var clip = new DiskNeed.Source(HD, 25, false, 5, 2 * MEGABYTE);
        long minute = DiskNeed.bytes(clip, 60, Options.DEFAULTS);
        long hour = DiskNeed.bytes(clip, 3600, Options.DEFAULTS);

        assertThat(hour).isCloseTo(60 * minute, Percentage.withPercentage(1));
        assertThat(hour).isGreaterThan(2 * 2 * MEGABYTE * 3600 / 5);
    }

    /** Sizes of five seconds at the default quality: 720 x 1080 in front of one colour, 576 x 768 outdoors, 360 x 288 of MPEG-1. */
    @Test
    void coversWhatResultsTake() {
        var plain = new DiskNeed.Source(720 * 1080, 25, false, 14.3, 834_555);
        var outdoors = new DiskNeed.Source(576 * 768, 25, false, 22, 2_217_973);
        var small = new DiskNeed.Source(360 * 288, 25, false, 3, 399_360);

        assertThat(DiskNeed.bytes(plain, 5, Options.DEFAULTS)).isGreaterThan(2 * 229_250);
        assertThat(DiskNeed.bytes(outdoors, 5, Options.DEFAULTS)).isGreaterThan(2 * 702_339);
        assertThat(DiskNeed.bytes(small, 3, Options.DEFAULTS)).isGreaterThan(2 * 130_375);
    }

    /** Twenty seconds of a picture of 512 x 512 took 153,698 bytes. */
    @Test
    void aPictureNeedsLittleHoweverLargeItsFile() {
        var picture = new DiskNeed.Source(512 * 512, 25, true, 0, 40 * MEGABYTE);

        assertThat(DiskNeed.bytes(picture, 20, Options.DEFAULTS)).isBetween(2 * 153_698L, 5 * MEGABYTE);
    }

    @Test
    void hugeAndMissingBitRatesAreReplacedByWhatTheEncoderMakes() {
        var raw = new DiskNeed.Source(HD, 25, false, 10, 400 * MEGABYTE);
        var silent = new DiskNeed.Source(HD, 25, false, 0, 400 * MEGABYTE);

        assertThat(DiskNeed.bytes(raw, 10, Options.DEFAULTS)).isBetween(30 * MEGABYTE, 80 * MEGABYTE);
        assertThat(DiskNeed.bytes(silent, 10, Options.DEFAULTS)).isBetween(5 * MEGABYTE, 20 * MEGABYTE);
    }

    @Test
    void aTrimmedResultIsNoLongerThanItsVideo() {
        var clip = new DiskNeed.Source(HD, 25, false, 5, 2 * MEGABYTE);
        Options preview = new Options(null, null, null, null, null, null, null, 10).over(Options.DEFAULTS);
        assertThat(Options.DEFAULTS.over(preview).preview()).isEqualTo(10);
        assertThat(preview.secondsOf(60)).isEqualTo(10);
        assertThat(preview.secondsOf(4)).isEqualTo(4);
        Options trim = new Options(null, Options.Length.TRIM, null, null, null, null, null).over(Options.DEFAULTS);

        assertThat(DiskNeed.bytes(clip, 3600, trim)).isEqualTo(DiskNeed.bytes(clip, 5, Options.DEFAULTS));
    }
}
