package io.lipdrop.sync.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final Duration OFTEN = Duration.ofMillis(5);

    private final AtomicInteger beats = new AtomicInteger();

    @Test
    void beatsSoOftenAndNotMore() {
        try (Heartbeat heartbeat = new Heartbeat(beats::incrementAndGet, OFTEN, 3, Controls.SCHEDULER)) {
            assertThat(heartbeat).isNotNull();
            await().during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> beats.get() == 3);
        }
    }

    @Test
    void isStillOnceItIsClosed() {
        try (Heartbeat heartbeat =
                new Heartbeat(beats::incrementAndGet, OFTEN, Integer.MAX_VALUE, Controls.SCHEDULER)) {
            assertThat(heartbeat).isNotNull();
            await().until(() -> beats.get() > 2);
        }
        int last = beats.get() + 1; // one may be on its way
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(10)).until(() -> beats.get() <= last);
    }
}
