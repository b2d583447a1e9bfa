package io.lipdrop.operations;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Returns unused heap to the system. On a busy or large machine Java's collector lets the heap grow to many times what a job
 * uses, and does not return it by itself.
 */
@Component
class SpareHeap {
    private static final Logger log = LoggerFactory.getLogger(SpareHeap.class);

    /** More than a 720p job needs. */
    private static final long ENOUGH_BYTES = 160L << 20;
    /** This percentage of the heap stays free after a collection; the rest is returned. */
    private static final String MIN_FREE = "20";

    private static final String MAX_FREE = "40";

    private final LongSupplier committed;
    private final Runnable collection;

    @Autowired
    SpareHeap() {
        this(() -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted(), System::gc);
    }

    /**
     * For a heap of which so many bytes are committed.
     *
     * @param collection collects what is not used any more
     */
    SpareHeap(LongSupplier committed, Runnable collection) {
        this.committed = committed;
        this.collection = collection;
    }

    @EventListener(ApplicationReadyEvent.class)
    void keepLittle() {
        try {
            HotSpotDiagnosticMXBean java = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            java.setVMOption("MinHeapFreeRatio", MIN_FREE);
            java.setVMOption("MaxHeapFreeRatio", MAX_FREE);
        } catch (RuntimeException e) {
            log.debug("Another Java or another garbage collector: its heap settings stay unchanged", e);
        }
    }

    /** A full collection takes some 50 ms. It runs only if the heap is larger than needed. */
    @Scheduled(initialDelayString = "PT2S", fixedDelayString = "PT10S")
    void giveBack() {
        if (committed.getAsLong() > ENOUGH_BYTES) {
            collection.run();
        }
    }
}
