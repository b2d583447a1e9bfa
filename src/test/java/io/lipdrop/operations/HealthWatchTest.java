package io.lipdrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.status.FakeEvents;
import io.lipdrop.status.HealthStatus;
import io.lipdrop.status.StatusEvent;
import io.lipdrop.status.StatusEvent.HealthChanged;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthWatchTest {
    private final List<StatusEvent> told = new ArrayList<>();
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
}
