package io.lipdrop.operations;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Gives heap that is not needed back to the machine. On a busy or a large one Java's collector lets the heap grow to many
 * times what a job uses, and by itself looks for what it could give back only when it runs out.
 */
@Component
class SpareHeap {
    private static final Logger log = LoggerFactory.getLogger(SpareHeap.class);

    /** A look costs some 50 ms of CPU, and there is none where the collector has run by itself meanwhile. */
    private static final String MILLIS_BETWEEN_LOOKS = "15000";

    @EventListener(ApplicationReadyEvent.class)
    void lookForIt() {
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .setVMOption("G1PeriodicGCInterval", MILLIS_BETWEEN_LOOKS);
        } catch (RuntimeException e) {
            log.debug("Another Java or another collector: it keeps its own ways", e);
        }
    }
}
