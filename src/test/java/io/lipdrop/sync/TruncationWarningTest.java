package io.lipdrop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TruncationWarningTest {
    @Test
    void tellsWhereAFileEndsAndWhereItShould() {
        assertThat(TruncationWarning.warning("x.mp4", 3730, 1862.4))
                .hasValue("x.mp4: header says 62:10, file ends at 31:02.");
    }

    @Test
    void saysNothingOfASecondOrOfWhatIsNotKnown() {
        assertThat(TruncationWarning.warning("x.mp4", 10, 9.1)).isEmpty();
        assertThat(TruncationWarning.warning("x.mp4", 3600, 3540)).isEmpty();
        assertThat(TruncationWarning.warning("x.mp4", 0, 9)).isEmpty();
        assertThat(TruncationWarning.warning("x.mp4", 9, 20)).isEmpty();
    }
}
