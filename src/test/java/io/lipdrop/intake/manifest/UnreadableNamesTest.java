package io.lipdrop.intake.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.SteppedClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class UnreadableNamesTest {
    private final SteppedClock clock = new SteppedClock();
    private final UnreadableNames names = new UnreadableNames(clock);

    @Test
    void areToldOnceAndInHealthAsLongAsTheyAreThere(CapturedOutput log) {
        assertThat(names.health().getStatus()).isEqualTo(Status.UP);
        for (int look = 0; look < 50; look++) {
            names.note("x/???.mp4");
            clock.step(Duration.ofMillis(100));
        }
        assertThat(log.getOut().lines().filter(line -> line.contains("x/???.mp4")))
                .singleElement()
                .asString()
                .contains("LC_ALL=C.UTF-8");
        assertThat(names.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(names.health().getDetails().toString()).contains("1 file(s)", "LC_ALL=C.UTF-8");

        clock.step(Duration.ofSeconds(11));
        assertThat(names.health().getStatus()).isEqualTo(Status.UP);
    }
}
