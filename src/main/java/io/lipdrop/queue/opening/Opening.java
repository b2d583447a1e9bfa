package io.lipdrop.queue.opening;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Whether jobs may begin now, as people have decided. Answers from memory, from any thread. */
@Component
public class Opening {
    private static final Logger log = LoggerFactory.getLogger(Opening.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Hours hours;
    private final Pause pause;
    private final Clock clock;
    private boolean wasClosed;

    Opening(QueueSettings settings, Pause pause, Clock clock) {
        this.hours = settings.parsed();
        this.pause = pause;
        this.clock = clock;
    }

    /** Who paused the queue, if it is paused. */
    public Pause.@Nullable Paused paused() {
        return pause.now();
    }

    /** How the hours stand, where there are any. */
    public @Nullable HoursNow hours() {
        return hours.isSet() ? hours.at(clock.instant()) : null;
    }

    /** Why no job may begin now, in words, if so. */
    public Optional<String> closed() {
        Pause.Paused paused = pause.now();
        if (paused != null) {
            return Optional.of("paused by %s since %s".formatted(paused.by(), words(paused.since())));
        }
        HoursNow now = hours();
        return now == null || now.open() ? Optional.empty() : Optional.of(outside(now));
    }

    /** The same for a job that would begin; outside the hours the log says so once. */
    public synchronized boolean isClosed() {
        boolean isClosed = closed().isPresent();
        HoursNow now = hours();
        boolean isOutside = now != null && !now.open();
        if (now != null && isOutside && !wasClosed) {
            log.info("The queue is waiting: {}", outside(now));
        } else if (wasClosed && !isOutside) {
            log.info("The queue continues: its hours have begun");
        }
        wasClosed = isOutside;
        return isClosed;
    }

    private String outside(HoursNow now) {
        Instant next = now.opensAt();
        return "outside its hours (%s, %s)%s"
                .formatted(now.spec(), now.zone(), next == null ? "" : "; it continues on " + words(next));
    }

    private String words(Instant time) {
        return TIME.format(time.atZone(hours.zone()));
    }
}
