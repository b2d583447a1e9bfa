package io.lipdrop.operations;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives heap that is not needed back to the machine. On a busy or a large one Java's collector lets the heap grow to many
 * times what a job uses, and by itself looks for what it could give back only when it runs out.
 */
@Component
class SpareHeap {
    private static final Logger log = LoggerFactory.getLogger(SpareHeap.class);

    /** What a job of 720p is content with, and more. */
    private static final long ENOUGH_BYTES = 160L << 20;
    /** After a collection so many percent of the heap are free: the rest goes back. */
    private static final String MIN_FREE = "20";

    private static final String MAX_FREE = "40";

    @EventListener(ApplicationReadyEvent.class)
    void keepLittle() {
        try {
            HotSpotDiagnosticMXBean java = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            java.setVMOption("MinHeapFreeRatio", MIN_FREE);
            java.setVMOption("MaxHeapFreeRatio", MAX_FREE);
        } catch (RuntimeException e) {
            log.debug("Another Java or another collector: it keeps its own ways", e);
        }
    }

    /** A whole collection takes some 50 ms, and happens where the heap has grown beyond what is enough. */
    @Scheduled(initialDelayString = "PT2S", fixedDelayString = "PT10S")
    void giveBack() {
        if (ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() > ENOUGH_BYTES) {
            System.gc();
        }
    }
}
