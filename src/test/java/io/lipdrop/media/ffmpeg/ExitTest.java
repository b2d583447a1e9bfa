package io.lipdrop.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.media.MediaException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitTest {
    @ParameterizedTest
    @ValueSource(ints = {126, 127})
    void aProgramThatCannotBeExecutedSaysNothingOfItsFile(int code) {
        Exit exit = new Exit(code, false, false, "ffprobe: not found");

        assertThat(exit.isOfProgram()).isFalse();
        assertThat(exit.kindOr(Kind.DAMAGED)).isEqualTo(Kind.NOT_STARTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unshare: unshare failed: Operation not permitted",
                "unshare: unshare failed: No space left on device",
                "prlimit: failed to set the FSIZE resource limit: Cannot allocate memory"
            })
    void aMachineThatAllowsNoMoreLimitsIsToBlame(String words) {
        Exit exit = new Exit(1, false, false, words);

        assertThat(exit.isOfProgram()).isFalse();
        assertThat(exit.kindOr(Kind.DAMAGED)).isEqualTo(Kind.NOT_STARTED);
    }

    /** On Windows FFmpeg ends with its own negative errors, and with 0xC… after an exception. */
    @Test
    void anErrorOfFfmpegIsNoCrash() {
        assertThat(new Exit(-22, false, false, "").kindOr(Kind.DAMAGED)).isEqualTo(Kind.DAMAGED);
        assertThat(new Exit(0xC0000005, false, false, "").kindOr(Kind.DAMAGED)).isEqualTo(Kind.DECODER_CRASHED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[mov] error reading header\nfd:: Cannot allocate memory",
                "[in#0/avi @ 0x55e2b2b2dbc0] Error during demuxing: Cannot allocate memory"
            })
    void aHeaderOrPacketThatAsksForTooMuchMemoryIsAWrongOne(String words) {
        assertThat(new Exit(1, false, false, words).kindOr(Kind.DAMAGED)).isEqualTo(Kind.DAMAGED);
        assertThat(new Exit(1, false, false, words).isViolent()).isFalse();
    }

    @Test
    void aPictureThatDoesNotFitIntoMemoryIsNoDamage() {
        Exit exit = new Exit(1, false, false, "Error while decoding: Cannot allocate memory");

        assertThat(exit.kindOr(Kind.DAMAGED)).isEqualTo(Kind.OUT_OF_MEMORY);
    }
}
