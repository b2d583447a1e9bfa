package io.lipdrop.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LookThreadTest {
    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    @Timeout(20)
    void aLookThatHangsHoldsNobodyAndIsNotBegunTwice() {
        try (LookThread thread = new LookThread("test")) {
            thread.begin(this::hang);
            await().until(() -> looks.get() == 1);
            for (int i = 0; i < 10; i++) {
                thread.begin(this::hang);
            }
            answer.countDown();
            await().until(() -> {
                thread.begin(this::hang);
                return looks.get() > 1;
            });
        }
    }

    @Test
    void afterTheEndNothingBegins() {
        LookThread thread = new LookThread("test");
        thread.close();
        thread.begin(looks::incrementAndGet);
        assertThat(looks).hasValue(0);
    }

    private void hang() {
        looks.incrementAndGet();
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
