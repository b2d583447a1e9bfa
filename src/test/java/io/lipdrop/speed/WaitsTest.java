package io.lipdrop.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaitsTest {
    private static final Map<String, Long> TAKES = Map.of("a", 10L, "b", 20L, "c", 30L);

    @Test
    void addsUpWhatComesBefore() {
        assertThat(Waits.of(ids("a", "b", "c"), List.of(5L), TAKES::get))
                .containsExactly(Map.entry("a", 5L), Map.entry("b", 15L), Map.entry("c", 35L));
    }

    @Test
    void theFirstBeginsAtOnceWhereNothingRuns() {
        assertThat(Waits.of(ids("b", "a"), List.of(), TAKES::get))
                .containsExactly(Map.entry("b", 0L), Map.entry("a", 20L));
    }

    @Test
    void twoWorkersShareTheWork() {
        assertThat(Waits.of(ids("a", "b"), List.of(10L, 30L), TAKES::get))
                .containsExactly(Map.entry("a", 20L), Map.entry("b", 25L));
    }

    @Test
    void endsWhereNobodyKnows() {
        assertThat(Waits.of(ids("a", "unknown", "c"), List.of(5L), TAKES::get)).containsOnlyKeys("a", "unknown");
        assertThat(Waits.of(ids("a"), Arrays.asList(5L, null), TAKES::get)).isEmpty();
    }

    private static Set<String> ids(String... ids) {
        return new LinkedHashSet<>(List.of(ids));
    }
}
