package io.lipdrop.operations;

import io.lipdrop.job.Diagnosis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Troubles that are tried again several times a second, told once a minute. */
@Component
class Troubles {
    private static final Logger log = LoggerFactory.getLogger(Troubles.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Clock clock;
    private String last = "";
    private Instant toldAt = Instant.MIN;

    Troubles(Clock clock) {
        this.clock = clock;
    }

    /** Logs a trouble, unless it was just logged. */
    public synchronized void note(Exception trouble) {
        Instant now = clock.instant();
        String words = Diagnosis.words(trouble);
        if (!words.equals(last) || toldAt.plus(PAUSE).isBefore(now)) {
            last = words;
            toldAt = now;
            log.error("Not possible now, tried again until it is: {}", last, Diagnosis.causeOf(trouble));
        }
    }
}
