package io.lipdrop.operations;

import io.lipdrop.diagnosis.Diagnosis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Errors of operations that are retried several times per second: each is logged once with its stack trace, then once per minute. */
@Component
class RepeatedErrors {
    private static final Logger log = LoggerFactory.getLogger(RepeatedErrors.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MAX = 100;
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final Clock clock;
    private final Map<String, Instant> toldAt = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MAX;
        }
    };

    RepeatedErrors(Clock clock) {
        this.clock = clock;
    }

    /** Logs an error unless the same was just logged. */
    public synchronized void note(Exception trouble) {
        Instant now = clock.instant();
        String name = Diagnosis.words(trouble);
        String kind = NUMBER.matcher(name).replaceAll("0"); // numbers of processes and attempts
        Instant last = toldAt.get(kind);
        if (last == null) {
            log.error("Failed, retrying until it works: {}", name, Diagnosis.causeOf(trouble));
        } else if (last.plus(PAUSE).isBefore(now)) {
            log.error("Still failing, retrying: {}", name);
        } else {
            return;
        }
        toldAt.put(kind, now);
    }
}
