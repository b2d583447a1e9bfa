package io.lipdrop.web.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {
    private long now = 1;
    private final FailedAttempts attempts = new FailedAttempts(3, "from", () -> now);

    @Test
    void aFewCostNothingThenEachDoublesTheDelayToAMinute() {
        for (int i = 0; i < 2; i++) {
            attempts.add("a");
            assertThat(attempts.delay("a")).isZero();
        }
        for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            attempts.add("a");
            assertThat(attempts.delay("a")).isEqualTo(Duration.ofSeconds(seconds));
            pass(Duration.ofSeconds(seconds));
            assertThat(attempts.delay("a")).isZero();
        }
        assertThat(attempts.delay("b")).isZero();
    }

    @Test
    void nobodyIsLockedOutForEver() {
        for (int i = 0; i < 1000; i++) {
            attempts.add("a");
        }
        assertThat(attempts.delay("a")).isEqualTo(FailedAttempts.LONGEST);
        pass(FailedAttempts.FORGOTTEN.plusSeconds(1));
        attempts.add("a");
        assertThat(attempts.delay("a")).isZero();
    }

    @Test
    void manyWhoGuessTakeNoMoreMemory() {
        for (int i = 0; i < 3 * FailedAttempts.MAX_KEPT; i++) {
            attempts.add("address " + i);
        }
        assertThat(attempts.size()).isEqualTo(FailedAttempts.MAX_KEPT);
    }

    @Test
    void anAttemptThatSucceededIsTakenBack() {
        for (int i = 0; i < 100; i++) {
            attempts.add("a");
            attempts.takeBack("a");
        }
        assertThat(attempts.delay("a")).isZero();
        assertThat(attempts.size()).isZero();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
