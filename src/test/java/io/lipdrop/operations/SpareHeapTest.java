package io.lipdrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpareHeapTest {
    private static final long MEGABYTE = 1 << 20;

    private final AtomicLong committed = new AtomicLong();
    private final AtomicInteger collections = new AtomicInteger();
    private final SpareHeap spare = new SpareHeap(committed::get, collections::incrementAndGet);

    @Test
    void aHeapThatHasGrownIsCollected() {
        committed.set(400 * MEGABYTE);

        spare.giveBack();

        assertThat(collections).hasValue(1);
    }

    @Test
    void aHeapThatAJobNeedsIsLeftAlone() {
        committed.set(160 * MEGABYTE);

        spare.giveBack();

        assertThat(collections).hasValue(0);
    }

    /** Options of Java by which a collection gives back what is free. */
    @Test
    void aCollectionKeepsLittle() {
        HotSpotDiagnosticMXBean java = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

        spare.keepLittle();

        assertThat(java.getVMOption("MinHeapFreeRatio").getValue()).isEqualTo("20");
        assertThat(java.getVMOption("MaxHeapFreeRatio").getValue()).isEqualTo("40");
    }
}
