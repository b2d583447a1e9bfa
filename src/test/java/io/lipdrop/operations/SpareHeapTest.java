package io.lipdrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpareHeapTest {
    private static final int MEGABYTES = 400;

    @Test
    void goesBackToTheMachine() {
        SpareHeap spare = new SpareHeap();
        spare.keepLittle();
        long grown = committedAfterUsingMuch();
        assertThat(grown).isGreaterThan((long) MEGABYTES << 20);

        spare.giveBack();

        assertThat(committed()).isLessThan(grown / 2);
    }

    private static long committedAfterUsingMuch() {
        return IntStream.range(0, MEGABYTES).mapToObj(i -> new byte[1 << 20]).toList().stream()
                .mapToLong(much -> Math.max(committed(), much.length))
                .max()
                .orElseThrow();
    }

    private static long committed() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    }
}
