package io.lipdrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class SpareHeapTest {
    @Test
    void letsTheCollectorLookForSpareHeap() {
        HotSpotDiagnosticMXBean hotspot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        hotspot.setVMOption("G1PeriodicGCInterval", "0");

        new SpareHeap().lookForIt();

        assertThat(hotspot.getVMOption("G1PeriodicGCInterval").getValue()).isEqualTo("15000");
    }
}
