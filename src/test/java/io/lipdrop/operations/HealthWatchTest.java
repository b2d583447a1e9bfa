package io.lipdrop.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lipdrop.status.FakeEvents;
import io.lipdrop.status.HealthStatus;
import io.lipdrop.status.StatusEvent;
import io.lipdrop.status.StatusEvent.HealthChanged;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HealthWatchTest {
    private final List<StatusEvent> told = new CopyOnWriteArrayList<>();
    private List<String> reasons = List.of();
    private final HealthWatch watch = new HealthWatch(() -> new HealthStatus(reasons), FakeEvents.to(told::add));

    @Test
    void tellsChangesOnce() {
        watch.look();
        watch.look();
        reasons = List.of("the disk is nearly full (12 MB free)");
        watch.look();
        reasons = List.of("the disk is nearly full (11 MB free)");
        watch.look();
        reasons = List.of();
        watch.look();

        assertThat(told)
                .containsExactly(
                        new HealthChanged(new HealthStatus(List.of())),
                        new HealthChanged(new HealthStatus(List.of("the disk is nearly full (12 MB free)"))),
                        new HealthChanged(new HealthStatus(List.of())));
    }

    /** The scheduler has few threads, and heartbeats and stall watches need them. */
    @Test
    @Timeout(20)
    void aFolderThatHangsHoldsNoThreadOfTheScheduler() {
        CountDownLatch answer = new CountDownLatch(1);
        HealthWatch hanging = new HealthWatch(
                () -> {
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new HealthStatus(List.of("late"));
                },
                FakeEvents.to(told::add));
        hanging.tick();
        hanging.tick();
        assertThat(told).isEmpty();
        answer.countDown();
        await().until(() -> !told.isEmpty());
        hanging.destroy();
    }
}
