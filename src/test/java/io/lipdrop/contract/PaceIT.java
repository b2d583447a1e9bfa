package io.lipdrop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * How long a drop waits before its work begins, and how long the engine rests between two jobs. The figures to reach are
 * the settle time plus 1 s and 300 ms; what is asserted leaves room for a machine with other things to do.
 */
class PaceIT {
    private static final Duration SETTLE = Duration.ofMillis(500);

    private final RunningLipdrop lipdrop = RunningLipdrop.shared();

    @Test
    void workBeginsSoonAfterTheDropAndTheNextJobSoonAfterTheLast() {
        Drop.simple("warm-up").into(lipdrop.inbox().resolve("warm-up"));
        lipdrop.awaitState("warm-up", "done");
        Drop drop = Drop.named("pace")
                .voice("pace.ogg", TestMedia.voice())
                .video("one.mp4", TestMedia.face())
                .video("two.mp4", TestMedia.face());

        drop.into(lipdrop.inbox().resolve("pace"));
        Instant dropped = Instant.now();
        lipdrop.awaitState("pace", "done");

        Duration start = Duration.between(dropped, lipdrop.begin("pace", 0));
        Duration gap = Duration.between(lipdrop.end("pace", 0), lipdrop.begin("pace", 1));
        System.out.printf(
                "Drop to start: %d ms, of which %d ms settling; gap between two jobs: %d ms%n",
                start.toMillis(), SETTLE.toMillis(), gap.toMillis());
        assertThat(start).isLessThan(SETTLE.plusSeconds(5));
        assertThat(gap).isLessThan(Duration.ofSeconds(2));
    }
}
